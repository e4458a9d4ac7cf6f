// Explain: what a cleaner saw of a page and decided, as text for people or as JSON. Takes the page
// as seen (marrow.h) and its record, gives a whole text. Formats only: decides nothing. Pure.
#pragma once

#include <string>

#include "marrow.h"
#include "rules/ruleset.h"

namespace marrow::cli {

struct Explained {
  const Input& input;
  const Record& record;
  Seen seen;
  const RuleSet& rules;
};

std::string explain_text(const Explained& page, bool colours);
std::string explain_json(const Explained& page);  // one object, one line

}  // namespace marrow::cli
