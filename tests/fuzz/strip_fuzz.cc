// Strip against the raw parse: the tree of the stripped bytes is the tree of the page, where what is left open in a
// noscript ends with it.
#include "base/text.h"
#include "fuzz/fuzz.h"
#include "page/strip.h"
#include "support/noscript.h"
#include "support/tree_compare.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace marrow;
  // Larger inputs find nothing more, only later; what is left out for depth has no equal tree.
  if (size > 4096) return 0;
  const std::string_view html = fuzz::text_of(data, size);
  if (!is_valid_utf8(html) || html.find('\0') != std::string_view::npos) return 0;
  StripOutput out;
  strip(html, {.max_depth = 512, .max_attrs = 256}, out);
  fuzz::expect(is_valid_utf8(out.html), "stripped text is UTF-8");
  fuzz::expect(out.html.size() <= html.size() + html.size() / 4 + 64, "stripping adds next to nothing");
  if (out.depth_cut > 0 || out.attrs_cut > 0) return 0;
  bool misread = false, unsure = false;
  const std::string raw = test::canonical_tree(test::end_noscripts(html, &unsure), &misread);
  if (misread || unsure) return 0;
  const std::string difference = test::first_difference(raw, test::canonical_tree(out.html));
  fuzz::expect(difference.empty(), difference);
  return 0;
}
