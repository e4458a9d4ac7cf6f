#include <string>
#include <vector>

#include "rules/normal.h"
#include "rules/fixture.h"

namespace marrow {
namespace {

TEST(Normal, ClassAndIdFallApartIntoTokens) {
  std::string out;
  token_form("postNav related_list2  HTMLBlock x1ad9f", out);
  EXPECT_EQ(out, "post-nav related-list-2 html-block x1ad9f");
  token_form("  ", out);
  EXPECT_EQ(out, "");
  token_form("md:w-1/2 größeBox", out);
  EXPECT_EQ(out, "md-w-1-2 größe-box");
}

TEST(Normal, PhrasesAreFolded) {
  std::string out;
  phrase_form("LIRE  ÉGALEMENT", out);
  EXPECT_EQ(out, "lire egalement");
  phrase_form("L\u2019essentiel\u2026\u200e \u0394\u0399\u0391\u0392\u0391\u03a3\u03a4\u0395", out);
  EXPECT_EQ(out, "l'essentiel... \u03b4\u03b9\u03b1\u03b2\u03b1\u03c3\u03c4\u03b5");
  phrase_form("İLGİLİ Işık", out);
  EXPECT_EQ(out, "ilgili isik");
}

struct ClassRow {
  const char* name;
  const char* cls;
  bool hit;
};

class ClassWords : public testing::TestWithParam<ClassRow> {};

TEST_P(ClassWords, WholeTokensOnly) {
  const Page page("[[signal]]\nname = 's'\nfield = ['class', 'id']\nwords = ['tool', 'widget', 'sidebar', 'bottom', 'post-nav']\nhit=['tool']\nmiss=['x']\n",
                  std::string("<body><p class='") + GetParam().cls + "'>x</p></body>");
  ASSERT_TRUE(page.read());
  bool any = false;
  for (Id e = 0; e < page.document().elements.size(); ++e) any |= page.matches().element_has(e, 0);
  EXPECT_EQ(any, GetParam().hit);
}

INSTANTIATE_TEST_SUITE_P(Rows, ClassWords,
                         testing::Values(ClassRow{"toolbar", "code-toolbar", false}, ClassRow{"with_sidebar", "contentWithSidebar", false},
                                         ClassRow{"padding_bottom", "Padding-bottom-lg-30", false}, ClassRow{"no_sidebar", "no-sidebar", false},
                                         ClassRow{"sidebar2", "sidebar2", true}, ClassRow{"camel", "leftSideBar mainWidget", true},
                                         ClassRow{"phrase", "x postNav", true}, ClassRow{"phrase_across_names", "post nav", false},
                                         ClassRow{"phrase_longer", "post-navy", false}),
                         [](const auto& row) { return row.param.name; });

struct TextRow {
  const char* name;
  const char* pattern;
  const char* text;
  bool hit;
};

class Boundaries : public testing::TestWithParam<TextRow> {};

TEST_P(Boundaries, KnowEveryScript) {
  const Page page(std::string("[[signal]]\nname = 's'\npattern = '") + GetParam().pattern + "'\nhit=['x']\nmiss=['y']\n",
                  std::string("<meta charset=utf-8><body><p>") + GetParam().text + "</p></body>");
  ASSERT_TRUE(page.read());
  ASSERT_EQ(page.document().blocks.size(), 1U);
  EXPECT_EQ(page.matches().block_has(0, 0), GetParam().hit);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Boundaries,
    testing::Values(TextRow{"ascii", R"(\bfoo\b)", "a foo b", true}, TextRow{"umlaut_before", R"(\bfoo\b)", "äfoo", false},
                    TextRow{"umlaut_behind", R"(\bfoo\b)", "fooä", false}, TextRow{"second_place", R"(\bfoo\b)", "äfoo foo", true},
                    TextRow{"starts_with_umlaut", R"((?i)\bÜber\b)", "das über uns", true},
                    TextRow{"word_class", R"(^\w+$)", "über", true}, TextRow{"digits", R"(^\d+$)", "٣٤", true},
                    TextRow{"nbsp", R"(a\sb)", "a\u00a0b", true}, TextRow{"cyrillic", R"((?i)\bдом\b)", "Дом стоит", true},
                    TextRow{"cyrillic_inside", R"((?i)\bдом\b)", "домашний", false},
                    TextRow{"nfd_pattern", "caf\u0065\u0301", "café", true}, TextRow{"han", R"(\b更多\b)", "看更多吧", true}),
    [](const auto& row) { return row.param.name; });

struct PhraseRow {
  const char* name;
  const char* list;
  const char* text;
  bool hit;
};

class Phrases : public testing::TestWithParam<PhraseRow> {};

TEST_P(Phrases, StandWhereTheirListSays) {
  const Page page(std::string("[[signal]]\nname = 's'\n") + GetParam().list + "\nhit=['x']\nmiss=['y']\n",
                  std::string("<meta charset=utf-8><body><p>") + GetParam().text + "</p></body>");
  ASSERT_TRUE(page.read());
  EXPECT_EQ(page.block_has(GetParam().text, "s"), GetParam().hit);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Phrases,
    testing::Values(PhraseRow{"whole", "whole=['read more']", "» READ MORE…", true}, PhraseRow{"whole_longer", "whole=['read more']", "Read more now", false},
                    PhraseRow{"start", "start=['more from']", "More from Jane", true}, PhraseRow{"start_boundary", "start=['more from']", "More fromage", false},
                    PhraseRow{"start_colon", "start=['next:']", "Next year", false}, PhraseRow{"start_colon_hit", "start=['next:']", "Next: a title", true},
                    PhraseRow{"start_colon_alone", "start=['next:']", "« Next:", true}, PhraseRow{"start_colon_gone", "start=['next:']", "Next", false},
                    PhraseRow{"start_long", "start=['more']", "More a b c d e f g h i j k l m n o p q r", false},
                    PhraseRow{"end", "end=['read more']", "The council voted … Read more »", true}, PhraseRow{"end_sentence", "end=['read more']", "He wanted to read more.", false},
                    PhraseRow{"anywhere", "anywhere=['use cookies']", "Hello, we use cookies here", true}, PhraseRow{"anywhere_part", "anywhere=['use cookies']", "We reuse cookies", false},
                    PhraseRow{"han", "end=['阅读全文']", "市议会通过计划阅读全文", true}, PhraseRow{"thai", "whole=['อ่านต่อ']", "อ่านต่อ »", true},
                    PhraseRow{"arabic_marks", "whole=['اقرأ أيضا']", "اقرأ أيضًا:", true}, PhraseRow{"korean_joined", "whole=['관련기사']", "[관련기사]", true}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace marrow
