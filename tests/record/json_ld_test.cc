#include "record/json_ld.h"

#include <gtest/gtest.h>

namespace marrow {
namespace {

TEST(JsonLd, BrokenJsonIsMended) {
  const std::pair<const char*, const char*> rows[] = {
      {"as it should be", R"({"@type":"NewsArticle","headline":"A cat","author":{"name":"Jane Doe"}})"},
      {"trailing commas", R"({"@type":"NewsArticle","headline":"A cat","author":[{"name":"Jane Doe"},],})"},
      {"raw line end", "{\"@type\":\"NewsArticle\",\"headline\":\"A\ncat\",\"author\":\"Jane Doe\"}"},
      {"comment", R"({/* x */"@type":"NewsArticle", // y
                      "headline":"A cat","author":"Jane Doe"})"},
      {"cdata", R"(//<![CDATA[
                  {"@type":"NewsArticle","headline":"A cat","author":"Jane Doe"}
                  //]]>)"},
      {"html comment", R"(<!-- {"@type":"NewsArticle","headline":"A cat","author":"Jane Doe"} -->)"},
      {"semicolon", R"({"@type":"NewsArticle","headline":"A cat","author":"Jane Doe"};)"},
      {"glued", R"({"@type":"WebSite"}{"@type":"NewsArticle","headline":"A cat","author":"Jane Doe"})"},
      {"unfinished", R"({"@type":"NewsArticle","headline":"A cat","author":{"name":"Jane Doe")"},
      {"entities", R"({&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;headline&quot;:&quot;A cat&quot;,&quot;author&quot;:&quot;Jane Doe&quot;})"},
      {"bad escape", R"({"@type":"NewsArticle","headline":"A cat","author":"Jane Doe","x":"it\'s \q"})"},
      {"quotes inside", R"({"@type":"NewsArticle","description":"He said "hi" there","headline":"A cat","author":"Jane Doe"})"},
      {"graph and reference", R"({"@graph":[{"@type":"NewsArticle","headline":"A cat","author":{"@id":"#j"}},{"@type":"Person","@id":"#j","name":"Jane Doe"}]})"},
      {"list of types", R"([{"@type":["Thing","NewsArticle"],"headline":"A <i>cat</i>","author":[{"@type":"Person","name":["Jane Doe"]}]}])"},
      {"schema url", R"({"@type":"http://schema.org/NewsArticle","headline":"A&nbsp;cat","author":{"@type":"Person","name":"Jane Doe"}})"},
  };
  for (const auto& [name, text] : rows) {
    bool found = false;
    for (const LdNode& node : read_json_ld({text})) {
      if (node.type != LdType::article) continue;
      found = true;
      EXPECT_EQ(node.headline, "A cat") << name;
      ASSERT_EQ(node.authors.size(), 1U) << name;
      EXPECT_EQ(node.authors[0].name, "Jane Doe") << name;
    }
    EXPECT_TRUE(found) << name << ": " << repair_json(text);
  }
}

TEST(JsonLd, FactsOfAnArticle) {
  const auto nodes = read_json_ld({R"({"@type":"Article","datePublished":"2025-11-20T01:00:00Z","isAccessibleForFree":"False",
    "publisher":{"@type":"Organization","name":"The Post"},"articleBody":"12345","image":[{"@type":"ImageObject","url":"/a.png"}],
    "author":{"@type":"NewsMediaOrganization","name":"Desk"},"inLanguage":{"name":"German"}})"});
  ASSERT_EQ(nodes.size(), 1U);
  EXPECT_EQ(nodes[0].published, "2025-11-20T01:00:00Z");
  EXPECT_EQ(nodes[0].free, false);
  EXPECT_EQ(nodes[0].publisher, "The Post");
  EXPECT_EQ(nodes[0].article_body_chars, 5U);
  EXPECT_EQ(nodes[0].image, "/a.png");
  EXPECT_TRUE(nodes[0].authors.at(0).organization);
  EXPECT_EQ(nodes[0].language, "German");
}

TEST(JsonLd, HostileInputEnds) {
  EXPECT_TRUE(read_json_ld({}).empty());
  for (const char* text : {"", "{", "}", "[", "]]]]", "\"", "\\", "{\"a\":", "{,}", "null", "[[[[{}]]]]", "\xFF\xFE{", "{\"@graph\":[{\"@graph\":[]}]}"})
    EXPECT_LE(read_json_ld({text}).size(), 3U) << text;
  EXPECT_LE(read_json_ld({std::string(200000, '[')}).size(), 1U);
  std::string many = "[";
  for (int i = 0; i < 5000; ++i) many += R"({"@type":"Article"},)";
  EXPECT_LE(read_json_ld({many}).size(), 400U);
}

}  // namespace
}  // namespace marrow
