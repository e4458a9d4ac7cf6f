// Strip: the bytes of a page -> only those that the HTML parser needs for the tree we read. Takes valid
// UTF-8, gives markup that parses to the same tree but for what is dropped: comments, the insides of
// script, style, iframe and svg, attributes nobody reads, runs of white space outside pre.
// What is left open inside <noscript> ends with it, as where scripts run; what of it the parser could not end is left out.
// Bounds what the parser cannot take: nesting depth, attributes of one tag, bytes of one value.
// Attributes and stretches of text may be put aside instead: most of what the parser would read, character by character, and
// never looks at. Of a text it only asks whether there is more than white space.
// Collects JSON-LD on the way. One pass; no malloc in the steady state (StripOutput is reused). Any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace marrow {

class OpenElements;

struct StripLimits {
  std::uint32_t max_depth = 512;                // of open elements; deeper tags are left out, their text stays
  std::uint32_t max_attrs = 256;                // of one tag; further ones are left out
  std::size_t max_value = std::size_t{64} << 10;  // bytes of one attribute's value; cut behind
  bool attributes_aside = false;  // leave them out of the markup where the parser does not need them: StripOutput::aside
  bool texts_aside = false;       // let one character stand for each stretch of plain text: StripOutput::whole_text()
};

// An attribute left out of the markup.
struct AsideAttr {
  std::string_view name;   // in lower case; constant
  std::string_view value;  // into the input; without character references
  bool in_tag = false;     // stands in the markup after all, for the parser to decode: `value` is empty
};

// The attributes of one tag, found by where its '<' stands in the markup. Sorted.
struct AsideTag {
  std::size_t offset;
  std::uint32_t first_attr, end_attr;  // of StripOutput::aside_attrs
};

// What strip() gives. Reuse it from page to page: it keeps its memory.
class StripOutput {
 public:
  StripOutput();
  ~StripOutput();
  StripOutput(StripOutput&&) noexcept;
  StripOutput& operator=(StripOutput&&) noexcept;

  std::string_view html;                  // into this object; dies at the next strip()
  std::vector<std::string_view> json_ld;  // contents of <script type="application/ld+json">, into the input
  std::vector<AsideTag> aside;
  std::vector<AsideAttr> aside_attrs;
  std::size_t bytes_in = 0;
  std::size_t bytes_script = 0;           // inside script elements, JSON-LD not counted
  std::uint32_t depth_cut = 0;            // tags left out for depth
  std::uint32_t attrs_cut = 0;            // attributes left out or cut for number or size
  bool truncated_input = false;           // the bytes end inside a tag, comment, script, style …

  // A text of the tree with what was put aside of it back in place: a view of `text` itself, of this object, or of `scratch`.
  std::string_view whole_text(std::string_view text, std::string& scratch) const;

 private:
  friend void strip(std::string_view html, const StripLimits& limits, StripOutput& out);
  friend class TextsAside;
  char* reserve(std::size_t size);
  bool strip_once(std::string_view page, const StripLimits& limits);
  void clear(std::size_t size, std::uint32_t max_depth);

  std::string texts_;                    // put aside, one behind the other
  std::vector<std::size_t> texts_ends_;  // of each in texts_

  std::unique_ptr<OpenElements> open_;
  std::unique_ptr<char[]> buffer_;
  std::size_t capacity_ = 0;
};

void strip(std::string_view html, const StripLimits& limits, StripOutput& out);

}  // namespace marrow
