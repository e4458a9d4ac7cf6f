#include "report/escape.h"

#include <gtest/gtest.h>

#include "record/json.h"

namespace marrow {
namespace {

struct Row {
  const char* name;
  std::string_view in, out;
};

class Escape : public testing::TestWithParam<Row> {};

TEST_P(Escape, NothingIsReadAsMarkup) { EXPECT_EQ(escaped(GetParam().in), GetParam().out); }

INSTANTIATE_TEST_SUITE_P(Rows, Escape,
                         testing::Values(Row{"plain", "Über 3 Ähren – 文", "Über 3 Ähren – 文"},
                                         Row{"markup", "<b a=\"1\" c='2'>&amp;", "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;"},
                                         Row{"script", "</script><!--", "&lt;/script&gt;&lt;!--"},
                                         Row{"controls", std::string_view("a\0b\x1b[2J\x7f", 8), "a\xEF\xBF\xBD" "b\xEF\xBF\xBD[2J\xEF\xBF\xBD"},
                                         Row{"white_space", "a\tb\nc\rd", "a\tb\nc\nd"},
                                         Row{"c1_control", "a\xC2\x85z", "a\xEF\xBF\xBDz"},
                                         Row{"bad_bytes", "a\xFF\xC3(", "a\xEF\xBF\xBD\xEF\xBF\xBD("},
                                         Row{"noncharacter", "\xEF\xBF\xBE", "\xEF\xBF\xBD"},
                                         Row{"cut_in_a_character", "\xE6\x96", "\xEF\xBF\xBD\xEF\xBF\xBD"}, Row{"empty", "", ""}),
                         [](const auto& row) { return row.param.name; });

TEST(ScriptJson, CannotEndTheScriptNorALine) {
  std::string json, out;
  append_json_string("</script><!--<script>&\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xA7", json);
  append_script_json(json, out);
  EXPECT_EQ(out, R"("\u003c/script\u003e\u003c!--\u003cscript\u003e\u0026\u2028\u2029)" "\xE2\x80\xA7\"");
}

TEST(Link, HttpAloneIsFollowed) {
  const auto link = [](std::string_view url) {
    std::string out;
    append_link(url, "a<b", out);
    return out;
  };
  EXPECT_EQ(link("javascript:alert(1)"), "a&lt;b");
  EXPECT_EQ(link("data:text/html,x"), "a&lt;b");
  EXPECT_EQ(link("//example.org/"), "a&lt;b");
  EXPECT_EQ(link(" https://example.org/"), "a&lt;b");
  EXPECT_EQ(link("https://example.org/?a=\"&b"),
            "<a rel=\"noopener noreferrer nofollow\" target=\"_blank\" href=\"https://example.org/?a=&quot;&amp;b\">a&lt;b</a>");
}

}  // namespace
}  // namespace marrow
