#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"
#include "batch/figures.h"
#include "batch/terminal.h"
#include "cli/explain.h"
#include "page/path.h"
#include "record/json.h"

namespace marrow::cli {
namespace {

constexpr std::size_t kTextShown = 80;  // characters of a block or link
constexpr int kPathLevels = 3;          // enough to find the place, short enough for a line
constexpr std::size_t kLabels = 6;      // Label

std::string first_characters(std::string_view text) {
  std::string out;
  std::size_t at = 0;
  for (std::size_t shown = 0; shown < kTextShown && at < text.size(); ++shown)
    append_utf8(out, next_code_point(text, at));
  if (at < text.size()) out += "...";
  return out;
}

Colour colour_of(Label label) {
  switch (label) {
    case Label::body:
      return Colour::green;
    case Label::related:
      return Colour::cyan;
    case Label::teaser:
      return Colour::yellow;
    case Label::inline_link:
      return Colour::green;
    default:
      return Colour::dim;
  }
}

std::string verdict_name(const Verdict& verdict) {
  std::string name(name_of(verdict.label));
  if (verdict.kind != RelatedKind::none) name += " " + std::string(name_of(verdict.kind));
  if (verdict.truncated) name += " cut";
  return name;
}

std::string place_of(const RulePlace& place) {
  return place.file + ":" + std::to_string(place.line);
}

std::string decided_by(const RuleSet& rules, const Verdict& verdict) {
  if (verdict.by == Decider::filter && verdict.rule != kNone) {
    const Filter& filter = rules.filter(verdict.rule);
    return "rule " + filter.id + " (" + place_of(filter.place) + "), " +
           fmt::format("{:.2f} without it", verdict.score);
  }
  const std::string why = verdict.why.empty() ? "" : ": " + std::string(verdict.why);
  if (verdict.by == Decider::model) return fmt::format("model {:.2f}{}", verdict.score, why);
  return std::string(name_of(verdict.by)) + why;
}

std::string counts(const std::vector<Verdict>& verdicts) {
  std::array<std::size_t, kLabels> of{};
  for (const Verdict& verdict : verdicts) ++of[static_cast<std::size_t>(verdict.label)];
  std::string out = thousands(verdicts.size());
  const char* sign = ": ";
  for (std::size_t i = 0; i < kLabels; ++i) {
    if (!of[i]) continue;
    out += sign + thousands(of[i]) + " " + std::string(name_of(static_cast<Label>(i)));
    sign = ", ";
  }
  return out;
}

class Text {
 public:
  Text(const Explained& page, bool colours)
      : page_(page), doc_(page.seen.document), labels_(page.seen.labels), colours_(colours) {}

  std::string all() {
    head();
    out_ += "\n" + in_colour("Blocks", Colour::bold, colours_) + "\n";
    for (Id i = 0; i < doc_.blocks.size(); ++i) block(i);
    if (!doc_.links.empty()) out_ += "\n" + in_colour("Links", Colour::bold, colours_) + "\n";
    for (Id i = 0; i < doc_.links.size(); ++i) link(i);
    return std::move(out_);
  }

 private:
  void fact(std::string_view name, const std::string& value) {
    if (!value.empty()) out_ += fmt::format("  {:<11} {}\n", name, printable(value));
  }

  void head() {
    const Record& record = page_.record;
    out_ += in_colour(printable(page_.input.origin), Colour::bold, colours_) + "\n";
    fact("title", record.title);
    fact("url", record.url);
    fact("kind", fmt::format("{}, {:.2f} sure", name_of(labels_.kind), labels_.kind_confidence));
    fact("confidence", fmt::format("{:.2f} of the body", labels_.confidence));
    fact("words", fmt::format("{}, {} of them body", thousands(doc_.words),
                              thousands(record.quality.words)));
    fact("blocks", counts(labels_.blocks));
    fact("links", counts(labels_.links));
    std::string flags;
    for (const std::string& flag : record.quality.flags)
      flags += (flags.empty() ? "" : ", ") + flag;
    fact("flags", flags);
    fact("charset", std::string(doc_.charset) + " (" + std::string(doc_.charset_source) + ")");
    fact("rules", std::string(page_.rules.digest()));
    for (Id rule : labels_.emptied_by) {
      const Filter& filter = page_.rules.filter(rule);
      fact("emptied by", filter.id + " (" + place_of(filter.place) + ")");
    }
  }

  void entry(Id number, const Verdict& verdict, const std::string& figures) {
    const std::string name = fmt::format("{:<19}", verdict_name(verdict));
    out_ += fmt::format("{:>5}  {} {}  {}\n", number,
                        in_colour(name, colour_of(verdict.label), colours_), figures,
                        printable(decided_by(page_.rules, verdict)));
  }

  void line(const std::string& text, Colour colour = Colour::plain) {
    if (!text.empty()) out_ += "       " + in_colour(printable(text), colour, colours_) + "\n";
  }

  void block(Id i) {
    const Block& b = doc_.blocks[i];
    entry(i, labels_.blocks[i],
          fmt::format("{:>4} words {:>3.0f}% links{}", b.words, b.link_density() * 100,
                      b.hidden ? " hidden" : ""));
    line(first_characters(b.text));
    if (doc_.type == ContentType::html) line(path_of(doc_, b.element, kPathLevels), Colour::dim);
    partner(labels_.blocks[i], "previews link");
  }

  void link(Id i) {
    const Link& l = doc_.links[i];
    entry(i, labels_.links[i], fmt::format("in block {:>4}  ", l.first_block));
    line(first_characters(l.text));
    line(std::string(l.url.empty() ? l.href : l.url));
    line(path_of(doc_, l.element, kPathLevels), Colour::dim);
    partner(labels_.links[i], "title in block");
  }

  void partner(const Verdict& verdict, const char* what) {
    if (verdict.partner != kNone) line(fmt::format("{} {}", what, verdict.partner), Colour::dim);
  }

  const Explained& page_;
  const Document& doc_;
  const Labels& labels_;
  const bool colours_;
  std::string out_;
};

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
    out_ += '}';
  }

  const Explained& page_;
  const Document& doc_;
  const Labels& labels_;
  std::string out_;
};

}  // namespace

std::string explain_text(const Explained& page, bool colours) { return Text(page, colours).all(); }
std::string explain_json(const Explained& page) { return Json(page).all(); }

}  // namespace marrow::cli
