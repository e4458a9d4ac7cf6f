// The head of a page report: what page this is, what came of it, the filters, and the page as a strip.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "report/escape.h"
#include "report/page_report.h"
#include "report/words.h"

namespace marrow {
namespace {

constexpr std::array kBlockLabels = {Label::body, Label::related, Label::teaser, Label::boilerplate};
// The strip is that many units wide; runs narrower than one unit join the next, so that a page of any size has a short strip.
constexpr double kStrip = 1200;

struct Count {
  std::size_t blocks = 0, words = 0;
};

class Head {
 public:
  Head(const PageReport& report, std::string& out) : report_(report), page_(report.page), doc_(page_.seen.document), labels_(page_.seen.labels), out_(out) {}

  void write() {
    for (Id i = 0; i < doc_.blocks.size(); ++i) {
      Count& count = counts_[static_cast<std::size_t>(labels_.blocks[i].label)];
      ++count.blocks;
      count.words += doc_.blocks[i].words;
    }
    out_ += "<header class=\"head\">\n<div class=\"of\"><h1 dir=\"auto\">";
    const Record& r = page_.record;
    append_escaped(r.title.empty() ? r.id : r.title, out_);
    out_ += "</h1>\n<p class=\"from\">";
    append_link(r.url, r.url.empty() ? r.id : r.url, out_);
    out_ += "</p></div>\n";
    facts();
    out_ += report_.notice_html;
    if (report_.difference) compared();
    filters();
    strip();
    out_ += "</header>\n";
  }

 private:
  void fact(std::string_view name, std::string_view value, std::string_view note = {}) {
    out_ += "<div><dt>" + std::string(name) + "</dt><dd";
    if (!note.empty()) out_ += " title=\"" + escaped(note) + "\"";
    out_ += ">";
    append_escaped(value, out_);
    out_ += "</dd></div>";
  }

  void facts() {
    out_ += "<dl class=\"facts\">";
    fact("kind", fmt::format("{} {:.2f}", name_of(labels_.kind), labels_.kind_confidence), "kind of page, and how sure that is");
    fact("confidence", fmt::format("{:.2f}", labels_.confidence), "word F1 of the body to expect");
    const std::size_t body = counts_[static_cast<std::size_t>(Label::body)].words;
    fact("words", fmt::format("{} of {}", body, doc_.words), "words of the body, of all words");
    if (doc_.type == ContentType::html && page_.why.cut > 0)
      fact("cut", fmt::format("{:.2f}", page_.why.cut), "blocks whose probability of being body is this or more are body on this page");
    fact("read as", std::string(doc_.charset), doc_.charset_source);
    fact("rules", std::string(page_.rules.digest().substr(0, 8)), page_.rules.digest());
    out_ += "</dl>\n";
    if (page_.record.quality.flags.empty() && labels_.emptied_by.empty()) return;
    out_ += "<p class=\"flags\">";
    for (const std::string& flag : page_.record.quality.flags) out_ += "<span>" + escaped(flag) + "</span> ";
    for (const Id rule : labels_.emptied_by) {
      const Filter& filter = page_.rules.filter(rule);
      out_ += "<span>emptied by " + escaped(filter.id + " (" + place_of(filter.place) + ")") + "</span> ";
    }
    out_ += "</p>\n";
  }

  void compared() {
    const Difference& d = *report_.difference;
    out_ += "<p class=\"versus\">Compared with <b>" + escaped(report_.against) + "</b>: " + escaped(difference_line(*report_.before, *report_.after, d));
    for (const Difference::Field& field : d.fields)
      out_ += "; " + escaped(field.name) + " <s>" + escaped(field.was.empty() ? "none" : field.was) + "</s> <b>" +
              escaped(field.now.empty() ? "none" : field.now) + "</b>";
    out_ += ".</p>\n";
  }

  void filters() {
    out_ += "<form class=\"tools\" id=\"tools\" role=\"search\" aria-label=\"Filter and search the page\">\n<fieldset><legend>Show</legend>";
    for (const Label label : kBlockLabels) {
      const std::string name(name_of(label));
      const Count& count = counts_[static_cast<std::size_t>(label)];
      out_ += fmt::format("<label class=\"chip {0}\" title=\"{2} words\"><input type=\"checkbox\" name=\"show\" value=\"{0}\" checked>"
                          "<i aria-hidden=\"true\"></i>{0} <b>{1}</b></label>", name, count.blocks, count.words);
    }
    out_ += "</fieldset>\n<label class=\"pick\">decided by <select name=\"by\"><option value=\"\">anything</option><option value=\"filter\">a rule</option>"
            "<option value=\"model\">a model</option><option value=\"pass\">the program</option><option value=\"memory\">site memory</option></select></label>\n"
            "<label class=\"pick\"><input type=\"checkbox\" name=\"doubtful\"> near the cut</label>\n";
    if (report_.difference) out_ += "<label class=\"pick\"><input type=\"checkbox\" name=\"changed\"> changed only</label>\n";
    out_ +=
            "<label class=\"find\"><span>Search</span> <input type=\"search\" name=\"find\" autocomplete=\"off\" spellcheck=\"false\" "
            "aria-keyshortcuts=\"/\" placeholder=\"text, path or address\"></label>\n<output name=\"found\" role=\"status\"></output>\n</form>\n";
  }

  // Each run of blocks with one verdict as a bar, as long as its words; its height says the verdict too.
  void strip() {
    double total = 0;
    for (const Block& block : doc_.blocks) total += block.words + 1;
    out_ += fmt::format("<svg class=\"strip\" id=\"strip\" viewBox=\"0 0 {} 10\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"The page from "
                        "beginning to end by verdict\">", kStrip);
    double at = 0, begin = 0;
    for (Id i = 0, first = 0; i < doc_.blocks.size(); ++i) {
      at += (doc_.blocks[i].words + 1) / total * kStrip;
      const bool more = i + 1 < doc_.blocks.size();
      if (more && (labels_.blocks[i + 1].label == labels_.blocks[first].label || at - begin < 1)) continue;
      bar(first, begin, at);
      begin = at;
      first = i + 1;
    }
    out_ += "</svg>\n";
  }

  void bar(Id first, double from, double to) {
    const Label label = labels_.blocks[first].label;
    const int height = label == Label::body ? 10 : label == Label::related ? 7 : label == Label::teaser ? 5 : 2;
    out_ += fmt::format("<rect class=\"{}\" x=\"{:.1f}\" y=\"{}\" width=\"{:.1f}\" height=\"{}\" data-b=\"{}\"/>", name_of(label), from, 10 - height,
                        std::max(to - from, 0.1), height, first);
  }

  const PageReport& report_;
  const Explained& page_;
  const Document& doc_;
  const Labels& labels_;
  std::string& out_;
  std::array<Count, 6> counts_{};
};

}  // namespace

void append_page_head(const PageReport& report, std::string& out) { Head(report, out).write(); }

}  // namespace marrow
