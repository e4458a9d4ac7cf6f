// The right column of a page report: the record as a reader would see it.
#include <fmt/format.h>

#include "report/escape.h"
#include "report/markdown_html.h"
#include "report/page_report.h"

namespace marrow {
namespace {

std::string_view heading_of(RelatedKind kind) {
  switch (kind) {
    case RelatedKind::prev:
      return "Previous";
    case RelatedKind::next:
      return "Next";
    case RelatedKind::in_article:
      return "In the article";
    case RelatedKind::popular:
      return "Popular";
    case RelatedKind::latest:
      return "Latest";
    case RelatedKind::more_from:
      return "More from";
    case RelatedKind::sponsored:
      return "Sponsored";
    case RelatedKind::item:
      return "Items";
    default:
      return "Related";
  }
}

class Article {
 public:
  Article(const Record& record, std::string& out) : r_(record), out_(out) {}

  void write() {
    out_ += "<aside class=\"record\" id=\"record\" tabindex=\"0\" aria-label=\"The record\">\n<article dir=\"auto\">\n<h2>";
    append_escaped(r_.title.empty() ? "(no title)" : r_.title, out_);
    out_ += "</h2>\n";
    byline();
    out_ += "<div class=\"body\">";
    if (r_.body.empty()) out_ += "<p class=\"hint\">No body.</p>";
    append_markdown_html(r_.body, 3, out_);
    out_ += "</div>\n</article>\n";
    related();
    teasers();
    facts();
    out_ += "</aside>\n";
  }

 private:
  void byline() {
    std::string line;
    for (const std::string* part : {&r_.author, &r_.published, &r_.site, &r_.language}) {
      if (part->empty()) continue;
      line += line.empty() ? "" : " · ";
      line += "<bdi>" + escaped(*part) + "</bdi>";
    }
    if (!line.empty()) out_ += "<p class=\"by\">" + line + "</p>\n";
  }

  void related() {
    out_ += fmt::format("<section><h2>Related links <b>{}</b></h2>\n", r_.related.size());
    constexpr std::array kOrder = {RelatedKind::prev,   RelatedKind::next,      RelatedKind::related,   RelatedKind::in_article, RelatedKind::popular,
                                   RelatedKind::latest, RelatedKind::more_from, RelatedKind::sponsored, RelatedKind::item};
    for (const RelatedKind kind : kOrder) {
      bool open = false;
      for (const RelatedLink& link : r_.related) {
        if (link.kind != kind && !(kind == RelatedKind::related && link.kind == RelatedKind::none)) continue;
        if (!open) out_ += "<h3>" + std::string(heading_of(kind)) + "</h3><ul>";
        open = true;
        out_ += "<li dir=\"auto\">";
        append_link(link.url, link.text, out_);
        out_ += "</li>";
      }
      if (open) out_ += "</ul>\n";
    }
    if (r_.related.empty()) out_ += "<p class=\"hint\">None.</p>";
    out_ += "</section>\n";
  }

  void teasers() {
    out_ += fmt::format("<section><h2>Teasers <b>{}</b></h2>\n", r_.teasers.size());
    for (const Teaser& teaser : r_.teasers) {
      out_ += "<blockquote dir=\"auto\"><p>";
      append_escaped(teaser.text, out_);
      if (teaser.truncated) out_ += " <em class=\"cut\">cut off</em>";
      out_ += "</p>";
      if (!teaser.url.empty()) {
        out_ += "<p class=\"to\">of ";
        append_link(teaser.url, teaser.url, out_);
        out_ += "</p>";
      }
      if (!teaser.page.empty()) out_ += "<p class=\"to\">begins the page " + escaped(teaser.page) + "</p>";
      out_ += "</blockquote>\n";
    }
    if (r_.teasers.empty()) out_ += "<p class=\"hint\">None.</p>";
    out_ += "</section>\n";
  }

  void fact(std::string_view name, const std::string& value) {
    if (!value.empty()) out_ += "<div><dt>" + std::string(name) + "</dt><dd><bdi>" + escaped(value) + "</bdi></dd></div>";
  }

  void facts() {
    out_ += "<section><h2>Further fields</h2>\n<dl class=\"fields\">";
    fact("id", r_.id);
    fact("url", r_.url);
    fact("canonical_url", r_.canonical_url);
    fact("modified", r_.modified);
    fact("description", r_.description);
    fact("image", r_.image);
    fact("fetched_at", r_.fetched_at);
    fact("status", r_.status ? std::to_string(r_.status) : "");
    fact("rules", r_.rules);
    out_ += "</dl></section>\n";
  }

  const Record& r_;
  std::string& out_;
};

}  // namespace

void append_page_record(const PageReport& report, std::string& out) { Article(report.page.record, out).write(); }

}  // namespace marrow
