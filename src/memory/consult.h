// consult: verdicts of the label stage, reconsidered with what is known of the page's host. Three passes, each of which
// touches only verdicts it has evidence on and leaves the reason in Verdict::why (Decider::memory):
//   texts    body that stands on most pages of the host, outside the run of the page's own text, is template
//   lists    a list is judged with what the models said of the same place on other pages, and by whether it repeats
//   teasers  a block that begins another page's body beside a link to that page is an excerpt, and is resolved
// Verdicts of rules are never changed. Knows nothing of a host from fewer than kLeastPages pages, this one included: then
// nothing changes. Const knowledge, own scratch: any thread.
#pragma once

#include <cstdint>

#include "label/judge.h"
#include "label/verdict.h"
#include "memory/knowledge.h"
#include "rules/matches.h"
#include "rules/ruleset.h"

namespace marrow {

// From how many pages of a host on, this one included, something can be said to recur.
inline constexpr std::uint32_t kLeastPages = 3;

struct Consulted {
  const HostKnowledge& host;
  const Document& document;
  const Judge* judge = nullptr;  // of this page; nullptr for plain texts
  float link_cut = 0.5F;         // p(onward reading) from which a link is onward reading
  const RuleSet& rules;          // for the phrases of rules/languages
  const Matches& matches;        // of this page
};

void consult(const Consulted& page, Labels& labels);

}  // namespace marrow
