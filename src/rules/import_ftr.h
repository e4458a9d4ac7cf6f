// Importer of FiveFilters site configs ("name: value" lines, XPath; one file a host, named after it). Takes the text of
// one file, gives a rule file of ours (TOML), what could not be carried over line by line with the reason, and counts.
// Nothing is dropped silently. Reads and writes no files; import_ftr_folder does.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace marrow {

struct FtrImport {
  std::string toml;                    // "" where nothing could be carried over
  std::vector<std::string> left_over;  // "example.com.txt:3: strip: reason"
  struct Count {
    std::size_t lines = 0, carried = 0;
  };
  std::map<std::string, Count> counts;  // by directive
  std::size_t files = 0;                // read
};

FtrImport import_ftr(std::string_view file_name, std::string_view text);

// Every *.txt of the folder `from` -> one .toml in `to`, over one of the same name; the sum of all. LICENSE.txt is no
// config. A file that cannot be read is left over like a line; a folder without any is an error.
Result<FtrImport> import_ftr_folder(const std::string& from, const std::string& to);

}  // namespace marrow
