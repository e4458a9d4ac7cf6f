#include "record/json.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "support/schema_check.h"

namespace marrow {
namespace {

using testing::record_fault;

std::string json_of(const Record& record) {
  std::string out;
  append_json(record, out);
  return out;
}

TEST(Json, EmptyRecordHasEveryField) {
  const std::string line = json_of({});
  EXPECT_EQ(line,
            R"({"id":"","url":null,"canonical_url":null,"fetched_at":null,"status":null,"title":null,)"
            R"("author":null,"published":null,"modified":null,"site":null,"language":null,)"
            R"("description":null,"image":null,"kind":"article","body":"","related":[],"teasers":[],)"
            R"("quality":{"confidence":0.0,"words":0,"flags":[]},"charset":null,"rules":null})");
  EXPECT_EQ(record_fault(line), "");
}

TEST(Json, FullRecord) {
  Record r;
  r.id = "a";
  r.url = "https://example.org/a";
  r.status = 200;
  r.published = "2025-11-20";
  r.language = "en";
  r.body = "One.\n\nTwo.";
  r.related.push_back({"https://example.org/b", "B", RelatedKind::next});
  r.teasers.push_back({"Cut …", "", true, ""});
  r.quality = {0.94F, 2, {"empty"}, {}};
  const std::string line = json_of(r);
  EXPECT_NE(line.find(R"("status":200)"), std::string::npos);
  EXPECT_NE(line.find(R"("body":"One.\n\nTwo.")"), std::string::npos);
  EXPECT_NE(line.find(R"([{"url":"https://example.org/b","text":"B","kind":"next"}])"), std::string::npos);
  EXPECT_NE(line.find(R"([{"text":"Cut …","url":null,"truncated":true,"page":null}])"), std::string::npos);
  EXPECT_NE(line.find(R"({"confidence":0.94,"words":2,"flags":["empty"]})"), std::string::npos);
  EXPECT_EQ(record_fault(line), "");
}

TEST(Json, ConfidenceIsAlwaysANumberBetweenZeroAndOne) {
  const std::pair<float, const char*> rows[] = {
      {0.0F, ":0.0,"},   {1.0F, ":1.0,"},    {0.5F, ":0.5,"},      {0.1234F, ":0.123,"},
      {0.05F, ":0.05,"}, {0.0004F, ":0.0,"}, {0.9999F, ":1.0,"},   {-3.0F, ":0.0,"},
      {7.0F, ":1.0,"},   {NAN, ":0.0,"},     {INFINITY, ":0.0,"},
  };
  for (const auto& [value, text] : rows) {
    Record r;
    r.quality.confidence = value;
    EXPECT_NE(json_of(r).find(std::string("\"confidence\"") + text), std::string::npos) << value;
    EXPECT_EQ(record_fault(json_of(r)), "");
  }
}

TEST(Json, StringsAreEscapedAndRepaired) {
  const struct {
    const char* name;
    std::string text, json;
  } rows[] = {
      {"plain", "abc", R"("abc")"},
      {"quotes", R"(a"b\c)", R"("a\"b\\c")"},
      {"controls", std::string("\0\x01\b\t\n\f\r\x1f", 8), R"("\u0000\u0001\b\t\n\f\r\u001f")"},
      {"letters", "é 中 \U0001F600", "\"é 中 \U0001F600\""},
      {"bad byte", "a\xff"
                   "b",
       "\"a\uFFFDb\""},
      {"cut letter", "a\xC3", "\"a\uFFFD\""},
      {"surrogate", "\xED\xA0\x80", "\"\uFFFD\uFFFD\uFFFD\""},
      {"overlong", "\xC0\x80", "\"\uFFFD\uFFFD\""},
      {"empty", "", "\"\""},
  };
  for (const auto& row : rows) {
    std::string out;
    append_json_string(row.text, out);
    EXPECT_EQ(out, row.json) << row.name;
  }
}

TEST(Json, EveryByteInEveryFieldIsValid) {
  std::string all;
  for (int c = 0; c < 256; ++c) all += static_cast<char>(c);
  Record r;
  r.id = r.url = r.title = r.author = r.body = r.description = all;
  r.related.push_back({all, all, RelatedKind::related});
  r.teasers.push_back({all, all, false, all});
  EXPECT_EQ(record_fault(json_of(r)), "");
  EXPECT_EQ(json_of(r).find('\n'), std::string::npos);
}

TEST(Schema, RefusesWhatIsNotARecord) {
  const std::string good = json_of({});
  auto with = [&](std::string_view from, std::string_view to) {
    std::string out = good;
    const auto at = out.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return out.replace(at, from.size(), to);
  };
  EXPECT_NE(record_fault(with("\"kind\":\"article\"", "\"kind\":\"novel\"")), "");
  EXPECT_NE(record_fault(with("\"id\":\"\",", "")), "");
  EXPECT_NE(record_fault(with("\"body\":\"\"", "\"body\":null")), "");
  EXPECT_NE(record_fault(with("\"published\":null", "\"published\":\"yesterday\"")), "");
  EXPECT_NE(record_fault(with("\"flags\":[]", "\"flags\":[\"odd\"]")), "");
  EXPECT_NE(record_fault(with("\"rules\":null", "\"rules\":null,\"more\":1")), "");
  EXPECT_NE(record_fault("{"), "");
}

}  // namespace
}  // namespace marrow
