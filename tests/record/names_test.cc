// The words for labels and kinds, until the label stage brings them.
#include "label/verdict.h"

namespace marrow {
__attribute__((weak)) std::string_view name_of(RelatedKind kind) {
  constexpr std::string_view kNames[] = {"", "prev", "next", "related", "in_article", "popular", "latest", "more_from", "sponsored", "item"};
  return kNames[static_cast<int>(kind)];
}
__attribute__((weak)) std::string_view name_of(PageKind kind) {
  constexpr std::string_view kNames[] = {"article", "listing", "collection", "forum", "product", "documentation", "service"};
  return kNames[static_cast<int>(kind)];
}
}  // namespace marrow
