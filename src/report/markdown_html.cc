#include "report/markdown_html.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>

#include <algorithm>
#include <memory>
#include <mutex>

#include "report/escape.h"

namespace marrow {
namespace {

struct FreeNode {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
};
struct FreeParser {
  void operator()(cmark_parser* parser) const { cmark_parser_free(parser); }
};
struct FreeIter {
  void operator()(cmark_iter* iter) const { cmark_iter_free(iter); }
};

std::unique_ptr<cmark_node, FreeNode> parse(std::string_view markdown) {
  static std::once_flag registered;  // cmark keeps its extensions in a global list
  std::call_once(registered, [] { cmark_gfm_core_extensions_ensure_registered(); });
  const std::unique_ptr<cmark_parser, FreeParser> parser(cmark_parser_new(CMARK_OPT_DEFAULT));
  if (cmark_syntax_extension* table = cmark_find_syntax_extension("table"))
    cmark_parser_attach_syntax_extension(parser.get(), table);
  cmark_parser_feed(parser.get(), markdown.data(), markdown.size());
  return std::unique_ptr<cmark_node, FreeNode>(cmark_parser_finish(parser.get()));
}

constexpr std::size_t kPartsAChunk = 30;  // about two screens of paragraphs

std::string_view view(const char* text) { return text ? text : ""; }

class Writer {
 public:
  Writer(int top, std::string& out) : top_(top), level_(top - 1), out_(out) {}

  void end() {
    if (parts_) out_ += "</div>";
  }

  void node(cmark_node* node, bool enter) {
    if (enter && cmark_node_parent(node) && cmark_node_get_type(cmark_node_parent(node)) == CMARK_NODE_DOCUMENT) chunk();
    const cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_TEXT || type == CMARK_NODE_HTML_INLINE || type == CMARK_NODE_HTML_BLOCK)
      return append_escaped(view(cmark_node_get_literal(node)), out_);
    if (type == CMARK_NODE_CODE) return wrapped("code", node);
    if (type == CMARK_NODE_CODE_BLOCK) return code_block(node);
    if (type == CMARK_NODE_SOFTBREAK) return void(out_ += '\n');
    if (type == CMARK_NODE_LINEBREAK) return void(out_ += "<br>");
    if (type == CMARK_NODE_THEMATIC_BREAK) return void(out_ += "<hr>");
    if (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE) return link(node, enter);
    if (type == CMARK_NODE_PARAGRAPH && is_tight(node)) return;
    // No level is left out on the way down, as readers that go by headings expect.
    if (type == CMARK_NODE_HEADING && enter) level_ = std::min({6, cmark_node_get_heading_level(node) + top_ - 1, level_ + 1});
    if (const std::string name = element_of(node, type); !name.empty()) out_ += (enter ? "<" : "</") + name + ">";
  }

 private:
  // A long body in parts that the browser lays out only where they are looked at.
  void chunk() {
    if (parts_++ % kPartsAChunk == 0) out_ += parts_ == 1 ? "<div class=\"c\">" : "</div>\n<div class=\"c\">";
  }

  std::string element_of(cmark_node* node, cmark_node_type type) const {
    if (type == CMARK_NODE_PARAGRAPH) return "p";
    if (type == CMARK_NODE_HEADING) return "h" + std::to_string(level_);
    if (type == CMARK_NODE_BLOCK_QUOTE) return "blockquote";
    if (type == CMARK_NODE_LIST) return cmark_node_get_list_type(node) == CMARK_ORDERED_LIST ? "ol" : "ul";
    if (type == CMARK_NODE_ITEM) return "li";
    if (type == CMARK_NODE_STRONG) return "strong";
    if (type == CMARK_NODE_EMPH) return "em";
    // Nodes of the table extension are known by name alone.
    const std::string_view name = view(cmark_node_get_type_string(node));
    if (name == "table") return "table";
    if (name == "table_row" || name == "table_header") return "tr";
    if (name == "table_cell") return view(cmark_node_get_type_string(cmark_node_parent(node))) == "table_header" ? "th" : "td";
    return {};
  }

  static bool is_tight(cmark_node* paragraph) {
    cmark_node* item = cmark_node_parent(paragraph);
    cmark_node* list = item ? cmark_node_parent(item) : nullptr;
    return list && cmark_node_get_type(list) == CMARK_NODE_LIST && cmark_node_get_list_tight(list);
  }

  void wrapped(const char* name, cmark_node* node) {
    out_ += std::string("<") + name + ">";
    append_escaped(view(cmark_node_get_literal(node)), out_);
    out_ += std::string("</") + name + ">";
  }

  void code_block(cmark_node* node) {
    out_ += "<pre>";
    wrapped("code", node);
    out_ += "</pre>";
  }

  void link(cmark_node* node, bool enter) {
    if (!is_safe_link(view(cmark_node_get_url(node)))) return;
    if (!enter) return void(out_ += "</a>");
    out_ += "<a rel=\"noopener noreferrer nofollow\" target=\"_blank\" href=\"";
    append_escaped(view(cmark_node_get_url(node)), out_);
    out_ += "\">";
  }

  const int top_;
  std::size_t parts_ = 0;
  int level_;  // of the last heading
  std::string& out_;
};

}  // namespace

void append_markdown_html(std::string_view markdown, int top, std::string& out) {
  const auto root = parse(markdown);
  if (!root) return;
  const std::unique_ptr<cmark_iter, FreeIter> iter(cmark_iter_new(root.get()));
  Writer writer(top, out);
  for (cmark_event_type event; (event = cmark_iter_next(iter.get())) != CMARK_EVENT_DONE;)
    writer.node(cmark_iter_get_node(iter.get()), event == CMARK_EVENT_ENTER);
  writer.end();
}

}  // namespace marrow
