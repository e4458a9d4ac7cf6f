// What a page report's script shows of each block and link, as JSON. Strings, columns and rules that recur are written once and
// named by their number: a page of 5 MB has ten thousand blocks, and each has some twenty reasons.
#include <fmt/format.h>

#include <cmath>
#include <map>
#include <unordered_map>

#include "page/path.h"
#include "record/json.h"
#include "report/page_report.h"
#include "report/words.h"

namespace marrow {
namespace {

constexpr int kPathLevels = 6;

class Data {
 public:
  explicit Data(const PageReport& report)
      : report_(report), page_(report.page), doc_(page_.seen.document), labels_(page_.seen.labels) {
    if (!report_.difference) return;
    for (const Difference::Change& c : report_.difference->blocks) blocks_before_.emplace(c.after, c.before);
    for (const Difference::Change& c : report_.difference->links) links_before_.emplace(c.after, c.before);
  }

  std::string all() {
    list("blocks", doc_.blocks.size(), [&](Id i) { block(i); });
    out_ += ',';
    list("links", doc_.links.size(), [&](Id i) { link(i); });
    // What they name was gathered on the way.
    return "{" + fmt::format("\"cut\":{:.3g},", page_.why.cut) + "\"columns\":[" + columns_ + "],\"rules\":[" + rules_ + "],\"words\":[" + words_ + "]," + out_ + "}";
  }

 private:
  template <typename Item>
  void list(std::string_view key, std::size_t size, Item item) {
    out_ += "\"" + std::string(key) + "\":[";
    for (Id i = 0; i < size; ++i) {
      out_ += i ? ",{" : "{";
      item(i);
      out_ += '}';
    }
    out_ += ']';
  }

  void member(const char* key) {
    if (out_.back() != '{') out_ += ',';
    out_ += '"';
    out_ += key;
    out_ += "\":";
  }
  void number(const char* key, std::uint64_t value) {
    member(key);
    out_ += std::to_string(value);
  }
  void real(const char* key, double value) {
    member(key);
    append_real(value);
  }
  void append_real(double value) { out_ += std::isfinite(value) ? fmt::format("{:.3g}", value) : "null"; }

  std::size_t word(const std::string& text) {
    const auto [at, fresh] = word_ids_.try_emplace(text, word_ids_.size());
    if (fresh) {
      if (at->second) words_ += ',';
      append_json_string(text, words_);
    }
    return at->second;
  }

  std::size_t column(std::string_view model, const FeatureInfo& info) {
    const auto [at, fresh] = column_ids_.try_emplace({model, &info}, column_ids_.size());
    if (fresh) {
      columns_ += at->second ? ",[" : "[";
      for (const std::string_view part : {model, std::string_view(info.name), std::string_view(info.note)}) {
        if (columns_.back() != '[') columns_ += ',';
        append_json_string(part, columns_);
      }
      columns_ += ']';
    }
    return at->second;
  }

  std::size_t rule(Id id) {
    const auto [at, fresh] = rule_ids_.try_emplace(id, rule_ids_.size());
    if (fresh) {
      const Filter& filter = page_.rules.filter(id);
      rules_ += at->second ? ",[" : "[";
      append_json_string(filter.id, rules_);
      rules_ += ',';
      append_json_string(place_of(filter.place), rules_);
      rules_ += ',';
      append_json_string(filter.why, rules_);
      rules_ += ']';
    }
    return at->second;
  }

  void verdict(const Verdict& v) {
    number("v", word(verdict_name(v)));
    number("y", static_cast<std::uint64_t>(v.by));
    real("s", v.score);
    if (!v.why.empty()) number("w", word(std::string(v.why)));
    if (v.by == Decider::filter && v.rule != kNone) number("r", rule(v.rule));
    if (v.partner != kNone) number("o", v.partner);
  }

  void why(const Explanation& e) {
    if (!e.asked.empty()) {
      number("q", word(std::string(e.asked)));
      real("p", e.probability);
      real("c", e.cut);
      if (e.of_link != kNone) number("ol", e.of_link);
      if (!e.barred.empty()) number("x", word(std::string(e.barred)));
      member("e");
      out_ += '[';
      for (const Reason& r : e.reasons) {
        if (out_.back() != '[') out_ += ',';
        out_ += std::to_string(column(r.model, *r.column)) + ',' + std::to_string(word(shown_value(*r.column, r.value))) + ',';
        append_real(r.effect);
      }
      out_ += ']';
    }
    if (e.flip) flip(*e.flip);
  }

  void flip(const Flip& f) {
    member("f");
    out_ += '{';
    number("v", word(verdict_name(f.becomes)));
    if (!f.enough) number("no", 1);
    if (f.without_rule != kNone) {
      number("r", rule(f.without_rule));
      number("by", word(decided_by(page_.rules, f.becomes)));
    } else {
      number("c", column(f.model, *f.column));
      number("n", word(shown_value(*f.column, f.value)));
      number(f.above ? "hi" : "lo", word(shown_value(*f.column, f.limit)));
      real("p", f.probability);
    }
    out_ += '}';
  }

  void block(Id i) {
    const Block& b = doc_.blocks[i];
    verdict(labels_.blocks[i]);
    number("n", b.words);
    real("d", b.link_density());
    if (b.hidden) number("h", 1);
    if (doc_.type == ContentType::html) number("a", word(path_of(doc_, b.element, kPathLevels)));
    if (report_.before) was(blocks_before_, &report_.before->blocks, i);
    why(page_.why.blocks[i]);
  }

  void link(Id i) {
    const Link& l = doc_.links[i];
    verdict(labels_.links[i]);
    number("b", l.first_block);
    member("u");
    append_json_string(l.url.empty() ? l.href : l.url, out_);
    number("a", word(path_of(doc_, l.element, kPathLevels)));
    if (report_.before) was(links_before_, &report_.before->links, i);
    why(page_.why.links[i]);
  }

  // What it was where it changed: the verdict and who decided; -1 where it was not there.
  void was(const std::map<Id, Id>& changed, const std::vector<Snapshot::Item>* before, Id i) {
    const auto found = changed.find(i);
    if (found == changed.end()) return;
    member("was");
    out_ += found->second == kNone ? "-1" : std::to_string(word((*before)[found->second].verdict));
    if (found->second != kNone) number("wasby", word((*before)[found->second].by));
  }

  const PageReport& report_;
  const Explained& page_;
  std::map<Id, Id> blocks_before_, links_before_;
  const Document& doc_;
  const Labels& labels_;
  std::string out_, columns_, rules_, words_;
  std::map<std::pair<std::string_view, const FeatureInfo*>, std::size_t> column_ids_;
  std::map<Id, std::size_t> rule_ids_;
  std::unordered_map<std::string, std::size_t> word_ids_;
};

}  // namespace

std::string page_data(const PageReport& report) { return Data(report).all(); }

}  // namespace marrow
