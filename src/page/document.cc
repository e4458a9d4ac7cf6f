#include "page/document.h"

#include <algorithm>
#include <array>

namespace marrow {
namespace {

constexpr std::array kTagNames = {
    std::string_view{},
#define MARROW_TAG(name) std::string_view{#name},
#include "page/tags.inc"
#undef MARROW_TAG
};
static_assert(kTagNames.size() < 256);
static_assert(std::is_sorted(kTagNames.begin() + 1, kTagNames.end()));

}  // namespace

std::string_view tag_name(Tag tag) { return kTagNames[static_cast<std::size_t>(tag)]; }

Tag tag_of(std::string_view name) {
  const auto* at = std::lower_bound(kTagNames.begin() + 1, kTagNames.end(), name);
  if (at == kTagNames.end() || *at != name) return Tag::other;
  return static_cast<Tag>(at - kTagNames.begin());
}

Id Document::whole_link(const Block& block) const {
  for (Id i = block.first_span; i < block.end_span; ++i) {
    const Span& span = spans[i];
    if (span.link != kNone && span.begin == 0 && span.end == block.text.size()) return span.link;
  }
  return kNone;
}

void Document::clear() {
  type = ContentType::html;
  url = base = title = lang = charset = charset_source = {};
  elements.clear();
  attrs.clear();
  blocks.clear();
  spans.clear();
  links.clear();
  images.clear();
  metas.clear();
  head_links.clear();
  times.clear();
  json_ld.clear();
  words = 0;
  over_budget = truncated_input = scripted = false;
}

}  // namespace marrow
