#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "batch/figures.h"
#include "batch/terminal.h"
#include "cli/explain.h"
#include "label/explain.h"
#include "page/path.h"
#include "report/words.h"

namespace marrow::cli {
namespace {

constexpr std::size_t kLabels = 6;      // Label

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
    why(page_.why.blocks[i]);
  }

  void link(Id i) {
    const Link& l = doc_.links[i];
    entry(i, labels_.links[i], fmt::format("in block {:>4}  ", l.first_block));
    line(first_characters(l.text));
    line(std::string(l.url.empty() ? l.href : l.url));
    line(path_of(doc_, l.element, kPathLevels), Colour::dim);
    partner(labels_.links[i], "title in block");
    why(page_.why.links[i]);
  }

  void partner(const Verdict& verdict, const char* what) {
    if (verdict.partner != kNone) line(fmt::format("{} {}", what, verdict.partner), Colour::dim);
  }

  void why(const Explanation& e) {
    if (!e.asked.empty()) {
      const std::string of =
          e.of_link == kNone ? "" : " of link " + std::to_string(e.of_link);
      line(fmt::format("asked {}{}: {:.2f}, yes from {:.2f} on{}{}", e.asked, of, e.probability,
                       e.cut, e.barred.empty() ? "" : ", but it ", e.barred),
           Colour::dim);
      line(reasons(e, true), Colour::dim);
      line(reasons(e, false), Colour::dim);
    }
    if (e.flip) line(flip(*e.flip), Colour::dim);
  }

  // "for: context: p 0.98 (+1.9), …; blocks: words 34 (+0.7)", or what spoke against.
  static std::string reasons(const Explanation& e, bool in_favour) {
    std::string out;
    std::string_view model;
    for (const Reason& reason : e.reasons) {
      if ((reason.effect > 0) != in_favour) continue;
      if (out.empty()) out = in_favour ? "for: " : "against: ";
      else out += reason.model == model ? ", " : "; ";
      if (reason.model != model) out += std::string(reason.model) + ": ";
      model = reason.model;
      out += fmt::format("{} {} ({:+.1f})", reason.column->name,
                         shown_value(*reason.column, reason.value), reason.effect);
    }
    return out;
  }

  std::string flip(const Flip& f) const {
    std::string becomes = verdict_name(f.becomes);
    if (f.without_rule != kNone)
      return fmt::format("would be {} without rule {}: {}", becomes,
                         page_.rules.filter(f.without_rule).id,
                         decided_by(page_.rules, f.becomes));
    const std::string change = fmt::format(
        "{}: {} {} {} (it is {}; {})", f.model, f.column->name, f.above ? "above" : "at most",
        shown_value(*f.column, f.limit), shown_value(*f.column, f.value), f.column->note);
    if (f.enough) return fmt::format("would be {} with {}", becomes, change);
    return fmt::format("no single change makes it {}; nearest, at {:.2f}, comes {}", becomes,
                       f.probability, change);
  }

  const Explained& page_;
  const Document& doc_;
  const Labels& labels_;
  const bool colours_;
  std::string out_;
};

}  // namespace

std::string first_characters(std::string_view text) {
  std::string out;
  std::size_t at = 0;
  for (std::size_t shown = 0; shown < kTextShown && at < text.size(); ++shown)
    append_utf8(out, next_code_point(text, at));
  if (at < text.size()) out += "...";
  return out;
}

std::string explain_text(const Explained& page, bool colours) { return Text(page, colours).all(); }

}  // namespace marrow::cli
