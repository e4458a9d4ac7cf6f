// BlockBuilder: pieces of inline content, in document order -> Blocks and Spans of a Document.
// Folds Unicode spaces to ' ' and runs of them to one, drops soft hyphens and zero-width spaces (they
// split words), turns text to NFC; inside `pre` it keeps every byte. Numbers of a block that need the
// whole page (repeats, heading) are filled in by finish_blocks. One page at a time; scratch is reused.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "page/document.h"

namespace marrow {

class BlockBuilder {
 public:
  void start(Document& document, Arena& arena);

  void text(std::string_view text, bool pre);
  // <br>: one is a line end inside the block, two in a row end the block.
  void line_break(Id block_element, bool pre, bool hidden);
  void open_inline(Id element, Id link);
  void close_inline(Id element);
  // Ends the block, if there is any text; the next one begins. `block_element` holds the text.
  void flush(Id block_element, bool pre, bool hidden);
  // Where in the current block the next character would stand.
  std::uint32_t position() const { return static_cast<std::uint32_t>(text_.size()); }
  bool empty() const { return text_.empty(); }

 private:
  struct Open {
    Id element;
    Id link;
    std::uint32_t begin;
  };
  void append_folded(std::string_view text);
  void count(Block& block, std::size_t first_span) const;

  Document* document_ = nullptr;
  Arena* arena_ = nullptr;
  std::string text_;
  std::string composed_;     // of a text that is no NFC
  std::vector<Open> open_;   // inline elements open now
  std::vector<Span> spans_;  // closed spans of the current block
  bool space_ = false;       // a space is due before the next character
  bool newline_ = false;     // a line end is due before the next character
};

}  // namespace marrow
