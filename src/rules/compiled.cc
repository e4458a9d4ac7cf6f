#include "rules/compiled.h"

#include "rules/normal.h"

namespace marrow {

WordTable::Style word_style(Field field) {
  switch (field) {
    case Field::cls:
    case Field::id: return WordTable::Style::tokens;
    case Field::href: return WordTable::Style::segments;
    case Field::host: return WordTable::Style::host;
    default: return WordTable::Style::names;
  }
}

void normal_form(Field field, bool raw, std::string_view value, std::string& out) {
  if (raw) {
    out = value;
    return;
  }
  switch (field) {
    case Field::cls:
    case Field::id: return token_form(value, out);
    case Field::itemtype: return type_form(value, out);
    case Field::role:
    case Field::itemprop:
    case Field::rel:
    case Field::tag:
    case Field::lang: return name_form(value, out);
    default: out = value;
  }
}

}  // namespace marrow
