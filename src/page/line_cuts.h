// cut_line: where one line of a plain text may be several things glued together, by shape alone.
//
// Takes a line, gives its pieces in order. Between two pieces stand only spaces or a separator sign with spaces. Cuts are
// candidates: they are taken freely, because pieces that get one verdict are joined again as they stood. A cut is made at
//   signs of separation   " | ", " • ", "｜"
//   markers               "<<: Title", "Title »", "READ ALSO: Title", "12:40 Title", "3. Title"
//   sentence ends         before a marker, a short unfinished tail ("… lives. Read more"), a capital glued on ("leak.Share on")
//   dashes                "Title – excerpt"
//   brackets              "… step [Read all]"
// Any thread. No allocation but the growth of `pieces`.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace marrow {

struct LinePiece {
  std::uint32_t begin = 0, end = 0;  // bytes of the line
};

void cut_line(std::string_view line, std::vector<LinePiece>& pieces);

// Signs that point to another page when they stand at the edge of a line: << >> « » ‹ › ← → ◀ ▶ …
bool is_arrow(char32_t c);
// Signs that part things on one line: | ¦ ｜ • ·
bool is_separator(char32_t c);

}  // namespace marrow
