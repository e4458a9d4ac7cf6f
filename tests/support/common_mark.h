// What CommonMark's own reader (libcmark) makes of Markdown. Header only: those who include it link cmark.
#pragma once

#include <cmark.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

namespace marrow::test {

struct Free {
  void operator()(char* p) const { std::free(p); }
  void operator()(cmark_node* p) const { cmark_node_free(p); }
};

// The text of every leaf that a CommonMark reader sees, and how many nodes of each kind there are.
struct Read {
  std::string text;
  int lists = 0, items = 0, quotes = 0, headings = 0, links = 0, codes = 0, blocks_of_code = 0, html = 0, breaks = 0, rules = 0, stars = 0, images = 0;
};

inline Read read(const std::string& markdown) {
  const std::unique_ptr<cmark_node, Free> root(cmark_parse_document(markdown.data(), markdown.size(), CMARK_OPT_DEFAULT));
  const std::unique_ptr<cmark_iter, decltype(&cmark_iter_free)> iter(cmark_iter_new(root.get()), &cmark_iter_free);
  Read out;
  for (cmark_event_type event; (event = cmark_iter_next(iter.get())) != CMARK_EVENT_DONE;) {
    cmark_node* node = cmark_iter_get_node(iter.get());
    if (event == CMARK_EVENT_EXIT) {
      if (cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH || cmark_node_get_type(node) == CMARK_NODE_HEADING) out.text += '\n';
      continue;
    }
    switch (cmark_node_get_type(node)) {
      case CMARK_NODE_TEXT: out.text += cmark_node_get_literal(node); break;
      case CMARK_NODE_CODE: out.text += cmark_node_get_literal(node); ++out.codes; break;
      case CMARK_NODE_CODE_BLOCK: out.text += cmark_node_get_literal(node); ++out.blocks_of_code; break;
      case CMARK_NODE_SOFTBREAK: out.text += '\n'; break;
      case CMARK_NODE_LINEBREAK: out.text += '\n'; ++out.breaks; break;
      case CMARK_NODE_LIST: ++out.lists; break;
      case CMARK_NODE_ITEM: ++out.items; break;
      case CMARK_NODE_BLOCK_QUOTE: ++out.quotes; break;
      case CMARK_NODE_HEADING: ++out.headings; break;
      case CMARK_NODE_LINK: ++out.links; break;
      case CMARK_NODE_IMAGE: ++out.images; break;
      case CMARK_NODE_EMPH:
      case CMARK_NODE_STRONG: ++out.stars; break;
      case CMARK_NODE_HTML_BLOCK:
      case CMARK_NODE_HTML_INLINE: ++out.html; break;
      case CMARK_NODE_THEMATIC_BREAK: ++out.rules; break;
      default: break;
    }
  }
  return out;
}

inline std::string squeezed(std::string_view text) {
  std::string out;
  for (char c : text)
    if (c != ' ' && c != '\n' && c != '\t') out += c;
  return out;
}

}  // namespace marrow::test
