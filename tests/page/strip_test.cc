#include "page/strip.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "page/decode.h"
#include "support/pages.h"
#include "support/tree_compare.h"

namespace marrow {
namespace {

// Gumbo 0.10 glues a repeated attribute without a value to the next one's name (`<p a a b=1>` has
// attributes a and "ab"). Strip leaves repeated attributes out, so these pages come out better than raw.
constexpr std::string_view kGlued[] = {"0032.html.gz", "0127.html.gz", "4380.html.gz", "4452.html.gz"};

// "" where stripped and raw markup give the same tree.
std::string difference(std::string_view html, StripOutput& out) {
  StripLimits limits;
  limits.max_value = std::size_t{64} << 20;
  strip(html, limits, out);
  return test::first_difference(test::canonical_tree(html), test::canonical_tree(out.html));
}

TEST(Strip, EqualTreesOnRealPages) {
  const std::vector<std::string> pages = test::shared_pages();
  if (pages.empty()) GTEST_SKIP() << "no evaluation pages beside the repository";
  const std::size_t step = std::getenv("MARROW_ALL_PAGES") ? 1 : 5;
  StripOutput out;
  std::string scratch;
  int failures = 0;
  for (std::size_t i = 0; i < pages.size() && failures < 20; i += step) {
    if (std::any_of(std::begin(kGlued), std::end(kGlued), [&](auto name) { return pages[i].ends_with(name); })) continue;
    const std::string bytes = test::read_page(pages[i]);
    const std::string found = difference(decode(bytes, {}, scratch).text, out);
    if (out.depth_cut + out.attrs_cut > 0) ADD_FAILURE() << pages[i] << " cut";
    if (found.empty()) continue;
    ++failures;
    ADD_FAILURE() << pages[i] << "\n" << found;
  }
}

}  // namespace
}  // namespace marrow
