// DocumentBuilder: small hand-made Documents for tests of the stages behind the parser.
//
//   DocumentBuilder b("https://example.org/a");
//   Id list = b.open("ul");
//   b.open("li"); b.block("first"); b.close();
//   b.close();
//   const Document& doc = b.finish();
//   Labels labels = b.labels(Label::body);      // every block body, every link inline_link
//
// Elements opened and not closed are closed by finish(). All text is owned by the builder. It fills what the
// page stage fills (ranges, counts, words_before, headings); not repeats, not hidden.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "label/verdict.h"
#include "page/document.h"

namespace marrow::testing {

class DocumentBuilder {
 public:
  using Attrs = std::vector<std::pair<std::string_view, std::string_view>>;

  explicit DocumentBuilder(std::string_view url = "https://example.org/page");
  Id open(std::string_view tag, const Attrs& attrs = {});  // class and id are attributes, too
  void close();
  // A block of text under the element that is open. Markup of spans: span() on the last block.
  Id block(std::string_view text);
  // An inline element over the first occurrence of `part` in the last block; "a" makes a link.
  Id span(std::string_view tag, std::string_view part, const Attrs& attrs = {});
  // <tag attrs>text</tag>: open, block, close.
  Id element(std::string_view tag, std::string_view text, const Attrs& attrs = {});
  Id image(std::string_view src, std::string_view alt);
  void meta(std::string_view name, std::string_view content);
  void json_ld(std::string_view text);
  std::string_view keep(std::string_view text);  // a copy that lives as long as the builder
  Document& document() { return doc_; }
  const Document& finish();
  Labels labels(Label blocks) const;

 private:
  Id add_element(std::string_view tag, const Attrs& attrs, bool block_level);

  Document doc_;
  std::deque<std::string> strings_;
  std::vector<Id> open_;
  Id heading_ = kNone;
};

}  // namespace marrow::testing
