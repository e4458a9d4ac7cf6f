// Every hostile page through the library: a record comes, it is valid, it says what it must, nothing of the page is counted
// twice or lost, and what was read keeps to the budget's counts. The pages are those of fixtures/hostile; where
// MARROW_HOSTILE names a folder that scripts/make_hostile has filled, its large ones too.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "base/text.h"
#include "marrow.h"
#include "record/json.h"
#include "sink/format.h"
#include "support/conservation.h"
#include "support/program.h"
#include "support/schema_check.h"

namespace marrow {
namespace {

struct Case {
  std::string name, file, kind, flags, contains;
};

std::string hostile_folder() {
  const char* given = std::getenv("MARROW_HOSTILE");
  return given ? given : std::string(MARROW_SOURCE_DIR) + "/fixtures/hostile";
}

std::vector<Case> cases_in(const std::string& folder) {
  std::vector<Case> cases;
  std::ifstream table(folder + "/cases.tsv");
  for (std::string line; std::getline(table, line);) {
    std::istringstream columns(line);
    Case& c = cases.emplace_back();
    for (std::string* field : {&c.name, &c.file, &c.kind, &c.flags, &c.contains}) std::getline(columns, *field, '\t');
  }
  return cases;
}

void expect_flags(const Record& record, const std::string& wanted) {
  std::istringstream words(wanted);
  for (std::string word; words >> word;) {
    if (word == "-") continue;
    const bool absent = word.starts_with('!');
    if (absent) word.erase(0, 1);
    const auto& flags = record.quality.flags;
    EXPECT_EQ(std::count(flags.begin(), flags.end(), word), absent ? 0 : 1) << word;
  }
}

void expect_within(const Document& document, const Budget& budget) {
  // The element that is open when a count is reached ends in one block, and a tag's attributes come together.
  constexpr std::size_t kMore = 600;
  EXPECT_LE(document.elements.size(), budget.max_elements + kMore);
  EXPECT_LE(document.attrs.size(), budget.max_attributes + kMore);
  EXPECT_LE(document.links.size(), budget.max_links + kMore);
  if (document.type == ContentType::html) {
    EXPECT_LE(document.blocks.size(), budget.max_blocks + kMore);
  }
  std::size_t text = 0;
  for (const Block& block : document.blocks) text += block.text.size();
  EXPECT_LE(text, budget.max_text + kMore);
}

void expect_harmless(const Record& record) {
  std::string json, text;
  append_json(record, json);
  EXPECT_EQ(testing::record_fault(json), "");
  EXPECT_EQ(json.find('\n'), std::string::npos);
  render(record, Format::text, text);
  EXPECT_TRUE(is_valid_utf8(text));
  EXPECT_TRUE(std::all_of(text.begin(), text.end(), [](char c) {
    const auto u = static_cast<unsigned char>(c);
    return c == '\n' || c == '\t' || (u >= 0x20 && u != 0x7F);
  })) << "a control byte on a terminal";
  EXPECT_EQ(text.find("\xC2\x9B"), std::string::npos);
}

TEST(Hostile, EveryPageGivesItsRecord) {
  const std::string folder = hostile_folder();
  const std::vector<Case> cases = cases_in(folder);
  ASSERT_GT(cases.size(), 40U) << folder;
  CleanOptions options;
  const auto cleaner = Cleaner::create(options);
  ASSERT_TRUE(cleaner) << cleaner.error().message;
  Workspace workspace(*cleaner);  // one for all: what a page leaves behind must not show in the next
  std::string first;
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    Input input;
    input.id = c.name;
    input.bytes = test::read_file(folder + "/" + c.file);
    input.content = c.kind == "text" ? Input::Content::text : Input::Content::html;
    ASSERT_FALSE(input.bytes.empty());
    const Record record = cleaner->clean(input, workspace);
    EXPECT_EQ(record.id, c.name);
    expect_flags(record, c.flags);
    if (c.contains != "-") {
      EXPECT_TRUE((record.body + record.title).find(c.contains) != std::string::npos) << record.body.substr(0, 300);
    }
    expect_harmless(record);
    const Seen seen = cleaner->seen(workspace);
    EXPECT_EQ(test::check_conservation(seen.document, seen.labels), "");
    expect_within(seen.document, options.budget);
  }
}

TEST(Hostile, AnOrdinaryPageIsTheSameAfterAHostileOne) {
  const std::string folder = hostile_folder();
  const auto cleaner = Cleaner::create({});
  ASSERT_TRUE(cleaner);
  const auto json_of = [&](const std::string& file, Workspace& workspace) {
    Input input;
    input.id = file;
    input.bytes = test::read_file(folder + "/" + file);
    std::string json;
    append_json(cleaner->clean(input, workspace), json);
    return json;
  };
  Workspace fresh(*cleaner);
  const std::string alone = json_of("pages/utf8_bom.html", fresh);
  Workspace used(*cleaner);
  for (const Case& c : cases_in(folder)) {
    if (c.kind == "text") continue;
    json_of(c.file, used);
    if (c.name.size() % 4 != 0) continue;
    EXPECT_EQ(json_of("pages/utf8_bom.html", used), alone) << "after " << c.name;
  }
}

TEST(Hostile, ATinyBudgetIsKeptAndSaid) {
  CleanOptions options;
  options.budget.max_memory = std::size_t{1} << 20;
  options.budget.max_millis = 1;
  const auto cleaner = Cleaner::create(options);
  ASSERT_TRUE(cleaner);
  Workspace workspace(*cleaner);
  Input input;
  input.id = "large";
  input.bytes = "<title>The title</title><article><h1>The title</h1><p>The first paragraph has some words that stay.</p>";
  for (int i = 0; i < 100'000; ++i) input.bytes += "<p>Another paragraph of some words <b>in</b> bold.";
  const Record record = cleaner->clean(input, workspace);
  expect_flags(record, "over_budget");
  EXPECT_EQ(record.title, "The title");
  EXPECT_NE(record.body.find("The first paragraph"), std::string::npos) << record.body.substr(0, 200);
}

}  // namespace
}  // namespace marrow
