#include "memory/site_memory.h"

#include <gtest/gtest.h>

#include "memory/knowledge.h"
#include "memory/observe.h"
#include "memory/page_memory.h"

namespace marrow {
namespace {

PageSummary page(const std::string& url, std::vector<std::uint32_t> texts) {
  PageSummary summary = *name_page(url, "2026-11-23T08:00:00Z");
  PageTemplate shown;
  shown.texts = std::move(texts);
  shown.lists.push_back({.place = 5, .path = 6, .self = false, .onward = 200, .kinds = {1, 2, 3, 4, 5, 6, 7, 8, 9}, .targets = {10, 20}});
  summary.page_template = to_bytes(shown);
  PageIdentity identity;
  identity.title = 77;
  identity.begins = 88;
  identity.openings = {1, 2, 3};
  identity.url = url;
  summary.identity = to_bytes(identity);
  return summary;
}

SiteMemory some_memory() {
  SiteMemory memory;
  memory.add(page("https://www.example.org/a", {1, 2, 3}));
  memory.add(page("https://example.org/b", {2, 3, 4}));
  memory.add(page("https://example.net/b", {2}));
  return memory;
}

TEST(SiteMemory, ComesBackFromItsFile) {
  const std::string bytes = some_memory().encode();
  const Result<SiteMemory> back = SiteMemory::decode(bytes, "x.memory");
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(back->encode(), bytes);
  EXPECT_EQ(back->templates().hosts().size(), 2U) << "www. is no host of its own";
}

struct Bad {
  const char* name;
  std::string (*spoil)(std::string);
  const char* message;
};

class BadMemory : public ::testing::TestWithParam<Bad> {};

TEST_P(BadMemory, IsRefusedByName) {
  const Result<SiteMemory> read = SiteMemory::decode(GetParam().spoil(some_memory().encode()), "x.memory");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().message, std::string("x.memory: ") + GetParam().message);
  EXPECT_EQ(read.error().kind, ErrorKind::stop_run);
}

INSTANTIATE_TEST_SUITE_P(
    Files, BadMemory,
    ::testing::Values(
        Bad{"empty", [](std::string) { return std::string(); }, "this is not a site memory of marrow"},
        Bad{"foreign", [](std::string) { return std::string("{\"id\": 1}\n"); }, "this is not a site memory of marrow"},
        Bad{"only_its_first_line", [](std::string s) { return s.substr(0, 19); }, "this site memory is cut short; make it again"},
        Bad{"cut", [](std::string s) { return s.substr(0, s.size() - 1); },
            "this site memory is damaged (its checksum does not fit); make it again"},
        Bad{"one_bit", [](std::string s) { s[40] = static_cast<char>(s[40] ^ 1); return s; },
            "this site memory is damaged (its checksum does not fit); make it again"},
        Bad{"newer", [](std::string s) { s[19] = 9; return s; }, "this site memory was made by a newer marrow"}),
    [](const auto& row) { return row.param.name; });

TEST(SiteMemory, EveryCutIsRefusedOrTheSame) {
  const std::string bytes = some_memory().encode();
  for (std::size_t cut = 0; cut < bytes.size(); ++cut)
    EXPECT_FALSE(SiteMemory::decode(std::string_view(bytes).substr(0, cut), "x")) << cut;
}

TEST(PageMemory, BytesOfOthersAreRefused) {
  PageTemplate shown;
  PageIdentity identity;
  EXPECT_FALSE(from_bytes("", shown));
  EXPECT_FALSE(from_bytes(std::string(4, '\xff'), shown));
  EXPECT_FALSE(from_bytes(std::string(40, '\xff'), identity));
  EXPECT_FALSE(from_bytes(to_bytes(PageIdentity{}) + "x", identity));
  EXPECT_TRUE(from_bytes(to_bytes(PageIdentity{}), identity));
}

TEST(SiteKnowledge, CountsOnHowManyPages) {
  SiteMemory memory = some_memory();
  memory.add(page("https://example.org/c", {3, 9}));
  const SiteKnowledge knowledge(std::move(memory));
  const HostKnowledge* host = knowledge.host("http://www.example.org/z");
  ASSERT_NE(host, nullptr);
  EXPECT_EQ(host->pages(), 3U);
  EXPECT_EQ(host->pages_with_text(3), 3U);
  EXPECT_EQ(host->pages_with_text(2), 2U);
  EXPECT_EQ(host->pages_with_text(9), 0U) << "what stands on one page is not kept";
  ASSERT_NE(host->place(5), nullptr);
  EXPECT_FLOAT_EQ(host->place(5)->repeats, 1);
  EXPECT_EQ(host->beginning(88), nullptr) << "three pages begin so";
  EXPECT_EQ(knowledge.host("https://elsewhere.example/"), nullptr);
}

TEST(NamePage, OnlyPagesWithAHost) {
  EXPECT_FALSE(name_page("", ""));
  EXPECT_FALSE(name_page("not a url", ""));
  EXPECT_EQ(name_page("https://www.a.org/x?utm_source=y", "")->key, name_page("http://a.org/x/", "")->key);
  EXPECT_EQ(name_page("https://a.org/", "2026-11-23T07:20:56Z")->stamp, 20261123072056U);
  EXPECT_EQ(name_page("https://a.org/", "2026-11-23")->stamp, 0U);
}

}  // namespace
}  // namespace marrow
