// The engine against one look at a time, on every page there is to look at.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "rules/builtin.h"
#include "rules/fixture.h"
#include "rules/reference.h"
#include "support/pages.h"

namespace marrow {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::vector<fs::path> pages_below(const fs::path& folder) {
  std::vector<fs::path> out;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.path().extension() == ".html" || entry.path().extension() == ".txt") out.push_back(entry.path());
  std::sort(out.begin(), out.end());
  return out;
}

class Differential : public testing::Test {
 protected:
  static void SetUpTestSuite() { reference_ = new Reference({}); }
  static void TearDownTestSuite() {
    delete reference_;
    reference_ = nullptr;
  }
  void SetUp() override {
    ASSERT_TRUE(reference_->ready());
    Result<RuleSet> rules = RuleSet::load({});
    ASSERT_TRUE(rules) << rules.error().message;
    rules_.emplace(*std::move(rules));
    matcher_.emplace(*rules_);
  }
  void compare(const std::string& name, std::string_view bytes, std::string_view url, bool html) {
    const Document& document = html ? reader_.read_html(bytes, {.url = url, .charset = {}}) : reader_.read_text(bytes, {.url = url, .charset = {}});
    ++pages_;
    EXPECT_EQ(reference_->differences(document, matcher_->match(document), 10), std::vector<std::string>()) << name;
  }

  static Reference* reference_;
  std::optional<RuleSet> rules_;
  std::optional<Matcher> matcher_;
  PageReader reader_;
  std::size_t pages_ = 0;
};
Reference* Differential::reference_ = nullptr;

TEST_F(Differential, AgreesOnEveryFixturePage) {
  for (const char* folder : {"/fixtures", "/rules/sites"})
    for (const fs::path& path : pages_below(std::string(MARROW_SOURCE_DIR) + folder)) {
      if (HasFailure()) return;  // one page's differences are enough to read
      compare(path.string(), bytes_of(path), "https://www.example.com/news/a", path.extension() == ".html");
    }
  EXPECT_GT(pages_, 200U);
  EXPECT_GT(reference_->asked(), 5000U);
  EXPECT_GT(reference_->fired(), 100U);  // the pages meet enough of the rules for the test to mean something
}

// Every quoted string of the rule files, as text, link, class, id, role, itemprop, rel and title: thousands of near hits.
TEST_F(Differential, AgreesOnTheWordsOfTheRulesThemselves) {
  for (const BuiltinFile& file : builtin_files()) {
    if (!file.path.ends_with(".toml") || HasFailure()) continue;
    const std::string code(file.path.substr(file.path.rfind('/') + 1, 2));
    std::string html = "<html lang=" + code + "><meta charset=utf-8><body>";
    std::size_t count = 0;
    for (std::size_t at = file.bytes.find('\''); at != std::string_view::npos && count < 150; ++count) {
      const std::size_t end = file.bytes.find('\'', at + 1);
      if (end == std::string_view::npos) break;
      std::string value(file.bytes.substr(at + 1, end - at - 1));
      at = file.bytes.find('\'', end + 1);
      if (value.find_first_of("<>&\n\"") != std::string::npos) continue;
      html += "<div class=\"a " + value + "\" id=\"" + value + "\"><h2>" + value + "</h2><p>" + value + ".</p><p>x " + value + "</p><a href=\"https://" +
              "example.org/" + value + "/?page=2\" title=\"" + value + "\" rel=\"" + value + "\">x " + value + "</a><span role=\"" + value +
              "\" itemprop=\"" + value + "\" itemtype=\"https://schema.org/" + value + "\">" + value + "</span></div>";
    }
    compare(std::string(file.path), html, "https://example.org/", true);
  }
  EXPECT_GT(pages_, 40U);
}

TEST_F(Differential, AgreesOnPagesOfTheWorld) {
  const std::vector<std::string> pages = test::shared_pages();
  if (pages.empty()) GTEST_SKIP() << "no pages beside the sources";
  for (std::size_t i = 0; i < pages.size() && !HasFailure(); i += 100) compare(pages[i], test::read_page(pages[i]), "https://example.org/", true);
}

// Scopes, raw patterns, unless, limits and fields one by one, on rules of its own.
TEST(Reference, KnowsWhatTheShippedRulesDoNotUse) {
  RulesDir dir;
  dir.add("a.toml",
          "[[signal]]\nname='raw'\nfield='class'\nraw=true\nwords=['Ab','x_']\nhit=['Ab']\nmiss=['b']\n"
          "[[signal]]\nname='one'\nfield='text'\npattern='\\d+ tea'\nunless='no'\nhit=['1 tea']\nmiss=['tea']\n"
          "[[signal]]\nname='two'\nfield=['heading','title']\npattern='(?i)\\btea\\b'\nmax_words=3\nhit=['tea']\nmiss=['x']\n"
          "[[signal]]\nname='site'\nsite='other.org'\nfield='text'\nanywhere=['tea']\nhit=['tea']\nmiss=['x']\n"
          "[[signal]]\nname='host'\nfield='host'\nwords=['example.org']\nhit=['a.example.org']\nmiss=['x.org']\n"
          "[[signal]]\nname='lang'\nfield='lang'\nwords=['de']\nhit=['de']\nmiss=['en']\n"
          "[[signal]]\nname='path'\nfield='path'\npattern='div > p'\n");
  const RuleSources sources{.builtin = false, .dirs = {dir.path()}};
  Reference reference(sources);
  ASSERT_TRUE(reference.ready());
  const Result<RuleSet> rules = RuleSet::load(sources);
  ASSERT_TRUE(rules) << rules.error().message;
  Matcher matcher(*rules);
  PageReader reader;
  for (const char* url : {"https://other.org/a", "https://example.com/"}) {
    const Document& document = reader.read_html(
        "<body><h2>Green Tea</h2><div class='xAb x_y' lang=de><p>12 tea</p><p>12 tea, no</p><p>1 tea for two of us at five o'clock</p></div>"
        "<h2>Black tea of the far hills</h2><p>2 tea</p><a href=https://www.a.example.org/b title='Green tea'>2 tea</a><a href=https://badexample.org/ "
        "title=steam>no</a><a href=mailto:x>12 tea</a>",
        {.url = url, .charset = {}});
    EXPECT_EQ(reference.differences(document, matcher.match(document), 10), std::vector<std::string>());
  }
  EXPECT_EQ(reference.fired(), 6U);  // all but the path, which is asked in its own way
}

}  // namespace
}  // namespace marrow
