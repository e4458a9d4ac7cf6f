#include "page/strip.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "page/decode.h"
#include "support/noscript.h"
#include "support/pages.h"
#include "support/tree_compare.h"

#include "page/strip_cases.inc"

namespace marrow {
namespace {

// "" where stripped and raw markup give the same tree, or the parser has a known fault with the raw one.
std::string difference(std::string_view html, StripOutput& out) {
  StripLimits limits;
  limits.max_value = std::size_t{64} << 20;
  strip(html, limits, out);
  bool misread = false, unsure = false;
  const std::string raw = test::canonical_tree(test::end_noscripts(html, &unsure), &misread);
  return misread || unsure ? "" : test::first_difference(raw, test::canonical_tree(out.html));
}

std::string stripped(std::string_view html, const StripLimits& limits = {}) {
  StripOutput out;
  strip(html, limits, out);
  return std::string(out.html);
}

TEST(Strip, LeavesOutWhatNobodyReads) {
  const struct {
    const char *name, *html, *want;
  } cases[] = {
      {"script", "<script src=a>x < y</script>b", "<script src=a></script>b"},
      {"style", "<style>a{}</style>b", "<style></style>b"},
      {"comment", "<p><!-- a --><b>", "<p><b>"},
      {"comment between letters", "a<!-- b -->c", "a<!>c"},
      {"attributes", "<p onclick='a>b' class=c data-x style=\"color:red\" id=d>", "<p class=c id=d>"},
      {"hiding style", "<p style='display:none'>", "<p style='display:none'>"},
      {"repeated attribute", "<p class class=a id=b>", "<p class id=b>"},
      {"white space", "<p>\n\n  a  b </p> \n <p>", "<p>\na b </p>\n<p>"},
      {"white space in tags", "<p   class = 'a'  >", "<p class='a'>"},
      {"pre", "<pre>  a\n  b</pre>", "<pre>  a\n  b</pre>"},
      {"svg", "<svg class=a viewBox=b><path d=c /><g><circle/></g></svg>d", "<svg class=a></svg>d"},
      {"svg that holds HTML", "<svg><foreignObject><p>a</svg>b", "<svg><foreignObject><p>a</svg>b"},
      {"iframe", "<iframe src=a><p>b</iframe>c", "<iframe src=a></iframe>c"},
      {"end tag attributes", "</p class=a>", "</p>"},
  };
  for (const auto& c : cases) EXPECT_EQ(stripped(c.html), c.want) << c.name;
}

// The parser's sum of the digits would overflow, and give back a letter, a mark of ours or bytes that are no character.
TEST(Strip, ReferencesBeyondTheLastCharacterAreThoseOfZero) {
  EXPECT_EQ(stripped("<p title='&#4294967361;'>&#x80000041;&#99999999999999999999x&#4296015872;&#xfFfFfFfFf"),
            "<p title='&#0000000000;'>&#x00000000;&#00000000000000000000x&#0000000000;&#x000000000");
  EXPECT_EQ(stripped("<p>&#1114111;&#x10FFFF;&#000000065;&#x;&#;&amp;&#"), "<p>&#1114111;&#x10FFFF;&#000000065;&#x;&#;&amp;&#");
  EXPECT_EQ(stripped("<p>&#1114112;&#x110000"), "<p>&#0000000;&#x000000");
}

TEST(Strip, WhatIsLeftOpenInNoscriptEndsThere) {
  const struct {
    const char *name, *html, *want;
  } cases[] = {
      {"iframe", "<noscript><iframe src=a /></noscript><p>b", "<noscript></noscript><p>b"},
      {"one that a later frame would close", "<noscript>a <iframe></noscript><p>b<iframe></iframe>c", "<noscript>a </noscript><p>b<iframe></iframe>c"},
      {"closed in time", "<noscript><iframe src=a></iframe>b</noscript>c", "<noscript><iframe src=a></iframe>b</noscript>c"},
      {"noframes, noembed", "<noscript><noframes></noscript>a<noscript><noembed>b</noscript>c", "<noscript></noscript>a<noscript></noscript>c"},
      {"textarea, title", "<noscript><textarea>a</noscript>b<noscript><title>c</noscript>d", "<noscript></noscript>b<noscript></noscript>d"},
      {"script", "<noscript>a<script>b<!-- <script></noscript>c", "<noscript>a<!></noscript>c"},
      {"plaintext", "<noscript><plaintext>a</noscript><p>b", "<noscript></noscript><p>b"},
      {"comment", "<noscript>a<!-- b</noscript>c --> d", "<noscript>a<!></noscript>c --> d"},
      {"quote", "<noscript><img alt=\"a></noscript><p title=\"b\">c", "<noscript></noscript><p title=\"b\">c"},
      {"tag", "<noscript>a<img </noscript>b", "<noscript>a<!></noscript>b"},
      {"slash", "<noscript>a</</noscript>b", "<noscript>a<!></noscript>b"},
      {"cdata", "<noscript><svg><foreignObject>a</foreignObject><![CDATA[b</noscript>c", "<noscript><svg><foreignObject>a</foreignObject></noscript>c"},
      {"capitals", "<NoScript><IFRAME></NOSCRIPT >a", "<NoScript></NOSCRIPT>a"},
      {"never ends", "<noscript><p>a<p>b", "<noscript><p>a<p>b"},
      {"two", "<noscript><iframe></noscript><noscript><iframe></noscript>a", "<noscript></noscript><noscript></noscript>a"},
  };
  StripOutput out;
  for (const auto& c : cases) {
    EXPECT_EQ(difference(c.html, out), "") << c.name;
    EXPECT_EQ(stripped(c.html), c.want) << c.name;
    EXPECT_FALSE(out.truncated_input) << c.name;
  }
  strip("<noscript><iframe>a", {}, out);
  EXPECT_TRUE(out.truncated_input);
}

TEST(Strip, CollectsJsonLdAndCountsScript) {
  StripOutput out;
  const std::string html =
      "<script type=\"application/ld+json\">{1}</script><SCRIPT TYPE = ' Application/LD+JSON; charset=utf-8'>{2}</script>"
      "<script type=application/json+ld>{3}</script><script type=text/javascript>12345</script><script type=application/json>{}</script>";
  strip(html, {}, out);
  ASSERT_EQ(out.json_ld.size(), 3U);
  EXPECT_EQ(out.json_ld[0], "{1}");
  EXPECT_EQ(out.json_ld[1], "{2}");
  EXPECT_EQ(out.json_ld[2], "{3}");
  EXPECT_EQ(out.bytes_script, 7U);
  EXPECT_EQ(out.bytes_in, html.size());
  strip("x", {}, out);
  EXPECT_TRUE(out.json_ld.empty());
  EXPECT_EQ(out.bytes_script, 0U);
}

TEST(Strip, TellsWhereTheInputBreaksOff) {
  StripOutput out;
  for (const char* html : {"<p", "<p class='a", "</p", "<!-- a", "<script>a", "<style>", "<textarea>a", "<title>a", "<svg><![CDATA[a", "<!doctype"}) {
    strip(html, {}, out);
    EXPECT_TRUE(out.truncated_input) << html;
  }
  for (const char* html : {"", "a", "<p>a", "<!-- a -->", "<script></script>", "a<", "a < b"}) {
    strip(html, {}, out);
    EXPECT_FALSE(out.truncated_input) << html;
  }
}

std::string repeat(std::string_view piece, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += piece;
  return out;
}

TEST(Strip, BoundsNesting) {
  StripLimits limits;
  limits.max_depth = 6;
  EXPECT_EQ(stripped("<div><div><div><div>a<div>b</div>c</div></div></div>d</div>e", limits),
            "<div><div><div>a b c </div></div>d</div>e");
  StripOutput out;
  for (const char* piece : {"<div>", "<b>", "<span>", "<font color=red>", "<ul><li>", "<table><tr><td>", "<svg><g>", "<math><mi>", "<object>",
                            "<p><font size=1>", "<template>", "<form><button>", "<x-y>", "<select><optgroup><option>", "<a><div>"}) {
    strip(repeat(piece, 5000), {}, out);
    const std::string tree = test::canonical_tree(out.html);
    std::size_t deepest = 0;
    for (std::size_t at = tree.find('\n'); at != std::string::npos; at = tree.find('\n', at + 1))
      deepest = std::max(deepest, tree.find_first_not_of(' ', at + 1) - at);
    // Elements that the parser adds by itself may come on top of the limit.
    EXPECT_LE(deepest, 600U) << piece;
    EXPECT_GE(deepest, 3U) << piece;
    EXPECT_LE(out.html.size(), 5000 * std::string_view(piece).size() + 64) << piece;
  }
}

TEST(Strip, DepthIsNotCountedTwice) {
  StripOutput out;
  for (const char* piece : {"<p>a", "<ul><li>a<li>b</ul>", "<table><tr><td>a<td>b</table>", "<dl><dt>a<dd>b</dl>", "<p><b>a</b>", "<option>a", "<br>", "<img src=a>",
                            "<p><a href=x>y", "<li><b>a", "<h1>a</h2>", "<svg><path/></svg>", "<custom-a></custom-a>"}) {
    strip(repeat(piece, 5000), {}, out);
    EXPECT_EQ(out.depth_cut, 0U) << piece;
  }
}

TEST(Strip, BoundsAttributes) {
  StripLimits limits;
  limits.max_attrs = 2;
  limits.max_value = 5;
  StripOutput out;
  strip("<p class=a id=b lang=c>", limits, out);
  EXPECT_EQ(out.html, "<p class=a id=b>");
  EXPECT_EQ(out.attrs_cut, 1U);
  strip("<p title='abcdefgh'>x<p title=abcdefgh>", limits, out);
  EXPECT_EQ(out.html, "<p title='abcd'>x<p title=abcde>");
  EXPECT_EQ(stripped("<p title='abcä'>", limits), "<p title='abc'>");
}

TEST(Strip, EqualTreesOnCornerCases) {
  StripOutput out;
  for (const char* html : kCornerCases) EXPECT_EQ(difference(html, out), "") << html << "\nstripped: " << out.html;
}

// Cut anywhere, a page still gives the same tree.
TEST(Strip, EqualTreesWhereverTheInputEnds) {
  StripOutput out;
  for (const std::string_view html : kCornerCases)
    for (std::size_t size = 0; size < html.size(); ++size)
      ASSERT_EQ(difference(html.substr(0, size), out), "") << html.substr(0, size) << "\nstripped: " << out.html;
}

// Splices pieces of markup at random (the same on every machine) and holds the trees against each other.
TEST(Strip, EqualTreesOnGeneratedMarkup) {
  StripOutput out;
  const int count = std::getenv("MARROW_ALL_PAGES") ? 200000 : 4000;
  std::uint64_t state = 1;
  auto next = [&](std::size_t below) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::size_t>(state >> 33) % below;
  };
  int failures = 0;
  for (int i = 0; i < count && failures < 10; ++i) {
    std::string html;
    for (std::size_t pieces = 1 + next(30); pieces > 0; --pieces) html += kPieces[next(std::size(kPieces))];
    const std::string found = difference(html, out);
    if (found.empty()) continue;
    ++failures;
    ADD_FAILURE() << i << ": " << html << "\nstripped: " << out.html << "\n" << found;
  }
}

TEST(Strip, EqualTreesOnRealPages) {
  const std::vector<std::string> pages = test::shared_pages();
  if (pages.empty()) GTEST_SKIP() << "no evaluation pages beside the repository";
  const std::size_t step = std::getenv("MARROW_ALL_PAGES") ? 1 : 5;
  StripOutput out;
  std::string scratch;
  int failures = 0;
  for (std::size_t i = 0; i < pages.size() && failures < 20; i += step) {
    const std::string bytes = test::read_page(pages[i]);
    const std::string found = difference(decode(bytes, {}, scratch).text, out);
    if (out.depth_cut + out.attrs_cut > 0) ADD_FAILURE() << pages[i] << " cut";
    if (found.empty()) continue;
    ++failures;
    ADD_FAILURE() << pages[i] << "\n" << found;
  }
}

}  // namespace
}  // namespace marrow
