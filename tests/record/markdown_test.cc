#include "record/markdown.h"

#include <gtest/gtest.h>

#include <random>

#include "record/body.h"
#include "support/common_mark.h"
#include "support/document_builder.h"

namespace marrow {
namespace {

using testing::DocumentBuilder;

std::string markdown_of(DocumentBuilder& b, bool images = false) {
  const Document& doc = b.finish();
  std::string out;
  append_markdown(doc, b.labels(Label::body), {.images = images}, out);
  return out;
}

using test::read;
using test::Read;
using test::squeezed;

TEST(Markdown, Paragraphs) {
  DocumentBuilder b;
  b.element("h2", "A head #");
  b.element("p", "One.\nBreak.");
  b.element("p", "Two.\n\nThree.");
  EXPECT_EQ(markdown_of(b), "## A head \\#\n\nOne.\\\nBreak.\n\nTwo.\n\nThree.");
}

TEST(Markdown, Inline) {
  DocumentBuilder b;
  b.element("p", "See the plan of a big day in x()");
  b.span("a", "the plan", {{"href", "/plan_(1)?a=1&copy=2"}});
  b.span("strong", "big day");
  b.span("code", "x()");
  EXPECT_EQ(markdown_of(b), "See [the plan](https://example.org/plan\\_%281%29?a=1\\&copy=2) of a **big day** in `x()`");
}

TEST(Markdown, MarksStandAtWords) {
  DocumentBuilder b;
  b.element("p", "one two three");
  b.span("em", " two ");
  b.element("p", "un\"quoted\"here");
  b.span("strong", "\"quoted\"");
  EXPECT_EQ(markdown_of(b), "one *two* three\n\nun\"quoted\"here");
}

TEST(Markdown, Lists) {
  DocumentBuilder b;
  b.open("ul");
  b.open("li");
  b.block("one");
  b.open("ol", {{"start", "3"}});
  b.element("li", "three");
  b.element("li", "four");
  b.close();
  b.close();
  b.element("li", "two");
  b.close();
  b.open("ul");
  b.element("li", "other");
  b.close();
  const std::string text = markdown_of(b);
  EXPECT_EQ(text, "- one\n\n  3. three\n  4. four\n\n- two\n\n* other");
  const Read seen = read(text);
  EXPECT_EQ(seen.lists, 3);
  EXPECT_EQ(seen.items, 5);
}

TEST(Markdown, QuotesNest) {
  DocumentBuilder b;
  b.open("blockquote");
  b.element("p", "outer");
  b.open("blockquote");
  b.element("p", "inner\nline");
  b.close();
  b.element("p", "again");
  b.close();
  b.element("p", "after");
  const std::string text = markdown_of(b);
  EXPECT_EQ(text, "> outer\n>\n> > inner\\\n> > line\n>\n> again\n\nafter");
  EXPECT_EQ(read(text).quotes, 2);
}

TEST(Markdown, CodeKeepsItsBytesAndItsLanguage) {
  DocumentBuilder b;
  b.open("pre", {{"class", "highlight language-cpp"}});
  b.block("int a;\n\n  ```\n\tif (x) <b>\n");
  b.close();
  EXPECT_EQ(markdown_of(b), "````cpp\nint a;\n\n  ```\n\tif (x) <b>\n````");
}

TEST(Markdown, Tables) {
  DocumentBuilder b;
  b.open("table");
  b.open("tr");
  b.element("th", "a|b", {{"colspan", "9007199254740991"}});
  b.element("th", "c");
  b.close();
  b.open("tr");
  b.element("td", "1", {{"colspan", "2"}});
  b.element("td", "2\n3");
  b.close();
  b.close();
  const std::string text = markdown_of(b);
  EXPECT_TRUE(text.starts_with("| a\\|b |")) << text.substr(0, 80);
  EXPECT_NE(text.find("\n| 1 | | 2 3 |"), std::string::npos);
  EXPECT_LT(text.size(), 10000U);
}

TEST(Markdown, ImagesOnRequest) {
  for (bool images : {false, true}) {
    DocumentBuilder b;
    b.image("/a b.png", "A [cat]");
    b.element("p", "Text.");
    EXPECT_EQ(markdown_of(b, images), images ? "![A \\[cat\\]](https://example.org/a%20b.png)\n\nText." : "Text.");
  }
}

TEST(Markdown, PageTextNeverBecomesMarkup) {
  const char* rows[] = {
      "# no heading", "#", "- no item", "+ no item", "* no item", "1. no item", "123456789) no item", "> no quote", "---", "***", "___", "= = =",
      "text\n===", "text\n---", "```", "~~~", "    no code", "<b>bold</b>", "<script>alert(1)</script>", "<!-- no comment -->", "<https://example.org>",
      "&amp; &#65; &copy;", "[a](b)", "![a](b)", "[a]: /b", "`code`", "a`b", "*em* **strong** _em_ __strong__", "snake_case_name", "back\\slash\\",
      "trailing  ", "a\\\nb", "| a | b |\n| - | - |", "~~struck~~", "x!", "\\# \\*", "1986\\. 1986. A year.", "a\n- b\n1. c\n> d\n# e", "*", "**", "`", "``` x",
      "-", "+", "1.", "a *b", "a* b*", "[x][y]", "[x]", "<", ">", "&", "\\", "!", "![", "](x)", "**\n**", "\n\n- a\n\n\n# b", "<a href='x'>", "&lt;b&gt;",
  };
  for (const char* row : rows)
    for (const char* tag : {"p", "h3", "li", "td"}) {
      DocumentBuilder b;
      b.open(std::string_view(tag) == "li" ? "ul" : std::string_view(tag) == "td" ? "tr" : "div");
      b.element(tag, row);
      b.close();
      const std::string text = markdown_of(b);
      const Read seen = read(text);
      EXPECT_EQ(squeezed(seen.text), squeezed(row)) << tag << ": " << text;
      EXPECT_EQ(seen.links + seen.images + seen.html + seen.codes + seen.blocks_of_code + seen.quotes + seen.rules + seen.stars, 0) << tag << ": " << text;
      EXPECT_EQ(seen.headings, squeezed(text).empty() ? 0 : std::string_view(tag) == "h3") << tag << ": " << text;
      EXPECT_EQ(seen.items, std::string_view(tag) == "li") << tag << ": " << text;
    }
}

// Random pages: whatever the nesting and the signs, a CommonMark reader sees the letters of the plain body.
TEST(Markdown, HoldsTheTextOfTheBody) {
  std::mt19937 random(20261123);
  auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  const char* words[] = {"word", "été", "a*b", "_x_", "[y]", "1.", "-", "#", "中文", "`q`", "end.", "(z)", "\"said\"", "<i>", "&c", "x\ny", "!", "…"};
  const char* inlines[] = {"strong", "em", "code", "a", "span"};
  for (int round = 0; round < 1500; ++round) {
    DocumentBuilder b;
    int depth = 0;
    for (int step = 0; step < 14; ++step) {
      const int what = pick(10);
      if (what == 0 && depth < 5) b.open("blockquote"), ++depth;
      if (what == 1 && depth < 5) b.open(pick(2) ? "ul" : "ol"), b.open("li"), depth += 2;
      if (what == 2 && depth > 0) b.close(), --depth;
      std::string text;
      for (int i = 0, n = 1 + pick(6); i < n; ++i) text += (i && pick(5) ? " " : "") + std::string(words[pick(18)]);
      b.open(pick(6) == 0 ? "h3" : "p");
      b.block(text);
      for (int i = 0, n = pick(3); i < n; ++i) {
        const auto size = static_cast<int>(text.size());
        int begin = pick(size), end = begin + 1 + pick(size - begin);
        while (begin > 0 && (static_cast<unsigned char>(text[static_cast<std::size_t>(begin)]) & 0xC0) == 0x80) --begin;
        while (end < size && (static_cast<unsigned char>(text[static_cast<std::size_t>(end)]) & 0xC0) == 0x80) ++end;
        b.span(inlines[pick(5)], std::string_view(text).substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin)), {{"href", "/x_(y)"}});
      }
      b.close();
    }
    const Document& doc = b.finish();
    const Labels labels = b.labels(Label::body);
    std::string markdown, plain;
    append_markdown(doc, labels, {}, markdown);
    append_body(doc, labels, plain);
    ASSERT_EQ(squeezed(read(markdown).text), squeezed(plain)) << "round " << round << "\n" << markdown;
  }
}

}  // namespace
}  // namespace marrow
