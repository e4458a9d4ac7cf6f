// What the stages behind see of a rule that decides. Labels and kinds carry the same names and the same order
// as label/verdict.h, which lies downstream of the rules and maps them one to one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "page/document.h"

namespace marrow {

enum class FilterLabel : std::uint8_t { body, related, teaser, boilerplate, inline_link, navigation };
enum class FilterKind : std::uint8_t {
  none, prev, next, related, in_article, popular, latest, more_from, sponsored, item,
};
// What a filter decides over. `line`: a block of a plain text. `container`: an element with all it holds.
enum class FilterOn : std::uint8_t { block, link, line, container };
enum class MetadataField : std::uint8_t {
  title, author, published, modified, site, language, description, image, advertorial,
};

std::string_view name_of(FilterLabel label);
std::string_view name_of(FilterKind kind);
std::string_view name_of(FilterOn on);
std::string_view name_of(MetadataField field);

struct RulePlace {
  std::string file;  // path as given, "builtin:signals/structure.toml" for the program's own
  std::uint32_t line = 0;
};

// Ids of filters are their precedence: of two that hold, the lower Id decides (rules/README.md).
struct Filter {
  std::string id, why;
  FilterOn on = FilterOn::block;
  FilterLabel label = FilterLabel::boilerplate;
  FilterKind kind = FilterKind::none;
  std::int32_t priority = 0;
  RulePlace place;
};

struct MetadataRule {
  std::string id, why;
  MetadataField field = MetadataField::title;
  std::int32_t priority = 0;
  RulePlace place;
};

}  // namespace marrow
