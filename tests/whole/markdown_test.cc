// Markdown of real pages, read back by CommonMark's own reader: its text is the text of the plain body.
#include <algorithm>
#include <cstdlib>

#include "support/common_mark.h"
#include "support/pages.h"
#include "whole/page.h"

namespace marrow {
namespace {

// Bars and dashes make GFM's tables, which CommonMark reads as text.
std::string letters(std::string_view text) {
  std::string out = test::squeezed(text);
  std::erase_if(out, [](char c) { return c == '|' || c == '-' || c == '\r'; });
  return out;
}

// "" or where the two part.
std::string difference(const std::string& want, const std::string& got) {
  const auto [w, g] = std::mismatch(want.begin(), want.end(), got.begin(), got.end());
  if (w == want.end() && g == got.end()) return {};
  const auto at = static_cast<std::size_t>(w - want.begin());
  const std::size_t from = at < 60 ? 0 : at - 60;
  return "body: " + want.substr(from, 120) + "\nread: " + got.substr(std::min(from, got.size()), 120);
}

class MarkdownOfWholePages : public ::testing::Test {
 protected:
  static CleanOptions options(bool images) {
    CleanOptions options;
    options.body = BodyFormat::markdown;
    options.images = images;
    return options;
  }
};

TEST_F(MarkdownOfWholePages, CommonMarkReadsTheBody) {
  const std::vector<std::string> pages = test::shared_pages();
  if (pages.empty()) GTEST_SKIP() << "no evaluation pages beside the repository";
  const Cleaner plain = *Cleaner::create({}), marked = *Cleaner::create(options(false));
  Workspace first(plain), second(marked);
  const std::size_t step = std::getenv("MARROW_ALL_PAGES") ? 1 : 10;
  int failures = 0;
  for (std::size_t i = 0; i < pages.size() && failures < 10; i += step) {
    Input input;
    input.id = "page";
    input.bytes = test::read_page(pages[i]);
    const std::string body = plain.clean(input, first).body, markdown = marked.clean(input, second).body;
    const test::Read seen = test::read(markdown);
    const std::string found = difference(letters(body), letters(seen.text));
    const int html = seen.html;
    if (found.empty() && html == 0) continue;
    ++failures;
    ADD_FAILURE() << pages[i] << " html " << html << "\n" << found;
  }
}

TEST_F(MarkdownOfWholePages, ListsQuotesCodeTablesAndLinks) {
  const std::string html = test::framed(
      test::Frame::semantic,
      test::prose(0, 2) + "<h2>What he wrote down</h2><ol start=3><li>The name of the ship</li><li>Its rig<ul><li>one mast, like the pilot's cutter that lay off the headland in all weathers</li><li>two masts, as on the <a href='/brig'>brig</a> that brought the coal to the depot across the strait</li></ul></li></ol>" +
          "<blockquote><p>Nobody asked me why I did it.</p></blockquote><pre><code class='language-python'>for ship in ships:\n    count += 1  # *all* of them\n</code></pre>" +
          "<table><tr><th>What the keeper counted</th><th>What he wrote down of it</th></tr><tr><td>Ships that passed under sail</td><td>4,112 | of them 3 were lost with all hands</td></tr></table>" + test::prose(2));
  const Cleaner cleaner = *Cleaner::create(options(false));
  Workspace workspace(cleaner);
  Input input;
  input.url = "https://island.example/2025/05/the-keeper";
  input.bytes = html;
  const std::string markdown = cleaner.clean(input, workspace).body;
  for (const char* part : {"\n\n## What he wrote down\n\n", "\n\n3. The name of the ship\n4. Its rig\n\n   - one mast, like the pilot's cutter that lay off the headland in all weathers\n   - two masts, as on the [brig](https://island.example/brig) that brought the coal to the depot across the strait\n\n",
                           "\n\n> Nobody asked me why I did it.\n\n", "\n\n```python\nfor ship in ships:\n    count += 1  # *all* of them\n```\n\n",
                           "| What the keeper counted | What he wrote down of it |\n| --- | --- |\n| Ships that passed under sail | 4,112 \\| of them 3 were lost with all hands |\n"})
    EXPECT_NE(markdown.find(part), std::string::npos) << part << "\n---\n" << markdown;
}

}  // namespace
}  // namespace marrow
