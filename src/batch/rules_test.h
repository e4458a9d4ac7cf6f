// test_rules: the page tests ([[test]] tables) of rule files, run offline. Takes the options of a Cleaner, cleans the
// saved page of each test with all rules in force, and compares the record with what the test expects. Gives what was
// not as expected, in the order of the files, with where the text was found instead and who decided it. Tests of the
// files built into the program are not run: their pages are not in it. One thread; neither prints nor exits.
//
// All comparisons: NFC, white space folded, case kept. `…_has` and `…_contains` hold where the text is a part.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "marrow.h"

namespace marrow {

struct RulesTestFailure {
  std::string file;  // of the rules
  std::uint32_t line = 0;
  std::string page;      // as the test names it
  std::string expected;  // "body_contains 'The keeper'"
  std::string found;     // "in a block that is related, by filter ex.more (a.toml:3)"
};

struct RulesTestRun {
  std::size_t tests = 0, expectations = 0;  // that were run
  std::vector<RulesTestFailure> failures;
  bool interrupted = false;
};

// Are there page tests other than those of the files built into the program?
bool has_page_tests(const RuleSet& rules);

// Fails where the rules do: unreadable or faulty files, and folders without one test. A page that cannot be read is a
// failure of its test. The body is compared as text, whatever `options` say.
Result<RulesTestRun> test_rules(CleanOptions options, const std::atomic<bool>* stop = nullptr);

}  // namespace marrow
