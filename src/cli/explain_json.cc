#include <fmt/format.h>

#include <cmath>

#include "cli/explain.h"
#include "label/explain.h"
#include "page/path.h"
#include "record/json.h"

namespace marrow::cli {
namespace {

class Json {
 public:
  explicit Json(const Explained& page)
      : page_(page), doc_(page.seen.document), labels_(page.seen.labels) {}

  std::string all() {
    out_ += "{";
    text("id", page_.record.id);
    text("url", page_.record.url);
    text("title", page_.record.title);
    text("kind", name_of(labels_.kind));
    number("kind_confidence", labels_.kind_confidence);
    number("confidence", labels_.confidence);
    if (doc_.type == ContentType::html) number("body_cut", page_.why.cut);
    text("rules", page_.rules.digest());
    list("flags", page_.record.quality.flags.size(),
         [&](std::size_t i) { append_json_string(page_.record.quality.flags[i], out_); });
    list("emptied_by", labels_.emptied_by.size(), [&](std::size_t i) {
      append_json_string(page_.rules.filter(labels_.emptied_by[i]).id, out_);
    });
    list("blocks", doc_.blocks.size(), [&](std::size_t i) { block(static_cast<Id>(i)); });
    list("links", doc_.links.size(), [&](std::size_t i) { link(static_cast<Id>(i)); });
    out_ += "}\n";
    return std::move(out_);
  }

 private:
  void name(std::string_view key) {
    if (out_.back() != '{') out_ += ',';
    append_json_string(key, out_);
    out_ += ':';
  }
  void text(std::string_view key, std::string_view value) {
    name(key);
    append_json_string(value, out_);
  }
  void number(std::string_view key, double value) {
    name(key);
    out_ += std::isfinite(value) ? fmt::format("{:.4g}", value) : "null";
  }
  void flag(std::string_view key, bool value) {
    name(key);
    out_ += value ? "true" : "false";
  }
  void id(std::string_view key, Id value) {
    name(key);
    out_ += value == kNone ? "null" : std::to_string(value);
  }
  template <typename Item>
  void list(std::string_view key, std::size_t size, Item item) {
    name(key);
    out_ += '[';
    for (std::size_t i = 0; i < size; ++i) {
      if (i) out_ += ',';
      item(i);
    }
    out_ += ']';
  }

  void verdict(const Verdict& v) {
    text("verdict", name_of(v.label));
    if (v.kind != RelatedKind::none) text("kind", name_of(v.kind));
    if (v.truncated) flag("truncated", true);
    text("by", name_of(v.by));
    number("score", v.score);
    if (!v.why.empty()) text("why", v.why);
    if (v.partner != kNone) id("partner", v.partner);
    if (v.by != Decider::filter || v.rule == kNone) return;
    const Filter& filter = page_.rules.filter(v.rule);
    name("rule");
    out_ += '{';
    text("id", filter.id);
    text("file", filter.place.file);
    id("line", filter.place.line);
    text("why", filter.why);
    out_ += '}';
  }

  void why(const Explanation& e) {
    if (!e.asked.empty()) {
      name("model");
      out_ += '{';
      text("asked", e.asked);
      if (e.of_link != kNone) id("link", e.of_link);
      number("probability", e.probability);
      number("cut", e.cut);
      if (!e.barred.empty()) text("barred", e.barred);
      list("reasons", e.reasons.size(), [&](std::size_t i) { reason(e.reasons[i]); });
      out_ += '}';
    }
    name("flip");
    if (!e.flip) {
      out_ += "null";
      return;
    }
    flip(*e.flip);
  }

  void column(std::string_view model, const FeatureInfo& info) {
    text("model", model);
    text("column", info.name);
    text("note", info.note);
  }

  void reason(const Reason& r) {
    out_ += '{';
    column(r.model, *r.column);
    number("value", r.value);
    number("effect", r.effect);
    out_ += '}';
  }

  void flip(const Flip& f) {
    out_ += '{';
    flag("enough", f.enough);
    name("becomes");
    out_ += '{';
    verdict(f.becomes);
    out_ += '}';
    if (f.without_rule != kNone) {
      text("without_rule", page_.rules.filter(f.without_rule).id);
    } else {
      column(f.model, *f.column);
      number("value", f.value);
      number(f.above ? "above" : "at_most", f.limit);
      number("probability", f.probability);
    }
    out_ += '}';
  }

  void block(Id i) {
    const Block& b = doc_.blocks[i];
    out_ += '{';
    id("block", i);
    verdict(labels_.blocks[i]);
    id("words", b.words);
    number("link_density", b.link_density());
    if (b.hidden) flag("hidden", true);
    text("path", path_of(doc_, b.element, kPathLevels));
    text("text", first_characters(b.text));
    why(page_.why.blocks[i]);
    out_ += '}';
  }

  void link(Id i) {
    const Link& l = doc_.links[i];
    out_ += '{';
    id("link", i);
    verdict(labels_.links[i]);
    id("block", l.first_block);
    text("url", l.url);
    text("href", l.href);
    text("path", path_of(doc_, l.element, kPathLevels));
    text("text", first_characters(l.text));
    why(page_.why.links[i]);
    out_ += '}';
  }

  const Explained& page_;
  const Document& doc_;
  const Labels& labels_;
  std::string out_;
};

}  // namespace

std::string explain_json(const Explained& page) { return Json(page).all(); }

}  // namespace marrow::cli
