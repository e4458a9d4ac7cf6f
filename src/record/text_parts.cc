#include "record/text_parts.h"

#include <string_view>

#include "base/text.h"
#include "page/line_cuts.h"
#include "page/lines.h"

namespace marrow {
namespace {

// Does this block go on with the entry of the block before it? Not across a bar, which parts two items on one line.
bool goes_on(const Document& doc, const Labels& labels, Id block) {
  if (!same_line(doc, block)) return false;
  const Verdict& a = labels.blocks[block - 1];
  const Verdict& b = labels.blocks[block];
  if (a.label != b.label || a.kind != b.kind) return false;
  const std::string_view gap = separator_before(doc, block);
  for (std::size_t at = 0; at < gap.size();)
    if (is_separator(next_code_point(gap, at))) return false;
  return true;
}

}  // namespace

void append_text_body(const Document& doc, const Labels& labels, std::string& out) {
  bool first = true;
  std::string_view widest;  // line end or blank line since the last body block, "" if there was none
  for (Id id = 0; id < doc.blocks.size(); ++id) {
    const std::string_view separator = separator_before(doc, id);
    if (separator.starts_with('\n') && separator.size() > widest.size()) widest = separator;
    if (labels.blocks[id].label != Label::body) continue;
    const bool after_body = id > 0 && labels.blocks[id - 1].label == Label::body;
    if (!first) out += !widest.empty() ? widest : after_body ? separator : std::string_view(" ");
    out += doc.blocks[id].text;
    first = false;
    widest = {};
  }
}

std::vector<RelatedLink> related_of_text(const Document& doc, const Labels& labels) {
  std::vector<RelatedLink> out;
  for (Id id = 0; id < doc.blocks.size(); ++id) {
    const Verdict& verdict = labels.blocks[id];
    if (verdict.label != Label::related || verdict.kind == RelatedKind::none) continue;
    if (goes_on(doc, labels, id) && !out.empty())
      out.back().text.append(separator_before(doc, id)).append(doc.blocks[id].text);
    else
      out.push_back({"", std::string(doc.blocks[id].text), verdict.kind});
  }
  return out;
}

std::vector<Teaser> teasers_of_text(const Document& doc, const Labels& labels) {
  std::vector<Teaser> out;
  for (Id id = 0; id < doc.blocks.size(); ++id) {
    const Verdict& verdict = labels.blocks[id];
    if (verdict.label != Label::teaser) continue;
    if (goes_on(doc, labels, id) && !out.empty()) {
      out.back().text.append(separator_before(doc, id)).append(doc.blocks[id].text);
      out.back().truncated |= verdict.truncated;
      continue;
    }
    Teaser& teaser = out.emplace_back();
    teaser.text = doc.blocks[id].text;
    teaser.truncated = verdict.truncated;
  }
  return out;
}

}  // namespace marrow
