// The left column of a page report: every block and every link of the page in its order, with its verdict.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "report/escape.h"
#include "report/page_report.h"
#include "report/words.h"

namespace marrow {
namespace {

// Items in one container that the browser lays out only where it is looked at (content-visibility): about two screens.
constexpr std::size_t kItemsAChunk = 40;

// A link stands under the filters of blocks by what it would be there.
Label block_label(Label label) {
  if (label == Label::inline_link) return Label::body;
  return label == Label::navigation ? Label::boilerplate : label;
}

class Text {
 public:
  Text(const PageReport& report, std::string& out)
      : report_(report), doc_(report.page.seen.document), labels_(report.page.seen.labels), out_(out) {}

  void write() {
    // Links without text stand where they open; those are in no block's spans.
    for (Id l = 0; l < doc_.links.size(); ++l)
      if (doc_.links[l].first_block >= doc_.links[l].end_block) bare_.push_back(l);
    std::stable_sort(bare_.begin(), bare_.end(), [&](Id a, Id b) { return doc_.links[a].first_block < doc_.links[b].first_block; });
    out_ += "<main class=\"text\" id=\"text\" tabindex=\"0\" aria-label=\"The page, block by block\">\n";
    std::size_t bare = 0, change = 0;
    compare();
    for (Id b = 0; b <= doc_.blocks.size(); ++b) {
      while (bare < bare_.size() && (doc_.links[bare_[bare]].first_block <= b || b == doc_.blocks.size())) bare_link(bare_[bare++]);
      for (; report_.difference && change < report_.difference->blocks.size() && report_.difference->blocks[change].at <= b; ++change)
        if (report_.difference->blocks[change].after == kNone) gone(report_.before->blocks[report_.difference->blocks[change].before]);
      if (b < doc_.blocks.size()) block(b);
    }
    if (items_) out_ += "</div>\n";
    if (!items_) out_ += "<p class=\"hint\">There is no text on this page.</p>\n";
    out_ += "</main>\n";
  }

 private:
  void compare() {
    if (!report_.difference) return;
    for (const Difference::Change& c : report_.difference->blocks)
      if (c.after != kNone) changed_blocks_[c.after] = c.before == kNone ? ", new" : ", was " + report_.before->blocks[c.before].verdict;
    for (const Difference::Change& c : report_.difference->links)
      if (c.after != kNone) changed_links_[c.after] = c.before == kNone ? ", new" : ", was " + report_.before->links[c.before].verdict;
  }

  static std::string change_of(const std::map<Id, std::string>& changed, Id i) {
    const auto found = changed.find(i);
    return found == changed.end() ? "" : found->second;
  }

  // A block that was there before.
  void gone(const Snapshot::Item& block) {
    item();
    out_ += "<p class=\"b gone\" data-v=\"gone, was " + escaped(block.verdict) + "\" tabindex=\"-1\" dir=\"auto\"><s>";
    append_escaped(block.text, out_);
    out_ += "</s></p>";
  }

  void item() {
    if (items_ % kItemsAChunk == 0) out_ += items_ ? "</div>\n<div class=\"c\">" : "<div class=\"c\">";
    ++items_;
  }

  void bare_link(Id l) {
    item();
    const Link& link = doc_.links[l];
    const Verdict& verdict = labels_.links[l];
    out_ += fmt::format("<p class=\"b bare {}{}\" id=\"l{}\" data-v=\"{}\" tabindex=\"-1\" dir=\"auto\">", name_of(block_label(verdict.label)),
                        change_of(changed_links_, l).empty() ? "" : " changed", l, verdict_name(verdict) + change_of(changed_links_, l));
    out_ += link.image ? "<i>image link</i> " : "<i>link without text</i> ";
    append_escaped(link.text.empty() ? (link.url.empty() ? link.href : link.url) : link.text, out_);
    out_ += "</p>";
  }

  void block(Id b) {
    item();
    const Block& block = doc_.blocks[b];
    const Verdict& verdict = labels_.blocks[b];
    out_ += fmt::format("<p class=\"b {}", name_of(verdict.label));
    if (block.heading_level) out_ += fmt::format(" h h{}", static_cast<int>(block.heading_level));
    if (block.pre) out_ += " pre";
    if (block.hidden) out_ += " hid";
    if (!change_of(changed_blocks_, b).empty()) out_ += " changed";
    out_ += fmt::format("\" id=\"b{}\" data-v=\"{}\" tabindex=\"-1\" dir=\"auto\">", b, verdict_name(verdict) + change_of(changed_blocks_, b));
    spans(block);
    out_ += "</p>";  // no line end: it would be a node of its own, ten thousand times
  }

  // The block's text with its links as spans. Gumbo never nests links; where two overlap all the same, the later begins behind.
  void spans(const Block& block) {
    std::size_t at = 0;
    for (Id s = block.first_span; s < block.end_span; ++s) {
      const Span& span = doc_.spans[s];
      if (span.link == kNone || span.begin < at || span.end <= span.begin || span.end > block.text.size()) continue;
      append_escaped(block.text.substr(at, span.begin - at), out_);
      out_ += fmt::format("<span class=\"l {}{}\" data-l=\"{}\" tabindex=\"-1\">", name_of(labels_.links[span.link].label),
                          change_of(changed_links_, span.link).empty() ? "" : " changed", span.link);
      append_escaped(block.text.substr(span.begin, span.end - span.begin), out_);
      out_ += "</span>";
      at = span.end;
    }
    append_escaped(block.text.substr(at), out_);
  }

  const PageReport& report_;
  std::map<Id, std::string> changed_blocks_, changed_links_;  // ", was body": against what it is compared with
  const Document& doc_;
  const Labels& labels_;
  std::string& out_;
  std::vector<Id> bare_;
  std::size_t items_ = 0;
};

}  // namespace

void append_page_text(const PageReport& report, std::string& out) { Text(report, out).write(); }

}  // namespace marrow
