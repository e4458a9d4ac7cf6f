// URL lists of all three shapes, in files of all kinds, and what is wrong in them.
#include "source/url_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/packed.h"
#include "support/program.h"

namespace marrow {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct List {
  std::vector<std::string> urls, faults;  // "id url", or the URL alone
};

List read(const std::string& path) {
  List list;
  const Status status = read_url_list(
      path, [&](ListedUrl listed) { list.urls.push_back((listed.id.empty() ? "" : listed.id + " ") + listed.url); },
      [&](const std::string& fault) { list.faults.push_back(fault); });
  EXPECT_TRUE(status) << status.error().message;
  return list;
}

TEST(UrlList, EveryLineOfAnyShape) {
  const struct {
    const char *name, *line, *expected;  // "" = left out, "!" = a fault
  } rows[] = {
      {"URL", "http://a.example/x", "http://a.example/x"},
      {"white space", "  http://a.example/x \t", "http://a.example/x"},
      {"CR", "http://a.example/x\r", "http://a.example/x"},
      {"TSV", "seven\thttp://a.example/x", "seven http://a.example/x"},
      {"TSV, an id of several words", "page seven\thttp://a.example/x", "page seven http://a.example/x"},
      {"TSV, no id", "\thttp://a.example/x", "http://a.example/x"},
      {"JSON", R"({"id": "seven", "url": "http://a.example/x"})", "seven http://a.example/x"},
      {"JSON, no id", R"({"url": "http://a.example/x"})", "http://a.example/x"},
      {"JSON, more fields", R"({"n": [1, {"url": "no"}], "url": "http:\/\/a.example\/x", "id": "\u00e9"})", "é http://a.example/x"},
      {"comment", "# http://a.example/x", ""},
      {"blank", " \t ", ""},
      {"IDN", "http://b\xc3\xbc" "cher.example/", "http://xn--bcher-kva.example/"},
      {"no scheme", "a.example/x", "!"},
      {"other scheme", "ftp://a.example/x", "!"},
      {"TSV, no URL", "seven\tnothing", "!"},
      {"JSON, no URL", R"({"id": "seven"})", "!"},
      {"JSON, a URL that is a number", R"({"url": 7})", "!"},
      {"JSON, broken", R"({"url": "http://a.example/x")", "!"},
      {"JSON, another scheme", R"({"url": "javascript:x"})", "!"},
  };
  test::TempDir dir;
  for (const auto& row : rows) {
    const List list = read(dir.write("list", "http://before.example/\n" + std::string(row.line) + "\nhttp://after.example/"));
    const std::string expected = row.expected;
    std::vector<std::string> urls = {"http://before.example/", expected, "http://after.example/"};
    if (expected.empty() || expected == "!") urls.erase(urls.begin() + 1);
    EXPECT_EQ(list.urls, urls) << row.name;
    EXPECT_EQ(list.faults.size(), expected == "!" ? 1U : 0U) << row.name;
    if (!list.faults.empty()) {
      EXPECT_THAT(list.faults[0], HasSubstr("list:2: ")) << row.name;
    }
  }
}

TEST(UrlList, FilesAsTheyCome) {
  const std::string text = "one\thttp://a.example/1\nhttp://a.example/2\n";
  test::TempDir dir;
  for (const std::string& path : {dir.write("plain.txt", text), dir.write("packed.gz", test::gzip(text)), dir.write("packed.zst", test::zstd(text))})
    EXPECT_THAT(read(path).urls, ElementsAre("one http://a.example/1", "http://a.example/2")) << path;
  EXPECT_THAT(read(dir.write("empty", "")).urls, IsEmpty());
  EXPECT_FALSE(read_url_list(dir / "missing", [](ListedUrl) {}, [](const std::string&) {}));
  const List hostile = read(dir.write("hostile", std::string(3, '\0') + "\n" + std::string(1 << 20, 'x') + "\nhttp://a.example/\n"));
  EXPECT_THAT(hostile.urls, ElementsAre("http://a.example/"));
  EXPECT_EQ(hostile.faults.size(), 2U);
  for (const std::string& fault : hostile.faults) EXPECT_LT(fault.size(), 1000U);
}

}  // namespace
}  // namespace marrow
