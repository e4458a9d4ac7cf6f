// Attributes put aside by strip() and given back by the walk are those that the parser would have read.
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
  explicit Reading(bool aside) : limits{.attributes_aside = aside} {}
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
  return "";
}

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
