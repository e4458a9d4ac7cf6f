#include "source/jsonl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <variant>
#include <vector>

#include "source/open.h"
#include "support/packed.h"
#include "support/program.h"

namespace marrow {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// Bytes in pieces of a given size, then an error or the end.
class Pieces final : public ByteStream {
 public:
  Pieces(std::string bytes, std::size_t piece, bool fails = false)
      : bytes_(std::move(bytes)), piece_(piece), fails_(fails) {}
  Result<std::size_t> read(char* to, std::size_t size) override {
    const std::size_t n = std::min({size, piece_, bytes_.size() - at_});
    if (n == 0 && fails_) return Error{ErrorKind::skip_page, "the stream broke"};
    bytes_.copy(to, n, at_);
    at_ += n;
    return n;
  }

 private:
  std::string bytes_;
  std::size_t at_ = 0, piece_;
  bool fails_;
};

std::vector<std::string> read(std::string bytes, std::size_t piece = 1 << 20, std::size_t max_line = 1 << 20,
                              bool fails = false) {
  JsonlReader reader("f", "f", std::make_unique<Pieces>(std::move(bytes), piece, fails), max_line);
  std::vector<std::string> lines;
  Source::Item item;
  while (reader.next(item)) {
    if (const auto* input = std::get_if<Input>(&item)) {
      lines.push_back(input->id + (input->content == Input::Content::html ? "=" : "~") + input->bytes);
    } else {
      lines.push_back("! " + std::get<InputFailure>(item).message);
    }
  }
  return lines;
}

std::string html(const std::string& id, const std::string& text) {
  return "{\"id\":\"" + id + "\",\"html\":\"" + text + "\"}";
}

TEST(Jsonl, AllFields) {
  JsonlReader reader("f", "f",
                     std::make_unique<Pieces>(R"({"id":"a","url":"http://x/","html":"<p>\u00e9\n","charset":"latin1",)"
                                              R"("fetched_at":"2026-11-20T00:00:00Z","status":200,"more":{"id":1}})",
                                              1000),
                     1000);
  Source::Item item;
  ASSERT_TRUE(reader.next(item));
  const Input& input = std::get<Input>(item);
  EXPECT_EQ(input.id, "a");
  EXPECT_EQ(input.url, "http://x/");
  EXPECT_EQ(input.bytes, "<p>é\n");
  EXPECT_EQ(input.charset, "utf-8");
  EXPECT_EQ(input.fetched_at, "2026-11-20T00:00:00Z");
  EXPECT_EQ(input.status, 200);
  EXPECT_EQ(input.origin, "f:1");
  EXPECT_FALSE(reader.next(item));
}

TEST(Jsonl, AFieldOfTheLineBeforeDoesNotStay) {
  JsonlReader reader("f", "f",
                     std::make_unique<Pieces>("{\"id\":\"a\",\"url\":\"http://x/\",\"status\":404,\"html\":\"x\"}\n"
                                              "{\"text\":\"y\"}\n",
                                              1000),
                     1000);
  Source::Item item;
  ASSERT_TRUE(reader.next(item));
  ASSERT_TRUE(reader.next(item));
  EXPECT_EQ(std::get<Input>(item).id, "f:2");
  EXPECT_EQ(std::get<Input>(item).url, "");
  EXPECT_EQ(std::get<Input>(item).status, 0);
  EXPECT_EQ(std::get<Input>(item).content, Input::Content::text);
}

struct LineRow {
  const char* name;
  std::string line, seen;
};

class JsonlLine : public testing::TestWithParam<LineRow> {};

TEST_P(JsonlLine, Gives) {
  // Between two good lines, which must not be lost.
  const std::string bytes = html("before", "x") + "\n" + GetParam().line + "\n" + html("after", "x") + "\n";
  EXPECT_THAT(read(bytes), ElementsAre("before=x", HasSubstr(GetParam().seen), "after=x"));
}

INSTANTIATE_TEST_SUITE_P(
    Table, JsonlLine,
    testing::Values(
        LineRow{"number_id", R"({"id":17,"html":"x"})", "17=x"},
        LineRow{"negative_id", R"({"id":-1,"html":"x"})", "-1=x"},
        LineRow{"no_id", R"({"html":"x"})", "f:2=x"}, LineRow{"null_id", R"({"id":null,"html":"x"})", "f:2=x"},
        LineRow{"html_before_text", R"({"text":"t","html":"h"})", "f:2=h"},
        LineRow{"null_html", R"({"html":null,"text":"t"})", "f:2~t"},
        LineRow{"crlf", "{\"html\":\"x\"}\r", "f:2=x"},
        LineRow{"pair", R"({"html":"\ud83d\ude00"})", "f:2=\xf0\x9f\x98\x80"},
        LineRow{"lone_high", R"({"html":"a\ud83db"})", "f:2=a\xef\xbf\xbd" "b"},
        LineRow{"lone_low", R"({"html":"a\ude00b"})", "f:2=a\xef\xbf\xbd" "b"},
        LineRow{"high_high_low", R"({"html":"\ud83d\ud83d\ude00"})", "f:2=\xef\xbf\xbd\xf0\x9f\x98\x80"},
        LineRow{"lone_at_end", R"({"html":"\ud83d"})", "f:2=\xef\xbf\xbd"},
        LineRow{"escaped_backslash", R"({"html":"\\ud83d \ud83d"})", "f:2=\\ud83d \xef\xbf\xbd"},
        LineRow{"nul", R"({"html":"a\u0000b"})", std::string("f:2=a\0b", 7)},
        LineRow{"not_json", "nonsense", "! f:2: not JSON: "},
        LineRow{"cut", R"({"html":"x)", "! f:2: not JSON: "},
        LineRow{"two_objects", R"({"html":"x"}{"html":"y"})", "! f:2: not JSON: "},
        LineRow{"bad_value", R"({"html":"x","z":tru})", "! f:2: not JSON: "},
        LineRow{"bad_escape", R"({"html":"\q"})", "! f:2: not JSON: "},
        LineRow{"bad_unicode", R"({"html":"\u12g4"})", "! f:2: not JSON: "},
        LineRow{"bad_utf8", "{\"html\":\"\xff\"}", "! f:2: not JSON: "},
        LineRow{"control", "{\"html\":\"a\tb\"}", "! f:2: not JSON: "},
        LineRow{"array", R"(["x"])", "! f:2: not a JSON object"},
        LineRow{"string", R"("x")", "! f:2: not a JSON object"},
        LineRow{"neither", R"({"id":"a","body":"x"})", "! f:2: has neither \"html\" nor \"text\""},
        LineRow{"empty_object", "{}", "! f:2: has neither \"html\" nor \"text\""},
        LineRow{"empty_page", R"({"html":""})", "! f:2: the page is empty"},
        LineRow{"html_is_number", R"({"html":5})", "! f:2: \"html\" has the wrong type"},
        LineRow{"id_is_list", R"({"id":[1],"html":"x"})", "! f:2: \"id\" has the wrong type"},
        LineRow{"status_is_text", R"({"status":"200","html":"x"})", "! f:2: \"status\" has the wrong type"},
        LineRow{"status_too_large", R"({"status":1000,"html":"x"})", "! f:2: \"status\" has the wrong type"},
        LineRow{"deep", R"({"html":"x","deep":)" + std::string(5000, '[') + std::string(5000, ']') + "}",
                "! f:2: not JSON: "}),
    [](const auto& row) { return row.param.name; });

TEST(Jsonl, LinesAcrossPiecesOfAnySize) {
  std::string bytes;
  std::vector<std::string> expected;
  for (int i = 0; i < 200; ++i) {
    const std::string id = std::to_string(i), text(i * 7 % 331 + 1, 'x');
    bytes += html(id, text) + (i % 3 ? "\n" : "\r\n") + (i % 5 ? "" : "\n  \n");
    expected.push_back(id + "=" + text);
  }
  bytes.pop_back();  // the last line has no end
  for (const std::size_t piece : {1U, 2U, 7U, 64U, 1000U, 1000000U}) EXPECT_EQ(read(bytes, piece), expected) << piece;
}

TEST(Jsonl, ALineOverTheBoundIsSkipped) {
  const std::string bytes =
      html("1", "x") + "\n" + html("2", std::string(3000000, 'x')) + "\n" + html("3", "x") + "\n";
  EXPECT_THAT(read(bytes, 1 << 20, 1000),
              ElementsAre("1=x", "! f:2: the line is longer than 1000 bytes", "3=x"));
  EXPECT_THAT(read(bytes, 100, 1000), ElementsAre("1=x", "! f:2: the line is longer than 1000 bytes", "3=x"));
  // As the last, without an end.
  EXPECT_THAT(read(html("1", std::string(2000, 'x')), 100, 1000),
              ElementsAre("! f:1: the line is longer than 1000 bytes"));
}

TEST(Jsonl, TheBoundItselfIsAllowed) {
  const std::string line = html("1", "xxx");
  EXPECT_THAT(read(line + "\n", 1, line.size()), ElementsAre("1=xxx"));
  EXPECT_THAT(read(line + "\n", 1, line.size() - 1), ElementsAre(HasSubstr("! f:1: the line is longer")));
}

TEST(Jsonl, AnErrorOfTheStreamIsToldWithItsLine) {
  EXPECT_THAT(read(html("1", "x") + "\n" + "{\"html\":\"unfini", 5, 1000, true),
              ElementsAre("1=x", "! the stream broke in line 2"));
}

TEST(Jsonl, MarkAtTheStart) { EXPECT_THAT(read("\xef\xbb\xbf" + html("1", "x")), ElementsAre("1=x")); }

TEST(Jsonl, CompressedFilesAndCutOnes) {
  const test::TempDir dir;
  std::string bytes;
  for (int i = 0; i < 5000; ++i) bytes += html(std::to_string(i), std::to_string(i * 7919)) + "\n";
  const std::string packed = test::gzip(bytes);
  auto count = [](const SourceSpec& spec, std::string* failure) {
    auto source = open_source(spec);
    int inputs = 0;
    Source::Item item;
    while ((*source)->next(item)) {
      if (std::holds_alternative<Input>(item)) ++inputs;
      else *failure = std::get<InputFailure>(item).message;
    }
    return inputs;
  };
  std::string failure;
  EXPECT_EQ(count({.paths = {dir.write("a.jsonl.gz", packed)}}, &failure), 5000);
  EXPECT_EQ(count({.paths = {dir.write("a.jsonl.zst", test::zstd(bytes))}}, &failure), 5000);
  EXPECT_EQ(failure, "");
  const int before = count({.paths = {dir.write("cut.jsonl.gz", packed.substr(0, packed.size() / 2))}}, &failure);
  EXPECT_GT(before, 1000);
  EXPECT_LT(before, 5000);
  EXPECT_THAT(failure, HasSubstr("cut.jsonl.gz ends in the middle of its gzip data (cut short) in line "));
}

}  // namespace
}  // namespace marrow
