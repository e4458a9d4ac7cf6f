#include "rules/field.h"

#include <array>

#include "rules/filter.h"

namespace marrow {
namespace {

constexpr std::array<std::string_view, kFields> kNames{
    "class", "id", "role", "itemprop", "itemtype", "tag", "path", "text",
    "heading", "lang", "href", "link_text", "host", "rel", "title"};

}  // namespace

FieldGroup group_of(Field field) {
  if (field <= Field::path) return FieldGroup::element;
  return field <= Field::lang ? FieldGroup::block : FieldGroup::link;
}

bool is_text(Field field) {
  return field == Field::text || field == Field::heading || field == Field::link_text || field == Field::title;
}

std::string_view name_of(Field field) { return kNames[static_cast<std::size_t>(field)]; }

bool field_named(std::string_view name, Field* field) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] != name) continue;
    *field = static_cast<Field>(i);
    return true;
  }
  return false;
}

std::string_view name_of(FilterLabel label) {
  static constexpr std::array<std::string_view, 6> kLabels{"body", "related", "teaser",
                                                           "boilerplate", "inline_link", "navigation"};
  return kLabels[static_cast<std::size_t>(label)];
}

std::string_view name_of(FilterKind kind) {
  static constexpr std::array<std::string_view, 10> kKinds{"none", "prev", "next", "related", "in_article",
                                                           "popular", "latest", "more_from", "sponsored", "item"};
  return kKinds[static_cast<std::size_t>(kind)];
}

std::string_view name_of(FilterOn on) {
  static constexpr std::array<std::string_view, 4> kOns{"block", "link", "line", "container"};
  return kOns[static_cast<std::size_t>(on)];
}

std::string_view name_of(MetadataField field) {
  static constexpr std::array<std::string_view, 9> kMetadata{"title", "author", "published", "modified", "site",
                                                             "language", "description", "image", "advertorial"};
  return kMetadata[static_cast<std::size_t>(field)];
}

}  // namespace marrow
