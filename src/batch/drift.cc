#include "batch/drift.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <utility>

#include "batch/page_look.h"
#include "label/verdict.h"

namespace marrow {
namespace {

std::string kind_name(int kind) {
  return kind >= 0 && kind <= static_cast<int>(PageKind::service) ? std::string(name_of(static_cast<PageKind>(kind))) : "page";
}

double median(std::vector<double>& values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// What is usual for pages of one kind of a host.
struct Usual {
  std::int64_t pages = 0;
  double words = 0, empty = 0, review = 0, unsure = 0;  // median, shares
  std::map<std::int64_t, double> rules;                 // shares

  explicit Usual(const std::vector<const DriftRow*>& rows) {
    std::vector<double> medians;
    for (const DriftRow* row : rows) {
      pages += row->pages;
      medians.push_back(static_cast<double>(row->words));
      empty += static_cast<double>(row->empty);
      review += static_cast<double>(row->review);
      unsure += static_cast<double>(row->unsure);
      RulePages hits;
      if (from_bytes(row->rules, hits))
        for (const auto& [rule, count] : hits) rules[rule] += static_cast<double>(count);
    }
    words = median(medians);
    const auto all = static_cast<double>(std::max<std::int64_t>(pages, 1));
    for (double* share : {&empty, &review, &unsure}) *share /= all;
    for (auto& [rule, share] : rules) share /= all;
  }
};

std::vector<const DriftRow*> usual_rows(const std::vector<DriftRow>& rows, int kind, std::size_t runs) {
  std::vector<const DriftRow*> all, quiet;
  for (const DriftRow& row : rows) {  // youngest first
    if (row.kind != kind) continue;
    if (all.size() < runs) all.push_back(&row);
    if (!row.alarmed && quiet.size() < runs) quiet.push_back(&row);
  }
  const bool settled_so = all.size() == runs && std::all_of(all.begin(), all.end(), [](const DriftRow* row) { return row->alarmed; });
  return settled_so ? all : quiet;
}

// What pages of one kind looked like, summed up; one page may stand for the usual one.
struct Tally {
  std::vector<double> words;                 // a page each
  double empty = 0, review = 0, unsure = 0;  // pages
  std::map<std::int64_t, double> rules;      // pages on which each decided

  void add(const PageLook& look) {
    words.push_back(look.words);
    empty += look.empty;
    review += look.review;
    unsure += look.unsure;
    for (const std::int64_t rule : look.rules) ++rules[rule];
  }
  void add(const Usual& usual) {
    words.push_back(usual.words);
    empty += usual.empty;
    review += usual.review;
    unsure += usual.unsure;
    for (const auto& [rule, share] : usual.rules) rules[rule] += share;
  }
};

// Pages of one kind in this run: as they are, and as they were or would usually be.
struct Stratum {
  std::size_t seen = 0;  // cleaned before
  Tally was, now;
};

class HostJudge {
 public:
  HostJudge(std::string host, std::vector<DriftRow> earlier, const DriftSettings& settings,
            const std::map<std::int64_t, std::string>& names)
      : host_(std::move(host)), earlier_(std::move(earlier)), settings_(settings), names_(names) {}

  void add(const PageChange& change) {
    PageLook now, was;
    if (!from_bytes(change.now, now)) return;
    figures_[now.kind].add(now);
    const bool seen = !change.was.empty() && from_bytes(change.was, was);
    const int kind = seen ? was.kind : now.kind;
    if (!seen && usual(kind).pages < kLeastPagesOfUsual) return;
    Stratum& stratum = strata_[kind];
    stratum.now.add(now);
    if (seen) stratum.was.add(was);
    else stratum.was.add(usual(kind));
    stratum.seen += seen;
  }

  DriftAlarm alarm() {
    DriftAlarm alarm{host_, {}};
    for (auto& [kind, stratum] : strata_)
      if (stratum.now.words.size() >= kLeastPagesOfAlarm) judge(kind_name(kind), stratum, alarm.symptoms);
    std::stable_partition(alarm.symptoms.begin(), alarm.symptoms.end(), [](const DriftSymptom& s) { return s.what == "rule"; });
    return alarm;
  }

  void rows(std::int64_t run, bool alarmed, std::vector<DriftRow>& out) {
    const auto whole = [](double count) { return static_cast<std::int64_t>(count); };
    for (auto& [kind, tally] : figures_) {
      RulePages rules;
      for (const auto& [rule, count] : tally.rules) rules[rule] = whole(count);
      out.push_back({host_, run, kind, static_cast<std::int64_t>(tally.words.size()), whole(median(tally.words)), whole(tally.empty),
                     whole(tally.review), whole(tally.unsure), to_bytes(rules), alarmed});
    }
  }

 private:
  const Usual& usual(int kind) {
    const auto known = usual_.find(kind);
    if (known != usual_.end()) return known->second;
    return usual_.emplace(kind, Usual(usual_rows(earlier_, kind, settings_.runs))).first->second;
  }

  void judge(const std::string& kind, Stratum& s, std::vector<DriftSymptom>& symptoms) const {
    const std::size_t pages = s.now.words.size();
    const auto all = static_cast<double>(pages);
    const auto add = [&](const char* what, std::string rule, double was, double now) {
      symptoms.push_back({what, std::move(rule), kind, pages, was, now});
    };
    for (const auto& [rule, hits] : s.was.rules) {
      const auto name = names_.find(rule);
      const auto now = s.now.rules.find(rule);
      const double share = now == s.now.rules.end() ? 0 : now->second / all;
      // Of the same pages less is needed than of pages that are only like them.
      const bool usual = hits / all > kRuleWas ||
                         (s.seen == pages && hits >= static_cast<double>(kLeastPagesOfAlarm) && hits / all >= kRuleWasOnTheSame);
      if (usual && share < kRuleNow * hits / all && name != names_.end() && settings_.rules.count(name->second))
        add("rule", name->second, hits / all, share);
    }
    const double words_was = median(s.was.words), words_now = median(s.now.words);
    if (words_was >= kLeastMedianWords && words_now < kWordsLeft * words_was) add("words", {}, words_was, words_now);
    const auto rose = [&](const char* what, double was, double now) {
      if (now >= static_cast<double>(kLeastPagesOfAlarm) && (now - was) / all >= kShareRise) add(what, {}, was / all, now / all);
    };
    rose("empty", s.was.empty, s.now.empty);
    rose("needs_review", s.was.review, s.now.review);
    rose("unsure", s.was.unsure, s.now.unsure);
  }

  const std::string host_;
  const std::vector<DriftRow> earlier_;
  const DriftSettings& settings_;
  const std::map<std::int64_t, std::string>& names_;
  std::map<int, Usual> usual_;
  std::map<int, Stratum> strata_;
  std::map<int, Tally> figures_;
};

std::string percent(double share) {
  char text[16];
  std::snprintf(text, sizeof text, "%.0f %%", share * 100);
  return text;
}

}  // namespace

Result<Drift> judge_drift(State& state, const RunState& run, const DriftSettings& settings) {
  std::map<std::string, std::vector<PageChange>> changes;
  const auto gather = [&](const PageChange& change) {
    changes[change.host].push_back({change.page, {}, change.was, change.now, {}});
  };
  if (Status status = state.each_change(gather); !status) return status.error();
  const auto names = state.rule_names();
  if (!names) return names.error();
  const auto accept_all = state.fact("accept *");
  if (!accept_all) return accept_all.error();
  Drift drift;
  for (const auto& [host, pages] : changes) {
    auto earlier = state.drift_rows(host);
    if (!earlier) return earlier.error();
    const auto accept = state.fact("accept " + host);
    if (!accept) return accept.error();
    // A run that is gone on with judges itself anew.
    std::erase_if(*earlier, [&](const DriftRow& row) { return row.run >= run.run; });
    HostJudge judge(host, *std::move(earlier), settings, *names);
    for (const PageChange& page : pages) judge.add(page);
    DriftAlarm alarm = judge.alarm();
    const bool alarmed = !alarm.symptoms.empty() && accept_all->empty() && accept->empty();
    judge.rows(run.run, alarmed, drift.rows);
    if (alarmed) drift.alarms.push_back(std::move(alarm));
  }
  return drift;
}

Status keep_drift(State& state, const Drift& drift, const DriftSettings& settings) {
  const auto kept = static_cast<std::size_t>(3) * settings.runs;  // enough that quiet ones lie among them
  for (const DriftRow& row : drift.rows) {
    if (Status status = state.save_drift(row); !status) return status;
    const auto rows = state.drift_rows(row.host);
    if (!rows) return rows.error();
    std::size_t seen = 0;
    for (const DriftRow& old : *rows)
      if (old.kind == row.kind && ++seen == kept)
        if (Status status = state.forget_drift(row.host, row.kind, old.run); !status) return status;
  }
  if (drift.rows.empty()) return Ok{};
  return state.execute("DELETE FROM fact WHERE name LIKE 'accept %';");
}

std::string sentence_of(const DriftAlarm& alarm) {
  std::string text = alarm.host + ":";
  const char* comma = " ";
  for (const DriftSymptom& s : alarm.symptoms) {
    text += comma;
    const std::string pages = std::to_string(s.pages) + " " + s.kind + " pages";
    if (s.what == "rule") text += "rule " + s.rule + " decided on " + percent(s.was) + " of " + pages + ", now on " + percent(s.now);
    else if (s.what == "words") text += "the median body of " + pages + " had " + std::to_string(static_cast<long>(s.was)) + " words, now " + std::to_string(static_cast<long>(s.now));
    else text += percent(s.was) + " of " + pages + " were " + s.what + ", now " + percent(s.now);
    comma = "; ";
  }
  return text;
}

}  // namespace marrow
