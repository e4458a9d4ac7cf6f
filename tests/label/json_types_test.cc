#include "label/json_types.h"

#include <gtest/gtest.h>

#include <string>

namespace marrow {
namespace {

TEST(JsonTypes, AreThoseThatStandInQuotes) {
  const struct {
    const char *name, *json, *type;
    bool has;
  } cases[] = {
      {"plain", R"({"@type":"Article"})", "Article", true},
      {"spaced", R"({"@type" : "Article"})", "Article", true},
      {"list", R"({"@type":["WebPage","FAQPage"]})", "FAQPage", true},
      {"longer", R"({"@type":"NewsArticle"})", "Article", false},
      {"in a sentence", R"({"name":"An Article"})", "Article", false},
      {"between two strings", R"("x"Event"y")", "Event", true},
      {"unquoted", R"({@type:Article})", "Article", false},
      {"cut", R"({"@type":"Article)", "Article", false},
      {"empty", "", "Article", false},
      {"never asked for", R"({"@type":"Zoo"})", "Zoo", false},
  };
  for (const auto& c : cases) {
    Document document;
    document.json_ld = {c.json};
    JsonTypes types;
    types.compute(document);
    EXPECT_EQ(types.has(c.type), c.has) << c.name;
  }
}

TEST(JsonTypes, EachKnownTypeIsFoundAlone) {
  for (const std::string_view wanted : JsonTypes::kNames) {
    const std::string json = "[{\"@type\":\"" + std::string(wanted) + "\"}]";
    Document document;
    document.json_ld = {json};
    JsonTypes types;
    types.compute(document);
    for (const std::string_view name : JsonTypes::kNames) EXPECT_EQ(types.has(name), name == wanted) << name;
  }
}

}  // namespace
}  // namespace marrow
