#include "record/markdown.h"

#include "record/body.h"

namespace marrow {

void append_markdown(const Document& doc, const Labels& labels, const MarkdownOptions&, std::string& out) {
  append_body(doc, labels, out);
}

}  // namespace marrow
