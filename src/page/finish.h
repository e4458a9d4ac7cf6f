// finish: the numbers and names of a Document that need the whole page: headings over blocks, repetition,
// words before, link texts and absolute URLs, the page's own URL. Internal to src/page.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/arena.h"
#include "page/document.h"

namespace marrow {

class Finisher {
 public:
  // `url` of the input may be empty: then <base>, canonical and og:url are asked.
  void finish(Document& document, std::string_view url, Arena& arena);

 private:
  void headings(Document& document);
  void repetition(Document& document);
  void links(Document& document, Arena& arena);
  static void times(Document& document);

  struct Slot {
    std::uint64_t hash;
    std::uint32_t count;
  };
  std::vector<Slot> slots_;           // open addressing, by hash of the folded text
  std::vector<std::uint32_t> homes_;  // slot of each block
  std::string scratch_, other_scratch_;
};

}  // namespace marrow
