// Attributes and texts put aside by strip() and given back by the walk are those that the parser would have read.
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "base/arena.h"
#include "page/decode.h"
#include "page/parse.h"
#include "page/strip.h"
#include "page/walk.h"
#include "support/pages.h"

#include "page/strip_cases.inc"

namespace marrow {
namespace {

// One way to read a page, with its memory.
struct Reading {
  explicit Reading(bool aside) : limits{.attributes_aside = aside, .texts_aside = aside} {}
  StripLimits limits;
  Arena arena;
  StripOutput stripped;
  Document document;
  Walker walker;

  const Document& read(std::string_view html) {
    arena.reset();
    document.clear();
    strip(html, limits, stripped);
    const Budget patient{.max_millis = 60000};
    if (const GumboInternalNode* root = parse_html(stripped.html, arena, patient).root)
      walker.walk(root, stripped, document, arena, true);
    return document;
  }
};

std::string shown(const Document& d, Id e) {
  std::string out = std::to_string(e) + " <" + std::string(d.elements[e].name);
  for (Id a = d.elements[e].first_attr; a < d.elements[e].end_attr; ++a)
    out.append(" ").append(d.attrs[a].name).append("=[").append(d.attrs[a].value).append("]");
  return out + "> in " + std::to_string(d.elements[e].parent) + (d.elements[e].hidden ? " hidden" : "");
}

// "" where both are the same.
std::string difference(const Document& a, const Document& b) {
  for (Id e = 0; e < a.elements.size() && e < b.elements.size(); ++e) {
    if (shown(a, e) != shown(b, e)) return shown(a, e) + "\n" + shown(b, e);
    if (a.elements[e].cls != b.elements[e].cls || a.elements[e].id != b.elements[e].id) return "class or id of " + shown(a, e);
  }
  if (a.elements.size() != b.elements.size()) return "elements";
  if (a.blocks.size() != b.blocks.size()) return "blocks";
  for (Id i = 0; i < a.blocks.size(); ++i)
    if (a.blocks[i].text != b.blocks[i].text || a.blocks[i].element != b.blocks[i].element) return "block " + std::to_string(i);
  if (a.links.size() != b.links.size() || a.images.size() != b.images.size() || a.metas.size() != b.metas.size()) return "links";
  if (a.title != b.title) return "title";
  return "";
}

// What texts that go aside may stand in and beside.
constexpr std::string_view kTextPieces[] = {
    "a stretch of words ", "and a further one", " ", "\n", "caf\xC3\xA9 au lait, ", "e\xCC\x81 and accents ", "\xCC\x81 to an accent", "x\xC2\x80yz and more ",
    "\xEF\xBF\xBE is none", "\xEF\xBF\xBD stands for others", "\xF0\x9F\x98\x80 smiles at you", "\x01 in words", "half &am", "p; half", "bread &amp; butter, ",
    "&#x41; and letters", "&#", "x100000;", "&notit; and more", "&lt;b>", "< than that", "<3 for you", "</", "<!-- gone -->", "<![CDATA[some data]]>",
    "<p>", "<p>", "<div>", "</div>", "<b>", "</b>", "<a href=/a>", "</a>", "<br>", "<pre>\nlines of words\n", "</pre>", "<textarea>\nwords inside &amp; out</textarea>",
    "<title>a title of words &amp; more</title>", "<svg><title>a title within</title>", "</svg>", "<table>", "<tr>", "<td>", "</table>", "<colgroup>",
    "<select><option>one of them", "</select>", "<form>", "</form>", "<noscript>", "</noscript>", "<template>", "</template>", "<button>", "<math><mi>symbols", "</math>",
    "<iframe>dropped words</iframe>", "<style>no words</style>", "<xmp>raw &amp; words</xmp>", "<head>", "<body>", "</body>", "</html>"};
// And what makes a page go without.
constexpr std::string_view kForgedPieces[] = {"&#x100000;", "&#1048577 ", "&#x0010fffd;", "\xF4\x80\x80\x80", "<isindex prompt='&#x100000;'>",
                                              "<textarea>&#x100001;</textarea>", "<frameset>&#x100001;", "<pre>&#X100000</pre>", "&#1114109;"};

class Aside : public testing::Test {
 protected:
  std::string differ(std::string_view html) { return difference(in_tags_.read(html), aside_.read(html)); }
  Reading in_tags_{false}, aside_{true};
};

TEST_F(Aside, LeavesBareTagsAndGivesTheAttributesBack) {
  EXPECT_EQ(differ("<p class='a b' id=c>x <a href=/d rel=nofollow>y</a></p>"), "");
  EXPECT_EQ(aside_.stripped.html, "<p>x <a>y</a></p>");
  ASSERT_EQ(aside_.stripped.aside.size(), 2U);
  EXPECT_EQ(aside_.document.links[0].href, "/d");
  EXPECT_EQ(in_tags_.stripped.html, "<p class='a b' id=c>x <a href=/d rel=nofollow>y</a></p>");
}

TEST_F(Aside, WhatTheParserMustSeeStaysInTheTag) {
  const struct {
    const char *name, *html, *markup;
  } cases[] = {
      {"character reference", "<a href='/?a&amp;b' class=c>d</a>", "<a href='/?a&amp;b'>d</a>"},
      {"line end", "<p title='a\r\nb'>c", "<p title='a\r\nb'>c"},
      {"control character", "<p title='a\x01'>c", "<p title='a\x01'>c"},
      {"C1 control", "<p title='a\xC2\x80'>c", "<p title='a\xC2\x80'>c"},
      {"not a character", "<p title='a\xEF\xBF\xBE'>c", "<p title='a\xEF\xBF\xBE'>c"},
      {"formatting element", "<b class=a>c</b>", "<b class=a>c</b>"},
      {"html and body", "<html lang=a><body class=b>c", "<html lang=a><body class=b>c"},
      {"hidden input", "<input type=hidden name=a>", "<input type=hidden>"},
      {"svg", "<svg class=a><g class=b></g></svg>c", "<svg class=a></svg>c"},
      {"math", "<math class=a><mi class=b>x</mi></math>c", "<math class=a><mi class=b>x</mi></math>c"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(differ(c.html), "") << c.name;
    EXPECT_EQ(aside_.stripped.html, c.markup) << c.name;
  }
}

TEST_F(Aside, SurvivesWhatMovesAndCopiesElements) {
  const struct {
    const char *name, *html;
  } cases[] = {
      {"link reopened", "<p><a href=/a class=b>c<p>d</a>e"},
      {"link closes link", "<a href=/a>b<a href=/c>d</a>"},
      {"out of a table", "<table class=a><p class=b>c<tr class=d><td class=e>f"},
      {"hidden input in a table", "<table><input type=hidden class=a><tr><td>b"},
      {"second body", "<body class=a><p class=b>c<body id=d class=e>f"},
      {"image is img", "<image src=a.png alt=b>c"},
      {"template", "<template class=a><div class=b>c</div></template>d"},
      {"cut off", "<p class=a>b<p class=c"},
      {"repeated", "<p class=a class=b>c"},
      {"no value", "<p hidden class>c"},
      {"empty value", "<p class='' id=>c"},
      {"select", "<select class=a><option value=b class=c>d<div class=e>f</select>"},
      {"isindex", "<isindex prompt=a class=b>c"},
      {"frames", "<frameset rows=a><frame src=b></frameset>"},
  };
  for (const auto& c : cases) EXPECT_EQ(differ(c.html), "") << c.name;
}

TEST_F(Aside, CutsLongValuesAlike) {
  for (Reading* reading : {&in_tags_, &aside_}) reading->limits.max_value = 5;
  for (const char* html : {"<p title='abcdefgh'>x", "<p title=abcdefgh>x", "<p title='abc\xC3\xA4'>x", "<p title='abc'>x", "<p title='a&amp;cdefgh'>x"})
    EXPECT_EQ(differ(html), "") << html;
}

TEST_F(Aside, OnCornerCasesAndGeneratedMarkup) {
  for (const std::string_view html : kCornerCases)
    for (std::size_t size = 0; size <= html.size(); ++size) ASSERT_EQ(differ(html.substr(0, size)), "") << html.substr(0, size);
  std::uint64_t state = 7;
  const auto next = [&](std::size_t below) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::size_t>(state >> 33) % below;
  };
  for (int i = 0; i < 4000; ++i) {
    std::string html;
    for (std::size_t pieces = 1 + next(30); pieces > 0; --pieces) html += kPieces[next(std::size(kPieces))];
    ASSERT_EQ(differ(html), "") << html;
  }
}

TEST_F(Aside, OneCharacterStandsForAText) {
  EXPECT_EQ(differ("<p>The bridge  was\nclosed in the <b>spring</b> &amp; in autumn.</p><p>Why?</p>"), "");
  EXPECT_EQ(aside_.stripped.html,
            "<p>\xF4\x80\x80\x80 <b>\xF4\x80\x80\x81</b> &amp; \xF4\x80\x80\x82</p><p>Why?</p>");
  ASSERT_EQ(aside_.document.blocks.size(), 2U);
  EXPECT_EQ(aside_.document.blocks[0].text, "The bridge was closed in the spring & in autumn.");
}

TEST_F(Aside, TextsStayWhereAMarkCouldBeForged) {
  for (const std::string_view forged : kForgedPieces) {
    const std::string html = "<p>A stretch of words, " + std::string(forged) + " and one more";
    EXPECT_EQ(differ(html), "") << html;
    EXPECT_NE(aside_.stripped.html.find("stretch of words"), std::string_view::npos) << html;
  }
}

// Debian's Gumbo ends the program on the raw bytes of these.
TEST_F(Aside, TextBehindCdataInATable) {
  for (const char* html : {"<table><math><mi><![CDATA[a]]>b", "<table><tr><math><mi><![CDATA[a]]>b<![CDATA[c]]>d</math>e",
                           "<table><svg><desc><![CDATA[a]]>&lt;b", "<table><tbody><svg><foreignObject><math><mi><![CDATA[a]]>b", "<table><div><math><mi><![CDATA[a]]>b",
                           "<table><mi>a<math><mi>b</html><![CDATA[c]]>d<frameset>&lt;e"})
    EXPECT_EQ(differ(html), "") << html;
}

TEST_F(Aside, AsManyTextsAsThereAre) {
  std::string html;
  for (int i = 0; i < 70'000; ++i) html += "<p>words, words";
  EXPECT_EQ(differ(html), "");
}

TEST_F(Aside, TextsInGeneratedMarkup) {
  std::uint64_t state = 11;
  const auto next = [&](std::size_t below) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::size_t>(state >> 33) % below;
  };
  const int rounds = std::getenv("MARROW_ALL_PAGES") ? 200'000 : 4000;
  for (int i = 0; i < rounds; ++i) {
    std::string html;
    for (std::size_t pieces = 1 + next(24); pieces > 0; --pieces)
      html += next(64) == 0 ? kForgedPieces[next(std::size(kForgedPieces))] : next(4) == 0 ? kPieces[next(std::size(kPieces))]
                                                                                          : kTextPieces[next(std::size(kTextPieces))];
    ASSERT_EQ(differ(html), "") << html;
  }
}

TEST_F(Aside, OnRealPages) {
  const std::vector<std::string> pages = test::shared_pages();
  if (pages.empty()) GTEST_SKIP() << "no evaluation pages beside the repository";
  const std::size_t step = std::getenv("MARROW_ALL_PAGES") ? 1 : 5;
  std::string scratch;
  for (std::size_t i = 0; i < pages.size(); i += step) {
    const std::string bytes = test::read_page(pages[i]);
    EXPECT_EQ(differ(decode(bytes, {}, scratch).text), "") << pages[i];
  }
}

}  // namespace
}  // namespace marrow
