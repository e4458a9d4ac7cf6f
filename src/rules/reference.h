// The slow way to the same columns: every [[signal]] table asked about every value by itself, with single expressions,
// no sets, no trie, no memo. For tests: the Matcher must agree with it on every page.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "page/document.h"
#include "rules/matches.h"
#include "rules/ruleset.h"

namespace marrow {

// Where Matches says other than one-by-one matching over the patterns and phrases of blocks, links and elements'
// classes; at most `limit` lines such as "block 3 'Read more': phrase.read_more 1, alone 0".
std::vector<std::string> differences(const RuleSet& rules, const Document& document, const Matches& matches, std::size_t limit);

}  // namespace marrow
