// A whole page around a piece of markup, cleaned by the program's own rules and models.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "marrow.h"
#include "support/conservation.h"

namespace marrow::test {

// Five paragraphs of prose, of our own.
inline constexpr const char* kProse[] = {
    "The old lighthouse keeper counted the ships that passed the headland in a notebook bound in red cloth, one line for each, "
    "and nobody on the island ever asked him why he did it.",
    "After the storm of that winter the harbour wall had to be built anew, and for two years the fishing boats were drawn up on "
    "the beach each evening by a team of six horses.",
    "Letters arrived twice a week. They were read aloud in the kitchen of the inn, because only the schoolteacher and the priest "
    "owned a pair of glasses that was any good.",
    "What the notebook shows, now that historians have gone through its four thousand pages, is how quickly sail gave way to "
    "steam once the coal depot across the strait had opened.",
    "The keeper himself died in the spring of the following year. His daughter kept the lamp burning until the new electric "
    "light was switched on, and then she closed the book and moved to the mainland.",
};

inline std::string prose(int from = 0, int to = 5) {
  std::string out;
  for (int i = from; i < to; ++i) out += "<p>" + std::string(kProse[i]) + "</p>\n";
  return out;
}

enum class Frame { blog, news, semantic };

// The piece as an article's content: menu, headline and byline before it, related links, sidebar and footer behind.
inline std::string framed(Frame frame, std::string_view piece, std::string_view head = "") {
  const std::string headline = "The keeper who counted ships";
  const std::string menu = "<ul><li><a href='/'>Home</a></li><li><a href='/news'>News</a></li><li><a href='/islands'>Islands</a></li></ul>";
  const std::string more =
      "<h3>Related articles</h3><ul><li><a href='/2020/10'>Six horses and a beach</a></li><li><a href='/2020/11'>The inn that "
      "became a school</a></li><li><a href='/2020/12'>How coal came to the strait</a></li></ul>";
  const std::string foot = "© 2025 The Island Post. All rights reserved. <a href='/imprint'>Imprint</a>";
  const std::string start = "<!doctype html><html lang=en><head><meta charset=utf-8><title>" + headline + " | The Island Post</title>" + std::string(head) + "</head><body>";
  const std::string body(piece);
  switch (frame) {
    case Frame::blog:
      return start + "<div id=header class=site-header>" + menu + "</div><div id=content><div class='post hentry'><h1 class=entry-title>" + headline +
             "</h1><div class=entry-meta>By Ann Writer · 3 May 2025</div><div class=entry-content>" + body + "</div><div class=related-posts>" + more +
             "</div></div></div><div id=sidebar class=widget-area>" + more + "</div><div id=footer>" + foot + "</div></body></html>";
    case Frame::news:
      return start + "<div class=top>" + menu + "</div><div class='page__wrap'><div class='article__main'><h1>" + headline + "</h1><div class='article__byline'>By Ann Writer</div>" +
             "<div class='article__body'>" + body + "</div></div><div class='article__more'>" + more + "</div></div><div class=bottom>" + foot + "</div></body></html>";
    case Frame::semantic:
      return start + "<header><nav>" + menu + "</nav></header><main><article><header><h1>" + headline + "</h1><p class=byline>By Ann Writer, <time datetime=2025-05-03>3 May 2025</time></p></header>" +
             body + "</article><aside>" + more + "</aside></main><footer>" + foot + "</footer></body></html>";
  }
  return {};
}

inline constexpr Frame kFrames[] = {Frame::blog, Frame::news, Frame::semantic};

class WholePage : public ::testing::Test {
 protected:
  WholePage() : cleaner_(*Cleaner::create({})), workspace_(cleaner_) {}

  Record clean(const std::string& html, int status = 0, const std::string& url = "https://island.example/2025/05/the-keeper") {
    Input input;
    input.id = "page";
    input.url = url;
    input.bytes = html;
    input.status = status;
    Record record = cleaner_.clean(input, workspace_);
    const Seen seen = cleaner_.seen(workspace_);
    EXPECT_EQ(check_conservation(seen.document, seen.labels), "");
    return record;
  }

  static std::size_t count(std::string_view text, std::string_view part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++found;
    return found;
  }

  Cleaner cleaner_;
  Workspace workspace_;
};

}  // namespace marrow::test
