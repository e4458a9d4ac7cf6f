#include "record/markdown_table.h"

#include <algorithm>
#include <charconv>

#include "record/inline_markdown.h"

namespace marrow {
namespace {

constexpr std::size_t kMaxFill = 1000;     // empty cells from colspan in one table
constexpr std::size_t kMaxColumns = 1000;  // cells of one row that are written; none has been seen above 60

bool is_cell(Tag tag) { return tag == Tag::td_ || tag == Tag::th_; }

std::size_t colspan_of(const Document& doc, Id cell) {
  const std::string_view text = doc.attr(cell, "colspan");
  std::size_t span = 1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), span);
  if (error == std::errc::result_out_of_range) return kMaxFill;
  return error == std::errc() ? std::clamp<std::size_t>(span, 1, kMaxFill) : 1;
}

struct Row {
  std::vector<std::string> cells;
  bool heads = true;  // every cell a <th>
};

std::string cell_text(const Document& doc, const Labels& labels, Id cell) {
  std::string out;
  const Element& e = doc.elements[cell];
  for (Id b = e.first_block; b < e.end_block; ++b) {
    if (labels.blocks[b].label != Label::body) continue;
    const Block& block = doc.blocks[b];
    append_inline(doc, block, 0, static_cast<std::uint32_t>(block.text.size()), {Breaks::space, true}, out);
  }
  return out;
}

std::vector<Row> rows_of(const Document& doc, const Labels& labels, Id table) {
  std::vector<Row> rows;
  std::size_t fill = 0, pending = 0;
  for (Id id = table + 1; id < doc.elements[table].end; ++id) {
    const Tag tag = doc.elements[id].tag;
    if (tag == Tag::tr_) {
      rows.emplace_back();
      pending = 0;
    }
    if (!is_cell(tag) || rows.empty()) continue;
    Row& row = rows.back();
    if (row.cells.size() + pending + 1 > kMaxColumns) pending = 0;
    row.cells.resize(row.cells.size() + pending);
    row.cells.push_back(cell_text(doc, labels, id));
    row.heads = row.heads && tag == Tag::th_;
    const std::size_t more = colspan_of(doc, id) - 1;
    pending = fill + more <= kMaxFill ? more : 0;
    fill += pending;
  }
  std::erase_if(rows, [](const Row& row) {
    return std::all_of(row.cells.begin(), row.cells.end(), [](const std::string& cell) { return cell.empty(); });
  });
  return rows;
}

std::string line_of(const std::vector<std::string>& cells) {
  std::string line = "|";
  for (const std::string& cell : cells) line += (cell.empty() ? " " : " " + cell + " ") + "|";
  return line;
}

}  // namespace

bool is_data_table(const Document& doc, const Labels& labels, Id table) {
  bool any = false;
  Id until = table + 1;  // end of the last cell seen
  for (Id id = table + 1; id < doc.elements[table].end; ++id) {
    const Element& e = doc.elements[id];
    if (e.tag == Tag::table_ || e.tag == Tag::pre_ || e.tag == Tag::blockquote_ || e.tag == Tag::ul_ || e.tag == Tag::ol_) return false;
    if (!is_cell(e.tag)) continue;
    if (id < until) return false;
    until = e.end;
    std::size_t blocks = 0;
    for (Id b = e.first_block; b < e.end_block; ++b)
      blocks += labels.blocks[b].label == Label::body;
    if (blocks > 1) return false;
    any = any || blocks;
  }
  const Element& t = doc.elements[table];
  for (Id b = t.first_block; b < t.end_block; ++b) {  // captions and stray text are no cells
    if (labels.blocks[b].label != Label::body) continue;
    Id e = doc.blocks[b].element;
    // What the parser moved out of the table stands among its blocks, but not below it.
    while (e != kNone && e != table && !is_cell(doc.elements[e].tag)) e = doc.elements[e].parent;
    if (e == table || e == kNone) return false;
  }
  return any;
}

std::vector<std::string> table_lines(const Document& doc, const Labels& labels, Id table) {
  auto rows = rows_of(doc, labels, table);
  std::size_t columns = 0;
  for (const Row& row : rows) columns = std::max(columns, row.cells.size());
  std::vector<std::string> lines;
  if (rows.empty()) return lines;
  const bool headed = rows.front().heads;
  std::vector<std::string> head = headed ? rows.front().cells : std::vector<std::string>{};
  head.resize(columns);
  lines.push_back(line_of(head));
  std::string rule = "|";
  for (std::size_t i = 0; i < columns; ++i) rule += " --- |";
  lines.push_back(std::move(rule));
  for (std::size_t i = headed ? 1 : 0; i < rows.size(); ++i) lines.push_back(line_of(rows[i].cells));
  return lines;
}

}  // namespace marrow
