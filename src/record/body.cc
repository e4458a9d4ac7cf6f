#include "record/body.h"

#include "record/text_parts.h"

namespace marrow {
namespace {

bool is_list(Tag tag) {
  return tag == Tag::ul_ || tag == Tag::ol_ || tag == Tag::dl_ || tag == Tag::menu_ || tag == Tag::dir_;
}
bool is_item(Tag tag) { return tag == Tag::li_ || tag == Tag::dt_ || tag == Tag::dd_; }

// A cell that holds several blocks is layout, not data: its blocks are paragraphs.
bool data_cell(const Document& doc, Id cell) {
  return cell != kNone && doc.elements[cell].end_block - doc.elements[cell].first_block <= 1;
}

std::string_view separator(const Document& doc, const Surroundings& a, const Surroundings& b) {
  if (a.pre != kNone && a.pre == b.pre) return "\n";
  if (a.table != kNone && a.table == b.table && data_cell(doc, a.cell) && data_cell(doc, b.cell))
    return a.row == b.row ? "\t" : "\n";
  if (a.list != kNone && a.list == b.list) return "\n";
  return "\n\n";
}

}  // namespace

Surroundings surroundings_of(const Document& doc, const Block& block) {
  Surroundings s;
  for (Id e = block.element; e != kNone && s.table == kNone; e = doc.elements[e].parent) {
    const Tag tag = doc.elements[e].tag;
    if (tag == Tag::table_) s.table = e;
    if (tag == Tag::tr_ && s.row == kNone) s.row = e;
    if ((tag == Tag::td_ || tag == Tag::th_) && s.cell == kNone) s.cell = e;
    if (tag == Tag::pre_ && s.pre == kNone) s.pre = e;
    if (s.cell != kNone) continue;
    if (is_item(tag) && s.item == kNone) s.item = e;
    if (is_list(tag) && s.item != kNone) s.list = e;
  }
  return s;
}

void append_body(const Document& doc, const Labels& labels, std::string& out) {
  if (doc.type == ContentType::text) return append_text_body(doc, labels, out);
  Surroundings before;
  bool first = true, heading_before = false;
  for (Id id = 0; id < doc.blocks.size(); ++id) {
    if (labels.blocks[id].label != Label::body) continue;
    const Block& block = doc.blocks[id];
    const Surroundings here = surroundings_of(doc, block);
    const bool heading = block.heading_level != 0;
    if (!first) out += heading || heading_before ? "\n\n" : separator(doc, before, here);
    out += block.text;
    before = here;
    heading_before = heading;
    first = false;
  }
}

}  // namespace marrow
