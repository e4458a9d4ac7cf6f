#include "report/page_report.h"

#include "report/shell.h"

namespace marrow {
namespace {

std::string title_of(const Record& record) {
  const std::string& title = record.title.empty() ? record.id : record.title;
  return title + " · marrow explain";
}

}  // namespace

std::string page_report(const PageReport& report) {
  std::string body = "<div class=\"page\">\n";
  append_page_head(report, body);
  append_page_text(report, body);
  body +=
      "<section class=\"why\" id=\"why\" tabindex=\"0\" aria-label=\"Why\" aria-live=\"polite\">"
      "<p class=\"hint\">Point at a block, or go through the page with <kbd>j</kbd> and <kbd>k</kbd>, to see why it got its verdict.</p>"
      "<p class=\"hint\"><kbd>l</kbd> and <kbd>h</kbd> go through the links of a block, <kbd>/</kbd> searches, <kbd>n</kbd> and <kbd>N</kbd> go to the "
      "next and the last find, <kbd>1</kbd> to <kbd>4</kbd> show and hide a verdict, <kbd>Esc</kbd> leaves.</p>"
      "<noscript><p class=\"hint\">The reasons behind each verdict are shown by this file's script, which your browser does not run.</p></noscript>"
      "</section>\n";
  append_page_record(report, body);
  body += "</div>\n";
  const std::string title = title_of(report.page.record), data = page_data(report);
  Shell shell{.title = title, .styles = {"base.css", "explain.css"}, .scripts = {"explain.js"}};
  if (report.live) {
    shell.styles.push_back("watch.css");
    shell.scripts.push_back("watch.js");
    shell.connect = "'self'";
  }
  return whole_page(shell, body, data);
}

}  // namespace marrow
