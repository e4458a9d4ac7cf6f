// Page report: one page as explained -> one HTML file for people. On the left the page's own text in its order, each block
// marked by its verdict; in the middle why, for the block or link under the pointer or the keyboard; on the right the record as a
// reader would see it. The file stands alone: it fetches nothing, and shows whatever a page holds as text.
// Pure: the same page gives the same bytes. Any thread.
//
//   std::string html = page_report({.page = explained});
#pragma once

#include <string>
#include <string_view>

#include "report/difference.h"
#include "report/explained.h"

namespace marrow {

struct PageReport {
  const Explained& page;        // its record's body in Markdown
  // What it is compared with: marks what changed verdict, is new or is gone. All three or none.
  const Snapshot* before = nullptr;
  const Snapshot* after = nullptr;
  const Difference* difference = nullptr;
  std::string_view against = {};  // in words: "rules a.toml", "old.html"
  bool live = false;                  // served by a preview: asks it for news (assets/watch.js)
  std::string_view notice_html = {};  // stands in the head; escaped by whoever wrote it
};

std::string page_report(const PageReport& report);

// The parts, as page_report() puts them together.
void append_page_head(const PageReport& report, std::string& out);
void append_page_text(const PageReport& report, std::string& out);
void append_page_record(const PageReport& report, std::string& out);
std::string page_data(const PageReport& report);  // JSON, read by assets/explain.js

}  // namespace marrow
