// Explained: one page as a Cleaner saw it, what it decided and why: what explanations are made of, as text, JSON or HTML.
// References to what the caller holds; dies with the workspace's page.
#pragma once

#include "label/explain.h"
#include "marrow.h"
#include "rules/ruleset.h"

namespace marrow {

struct Explained {
  const Input& input;
  const Record& record;
  Seen seen;
  const Explanations& why;
  const RuleSet& rules;
};

}  // namespace marrow
