#include "page/page.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace marrow {
namespace {

std::vector<std::string> texts(const Document& document) {
  std::vector<std::string> out;
  for (const Block& block : document.blocks) out.emplace_back(block.text);
  return out;
}

struct Row {
  const char* name;
  const char* html;
  std::vector<std::string> blocks;
};

class Blocks : public testing::TestWithParam<Row> {};

TEST_P(Blocks, AreRunsOfInlineContent) {
  PageReader reader;
  EXPECT_EQ(texts(reader.read_html(GetParam().html, {})), GetParam().blocks);
}

INSTANTIATE_TEST_SUITE_P(
    All, Blocks,
    testing::Values(
        Row{"paragraphs", "<p>One</p><p>Two</p>", {"One", "Two"}},
        Row{"inline_tags_never_split_words", "<p><span>Z</span>imbabwe K<small>evin</small></p>", {"Zimbabwe Kevin"}},
        Row{"white_space", "<p>  a \n\t b&nbsp;c&#x2003;d </p>", {"a b c d"}},
        Row{"soft_hyphen_and_zero_width", "<p>Wirt&shy;schaft wo&#x200B;rd</p>", {"Wirtschaft word"}},
        Row{"one_br_is_a_line", "<p>a<br>b</p>", {"a\nb"}},
        Row{"two_br_are_a_paragraph", "<div>a<br> <br/>b</div>", {"a", "b"}},
        Row{"text_after_second_inline_tag", "<p>a <b>b</b> c <i>d</i> e</p>", {"a b c d e"}},
        Row{"text_around_a_block", "<div>before<p>inside</p>after</div>", {"before", "inside", "after"}},
        Row{"button_is_no_part_of_a_sentence", "<p>Text<button>Share</button> more</p>", {"Text", "Share", "more"}},
        Row{"script_style_template_select",
            "<p>a</p><script>x</script><style>y</style><template>z</template><select><option>o</select><p>b</p>", {"a", "b"}},
        Row{"noscript_is_passed_over", "<p>a b c</p><noscript><p>enable</p><p>scripts</p></noscript>", {"a b c"}},
        Row{"pre_keeps_its_bytes", "<pre>a\n  b\t c\n</pre>", {"a\n  b\t c"}},
        Row{"links_that_touch_are_two", "<div><a href=/a>One</a><a href=/b>Two</a></div>", {"One Two"}},
        Row{"custom_elements_hold_layout", "<my-card>a</my-card><my-card>b</my-card>", {"a", "b"}},
        Row{"decomposed_letters_are_composed", "<p>e&#x301;</p>", {"\xC3\xA9"}},
        Row{"table", "<table><tr><td>a<td>b</table>", {"a", "b"}},
        Row{"nul_and_controls", "<p>a&#1;b</p>", {"ab"}},
        Row{"nothing", "", {}}),
    [](const auto& row) { return row.param.name; });

TEST(Page, LinksKnowTheirTextTheirBlocksAndTheirTarget) {
  PageReader reader;
  const Document& d = reader.read_html(
      "<p>See <a href='/b?utm_source=x#top'>the report</a> now.</p><a href=c.html><h3>Title</h3><p>Excerpt</p></a>"
      "<a href='#x'>jump</a><a href='mailto:a@b.c'>mail</a><a href=/d><img alt='A picture' src=p.png></a>",
      {.url = "https://www.example.org/a/b", .charset = ""});
  ASSERT_EQ(d.links.size(), 5U);
  EXPECT_EQ(d.links[0].url, "https://www.example.org/b");
  EXPECT_EQ(d.links[0].text, "the report");
  EXPECT_EQ(d.links[1].url, "https://www.example.org/a/c.html");
  EXPECT_EQ(d.links[1].text, "Title Excerpt");
  EXPECT_EQ(d.links[1].end_block - d.links[1].first_block, 2U);
  EXPECT_TRUE(d.links[2].same_page);
  EXPECT_EQ(d.links[3].url, "");
  EXPECT_TRUE(d.links[4].image);
  EXPECT_EQ(d.links[4].text, "A picture");
  EXPECT_EQ(d.images[0].src, "https://www.example.org/a/p.png");
  EXPECT_TRUE(d.links[0].same_host);
}

TEST(Page, RelativeLinksOfAPageWithoutAddressStayAsWritten) {
  PageReader reader;
  const Document& d = reader.read_html("<a href='/b#x'>b</a><a href='javascript:go()'>c</a>", {});
  EXPECT_EQ(d.links[0].url, "/b");
  EXPECT_EQ(d.links[1].url, "");
}

TEST(Page, TheAddressComesFromThePageWhereNoneIsGiven) {
  PageReader reader;
  EXPECT_EQ(reader.read_html("<link rel=canonical href=https://a.example/x>", {}).url, "https://a.example/x");
  EXPECT_EQ(reader.read_html("<meta property=og:url content=https://b.example/y>", {}).url, "https://b.example/y");
  EXPECT_EQ(reader.read_html("<base href=https://c.example/z/>", {}).url, "https://c.example/z/");
}

TEST(Page, OfTwoAddressesTheOneThatItsLinksLeadTo) {
  PageReader reader;
  const std::string head = "<link rel=canonical href=https://m.a.example/x><meta property=og:url content=https://www.a.example/x>";
  EXPECT_EQ(reader.read_html(head, {}).url, "https://m.a.example/x") << "canonical goes first";
  EXPECT_EQ(reader.read_html(head + "<a href=https://a.example/1>1</a><a href=https://a.example/2>2</a><a href=https://m.a.example/>m</a>", {}).url,
            "https://www.a.example/x");
  // A slug where the host should stand: a slip of the site's software, and no address.
  EXPECT_EQ(reader.read_html("<link rel=canonical href=https://packing-list>", {}).url, "");
  EXPECT_EQ(reader.read_html("<link rel=canonical href=https://packing-list><meta property=og:url content=https://b.example/y>", {}).url, "https://b.example/y");
}

TEST(Page, HeadingsReachOverTheBlocksBelowThem) {
  PageReader reader;
  const Document& d = reader.read_html("<h1>A</h1><p>a</p><h2>B</h2><h3>C</h3><p>c</p><h2>D</h2><p>d</p>", {});
  const auto heading = [&](Id b) { return d.blocks[b].heading == kNone ? std::string() : std::string(d.blocks[d.blocks[b].heading].text); };
  EXPECT_EQ(heading(1), "A");
  EXPECT_EQ(heading(3), "B");
  EXPECT_EQ(heading(4), "C");
  EXPECT_EQ(heading(5), "A");
  EXPECT_EQ(heading(6), "D");
}

TEST(Page, RepeatedTextsAreCountedWithCaseAndDigitsFolded) {
  PageReader reader;
  const Document& d = reader.read_html("<p>3 Comments</p><p>5 comments</p><p>other</p>", {});
  EXPECT_EQ(d.blocks[0].repeats, 1U);
  EXPECT_EQ(d.blocks[1].repeats, 1U);
  EXPECT_EQ(d.blocks[2].repeats, 0U);
}

TEST(Page, ForumsThatKeepTheirTextInNoscriptAreRead) {
  std::string text;
  for (int i = 0; i < 60; ++i) text += "word" + std::to_string(i) + " and more ";
  PageReader reader;
  const Document& d = reader.read_html("<p>Loading</p><noscript><div><p>" + text + "</p></div><p>end</p></noscript>", {});
  EXPECT_EQ(d.blocks.size(), 3U);
}

TEST(Page, HiddenTextIsMarked) {
  PageReader reader;
  const Document& d = reader.read_html("<p hidden>a</p><p style='display: none'>b</p><div aria-hidden=true><p>c</p></div><p>d</p>", {});
  ASSERT_EQ(d.blocks.size(), 4U);
  EXPECT_TRUE(d.blocks[0].hidden && d.blocks[1].hidden && d.blocks[2].hidden);
  EXPECT_FALSE(d.blocks[3].hidden);
}

TEST(Page, ElementsNestAsRanges) {
  PageReader reader;
  const Document& d = reader.read_html("<div id=a><ul><li>x<li>y</ul></div><p>z</p>", {});
  for (Id e = 0; e < d.elements.size(); ++e) {
    const Element& element = d.elements[e];
    EXPECT_GT(element.end, e);
    if (element.parent == kNone) continue;
    EXPECT_LT(element.parent, e);
    EXPECT_LE(element.end, d.elements[element.parent].end);
    EXPECT_GE(element.first_block, d.elements[element.parent].first_block);
    EXPECT_LE(element.end_block, d.elements[element.parent].end_block);
  }
}

TEST(Page, ElementsAreCountedAmongTheSiblingsOfTheirName) {
  PageReader reader;
  const std::string_view html = "<ol><li>a<ul><li>b<li>c</ul><li>d</ol><p>e<x-y>f</x-y><x-z>g</x-z><x-y>h</x-y><div><p>i</p></div><p>j";
  for (int twice = 0; twice < 2; ++twice) {
    const Document& doc = reader.read_html(html, {});
    std::string ordinals;
    for (const Block& block : doc.blocks) ordinals += std::string(block.text) + std::to_string(doc.elements[block.element].ordinal) + " ";
    EXPECT_EQ(ordinals, "a1 b1 c2 d2 e1 f1 g1 h2 i1 j2 ");
  }
}

TEST(Page, DeepNestingAndManyTagsCostBoundedWork) {
  PageReader reader;
  std::string deep;
  for (int i = 0; i < 100000; ++i) deep += "<div>";
  deep += "text";
  const Document& d = reader.read_html(deep, {});
  EXPECT_EQ(texts(d), std::vector<std::string>{"text"});
  EXPECT_TRUE(d.over_budget);
}

TEST(Page, APageOverItsBytesIsCutAndSaysSo) {
  PageReader reader({.max_bytes = 20, .max_memory = 1 << 20, .max_millis = 1000, .max_depth = 512, .max_attrs = 256});
  const Document& d = reader.read_html("<p>one</p><p>two</p><p>three</p>", {});
  EXPECT_EQ(texts(d), (std::vector<std::string>{"one", "two"}));
  EXPECT_TRUE(d.over_budget);
}

TEST(Page, AReaderForgetsThePageBefore) {
  PageReader reader;
  reader.read_html("<title>Old</title><p>old</p><script type=application/ld+json>{}</script>", {});
  const Document& d = reader.read_html("<p>new</p>", {});
  EXPECT_EQ(d.title, "");
  EXPECT_EQ(texts(d), std::vector<std::string>{"new"});
  EXPECT_TRUE(d.json_ld.empty());
  EXPECT_FALSE(d.over_budget);
}

}  // namespace
}  // namespace marrow
