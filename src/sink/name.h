// File names for records, in a folder that holds one file a record. Takes an id (or URL), gives a name that
// cannot leave the folder, hide, or upset a shell or another system: letters and digits of any script, '-', '_',
// '.', at most kMaxNameBytes. An id that had to be changed gets '-' and a hash of the whole id behind it, so that two
// ids never meet in one name and the name depends on the id alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>

namespace marrow {

// Without the file's suffix; with a hash, and then another where names meet, it stays far below the 255 that file systems allow.
inline constexpr std::size_t kMaxNameBytes = 129, kNameHashBytes = 9;

std::string safe_name(std::string_view id);

// safe_name() for one record after the other: where a name was given before (case folded, as some systems do), a
// hash of `url` and the number of the repetition follows. 8 bytes of memory a record, and the table's own.
class NameGiver {
 public:
  std::string give(std::string_view id, std::string_view url);

 private:
  std::unordered_set<std::uint64_t> given_;
};

}  // namespace marrow
