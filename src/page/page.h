// PageReader: bytes of one page -> Document. decode (charset) -> strip -> parse (Gumbo) -> blocks.
// The only door to the page stage; one reader a worker thread, reused from page to page.
//
//   PageReader reader(budget);
//   const Document& doc = reader.read_html(bytes, {.url = "https://example.org/a"});
//
// Never fails: whatever the bytes, there is a Document; what could not be had is said by its flags.
// The Document and all its views die at the next read_*() of the same reader.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "base/stages.h"
#include "page/document.h"

namespace marrow {

// What one page may cost. Enforced inside Gumbo by the arena and a clock, elsewhere by counts.
struct Budget {
  std::size_t max_bytes = std::size_t{20} << 20;    // of the input; the rest is cut, over_budget set
  std::size_t max_memory = std::size_t{256} << 20;  // of the arena
  std::uint32_t max_millis = 1000;                  // processor time of the parse
  std::uint32_t max_depth = 512;                    // of nested elements; deeper tags are left out, their text stays
  std::uint32_t max_attrs = 256;                    // of one tag
  // What is read of the tree, so that the stages behind end within the time too (a block or a link takes them some 25 us)
  // and within some 60 MB. The 40 largest pages of the development set have at most 1,600 blocks and 900 links.
  std::uint32_t max_elements = 200'000;
  std::uint32_t max_attributes = 400'000;           // of all tags together
  std::uint32_t max_blocks = 20'000;
  std::uint32_t max_links = 15'000;
  std::size_t max_text = std::size_t{5} << 20;      // bytes of all text; a long novel has 3 MB
  std::uint32_t max_lines = 250'000;                // of a plain text
};

struct PageHints {
  std::string_view url;      // of the page, "" if not known
  std::string_view charset;  // from the HTTP header, "" if none
};

class PageReader {
 public:
  explicit PageReader(Budget budget = {});
  ~PageReader();
  PageReader(PageReader&&) noexcept;
  const Document& read_html(std::string_view bytes, const PageHints& hints);
  // Plain text: one block a line (page/lines.h); no links, one root element.
  const Document& read_text(std::string_view bytes, const PageHints& hints);
  void time_into(StageTimes* times);  // nullptr: nobody asks

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace marrow
