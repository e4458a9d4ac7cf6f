#include "record/json_ld_body.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/text.h"
#include "record/make.h"
#include "support/document_builder.h"

namespace marrow {
namespace {

using testing::DocumentBuilder;

std::string body_of(const std::vector<std::string_view>& scripts) {
  std::string out;
  for (const std::string& paragraph : read_json_ld_body(scripts)) out += (out.empty() ? "" : "|") + paragraph;
  return out;
}

TEST(JsonLdBody, TheTextOfThePagesItem) {
  const struct {
    const char *name, *json, *want;
  } rows[] = {
      {"product", R"({"@type":"Product","name":"Sock","description":"Warm.\nDry."})", "Warm.|Dry."},
      {"article body before description", R"({"@type":"NewsArticle","description":"Short.","articleBody":"One.\n\nTwo."})", "One.|Two."},
      {"empty body, then description", R"({"@type":"Article","articleBody":" ","description":"Short."})", "Short."},
      {"markup", R"({"@type":"JobPosting","description":"&lt;p&gt;We &amp;amp; you&lt;/p&gt;&lt;ul&gt;&lt;li&gt;a&lt;li&gt;b&lt;/ul&gt;"})", "We & you|a|b"},
      {"type as address", R"({"@type":"https://schema.org/Product","description":"Warm."})", "Warm."},
      {"types", R"({"@type":["Thing","Product"],"description":"Warm."})", "Warm."},
      {"graph", R"({"@graph":[{"@type":"WebPage","description":"No."},{"@type":"MusicEvent","description":"Loud."}]})", "Loud."},
      {"main entity", R"({"@type":"WebPage","description":"No.","mainEntity":{"@type":"Product","description":"Warm."}})", "Warm."},
      {"questions", R"({"@type":"FAQPage","mainEntity":[{"@type":"Question","name":"Why?","acceptedAnswer":{"@type":"Answer","text":"So."}},
          {"@type":"Question","name":"When?","acceptedAnswer":{"@type":"Answer","text":"<p>Now.</p>"}}]})", "Why?|So.|When?|Now."},
      {"posts", R"({"@type":"DiscussionForumPosting","headline":"H","text":"First.","comment":[{"@type":"Comment","text":"Second."},{"@type":"Comment","text":"Third."}]})",
       "First.|Second.|Third."},
      {"recipe", R"({"@type":"Recipe","description":"Soup.","recipeIngredient":["1 leek","2 eggs"],"recipeInstructions":[{"@type":"HowToSection","itemListElement":[
          {"@type":"HowToStep","text":"Cut."},{"@type":"HowToStep","text":"Boil."}]}]})", "Soup.|1 leek|2 eggs|Cut.|Boil."},
      {"parts of another item", R"({"@type":"Course","description":"All.","hasPart":[{"@type":"Course","description":"One."}]})", "All."},
      {"an index", R"([{"@type":"Product","description":"a"},{"@type":"Product","description":"b"},{"@type":"Product","description":"c"},{"@type":"Product","description":"d"}])", ""},
      {"what is no item", R"([{"@type":"Organization","description":"We."},{"@type":"BreadcrumbList","itemListElement":[{"@type":"ListItem","name":"Home"}]}])", ""},
      {"broken", R"({"@type":"Product","description":"Warm.",})", "Warm."},
      {"numbers for texts", R"({"@type":"Product","description":7,"comment":[1,null,{"text":{}}]})", ""},
      {"no JSON", "<b>", ""},
      {"empty", "", ""},
  };
  for (const auto& row : rows) EXPECT_EQ(body_of({row.json}), row.want) << row.name;
}

TEST(JsonLdBody, EachTextOnce) {
  const char* product = R"({"@type":"Product","description":"Warm."})";
  EXPECT_EQ(body_of({product, product}), "Warm.");
}

TEST(JsonLdBody, DeepNestingCostsNoStack) {
  std::string json;
  for (int i = 0; i < 500; ++i) json += R"({"@type":"Comment","text":"a","comment":)";
  json += "1";
  for (int i = 0; i < 500; ++i) json += "}";
  EXPECT_EQ(body_of({json}), "a");
}

constexpr const char* kSentence = "The socks are knitted on a ring in the old mill by the river and hold the heat of a foot all day long. ";

std::string product_of(int sentences) {
  std::string text;
  for (int i = 0; i < sentences; ++i) text += kSentence;
  return R"({"@type":"Product","description":")" + text + "Number " + std::to_string(sentences) + R"(."})";
}

Record record_of(const char* visible, const std::string& json, const RecordOptions& options = {}) {
  DocumentBuilder b;
  b.element("p", visible);
  b.json_ld(json);
  const Document& doc = b.finish();
  return make_record(doc, b.labels(Label::body), nullptr, options);
}

bool has_flag(const Record& record, std::string_view flag) {
  const auto& flags = record.quality.flags;
  return std::find(flags.begin(), flags.end(), flag) != flags.end();
}

TEST(JsonLdBody, StandsInForABodyThatIsNotThere) {
  const Record record = record_of("Now in #5 colours", product_of(4));
  EXPECT_TRUE(record.body.starts_with("Now in #5 colours\n\nThe socks are knitted")) << record.body;
  EXPECT_TRUE(has_flag(record, "body_from_data"));
  EXPECT_EQ(record.quality.words, count_words(record.body));
  RecordOptions options;
  options.markdown = true;
  const Record markdown = record_of("Now in #5 colours", R"({"@type":"Product","description":"# )" + product_of(4).substr(35), options);
  EXPECT_NE(markdown.body.find("\n\n\\# "), std::string::npos) << markdown.body;
}

TEST(JsonLdBody, OnlyWhereLittleIsVisibleAndMuchIsGained) {
  const std::string long_text = std::string(kSentence) + kSentence;
  EXPECT_FALSE(has_flag(record_of(long_text.c_str(), product_of(20)), "body_from_data"));
  EXPECT_FALSE(has_flag(record_of("Now in five colours", product_of(1)), "body_from_data"));
  const std::string visible = std::string(trim(kSentence)) + " " + std::string(trim(kSentence));
  EXPECT_EQ(record_of("Sock", "{\"@type\":\"Organization\",\"description\":\"" + long_text + long_text + "\"}").body, "Sock");
}

}  // namespace
}  // namespace marrow
