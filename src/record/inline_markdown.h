// Inline Markdown of one stretch of a block's text: escaped so that page text never becomes markup, with
// links, strong, emphasis and inline code from the block's spans. Gives lines without list or quote prefixes:
// a line end in the text becomes a hard break ("\\\n"), or a space in headings and table cells. Any thread.
#pragma once

#include <cstdint>
#include <string>

#include "page/document.h"

namespace marrow {

enum class Breaks : std::uint8_t { hard, space };

struct InlineOptions {
  Breaks breaks = Breaks::hard;
  bool cell = false;  // inside a table: pipes escaped
};

// Of the bytes [begin, end) of the block's text.
void append_inline(const Document& doc, const Block& block, std::uint32_t begin, std::uint32_t end,
                   const InlineOptions& options, std::string& out);

// Text alone, escaped: captions, alt texts.
void append_escaped(std::string_view text, const InlineOptions& options, std::string& out);
// "<url>" made safe to stand between the brackets of a link.
void append_destination(std::string_view url, std::string& out);

}  // namespace marrow
