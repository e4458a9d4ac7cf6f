// Drift: has a site changed under its rules? Takes what the open run cleaned (State::each_change) and the figures of earlier runs,
// gives one alarm a host whose pages came out in another way than before, with all that says so:
//
//   rule    it decided on more than nine tenths of the pages (of the same pages: on half of them), and now on less than a tenth
//           of those
//   words   the median body lost more than six tenths of its words
//   empty, needs_review, unsure   the share of such pages rose by three tenths or more
//
// Pages are compared with themselves where they were cleaned before, new ones with pages of their kind in the last runs of the
// host; kinds are compared apart. So a day on which only index pages changed looks like no redesign. Runs that raised an alarm do
// not count as what is usual, until `runs` of them followed each other: then that is what is usual. One thread.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "batch/state.h"

namespace marrow {

// Fewer pages of a kind say nothing: of five pages on nine tenths of which a rule holds, none has it by chance in one of 100,000.
inline constexpr std::size_t kLeastPagesOfAlarm = 5;
// New pages are compared with no fewer earlier ones than these.
inline constexpr std::int64_t kLeastPagesOfUsual = 10;
inline constexpr double kRuleWas = 0.9, kRuleNow = 0.1;  // shares of the pages
inline constexpr double kRuleWasOnTheSame = 0.5;
inline constexpr double kWordsLeft = 0.4;                // of the median body
inline constexpr double kLeastMedianWords = 20;          // shorter bodies vary by themselves
inline constexpr double kShareRise = 0.3;

struct DriftSymptom {
  std::string what;  // "rule", "words", "empty", "needs_review", "unsure"
  std::string rule;  // of "rule"
  std::string kind;  // of the pages: "article"
  std::uint64_t pages = 0;
  double was = 0, now = 0;  // shares, or words
};

struct DriftAlarm {
  std::string host;
  std::vector<DriftSymptom> symptoms;  // rules first
};

struct Drift {
  std::vector<DriftAlarm> alarms;  // by host
  std::vector<DriftRow> rows;      // figures of this run, for the runs to come
};

struct DriftSettings {
  std::size_t runs = 10;             // that are compared with
  std::set<std::string> rules;       // in force: one that was taken away does not fall
};

Result<Drift> judge_drift(State& state, const RunState& run, const DriftSettings& settings);
// Notes the run's figures and forgets those too old to count; within the transaction that closes the run.
Status keep_drift(State& state, const Drift& drift, const DriftSettings& settings);

// "tidewater.localhost: rule site.x decided on 96 % of 41 article pages, now on 0 %; …"
std::string sentence_of(const DriftAlarm& alarm);

}  // namespace marrow
