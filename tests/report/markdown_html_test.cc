#include "report/markdown_html.h"

#include <gtest/gtest.h>

namespace marrow {
namespace {

std::string html(std::string_view markdown) {
  std::string out;
  append_markdown_html(markdown, 3, out);
  constexpr std::string_view open = "<div class=\"c\">", close = "</div>";
  if (out.empty()) return out;
  EXPECT_TRUE(out.starts_with(open) && out.ends_with(close)) << out;
  return out.substr(open.size(), out.size() - open.size() - close.size());
}

TEST(MarkdownHtml, TheElementsOfABody) {
  EXPECT_EQ(html("One *two* **three** `f<o`\\\nfour"), "<p>One <em>two</em> <strong>three</strong> <code>f&lt;o</code><br>four</p>");
  EXPECT_EQ(html("- a\n- b\n"), "<ul><li>a</li><li>b</li></ul>");
  EXPECT_EQ(html("1. a\n\n2. b\n"), "<ol><li><p>a</p></li><li><p>b</p></li></ol>");
  EXPECT_EQ(html("> q\n\n---\n\n```c\nif (a < b)\n```\n"), "<blockquote><p>q</p></blockquote><hr><pre><code>if (a &lt; b)\n</code></pre>");
  EXPECT_EQ(html("| a | b |\n|---|---|\n| 1 | <2 |\n"), "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>&lt;2</td></tr></table>");
}

TEST(MarkdownHtml, HeadingsStandBelowTheReportsOwnAndSkipNoLevel) {
  EXPECT_EQ(html("### a\n\n# b\n\n###### c\n"), "<h3>a</h3><h3>b</h3><h4>c</h4>");
}

TEST(MarkdownHtml, NothingIsFetchedNorRun) {
  EXPECT_EQ(html("<script>x</script>\n\na <b onclick=x>b</b>"),
            "&lt;script&gt;x&lt;/script&gt;\n<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>");
  EXPECT_EQ(html("[a](javascript:x) [b](data:x)"), "<p>a b</p>");
  EXPECT_EQ(html("![alt](https://example.org/i.png)"),
            "<p><a rel=\"noopener noreferrer nofollow\" target=\"_blank\" href=\"https://example.org/i.png\">alt</a></p>");
}

TEST(MarkdownHtml, ALongBodyComesInParts) {
  std::string long_body;
  for (int i = 0; i < 61; ++i) long_body += "word\n\n";
  const std::string out = html(long_body);
  EXPECT_NE(out.find("</div>\n<div class=\"c\"><p>"), std::string::npos);
}

TEST(MarkdownHtml, AnythingEnds) {
  EXPECT_EQ(html(""), "");
  EXPECT_FALSE(html(std::string(20000, '>')).empty());
  EXPECT_FALSE(html(std::string(20000, '[')).empty());
}

}  // namespace
}  // namespace marrow
