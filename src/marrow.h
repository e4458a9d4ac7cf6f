// libmarrow: bytes of a page in, a Record out. The one public header of the library.
//
//   auto cleaner = marrow::Cleaner::create({});
//   if (!cleaner) die(cleaner.error().message);
//   marrow::Workspace workspace(*cleaner);                   // one a thread
//   marrow::Record record = cleaner->clean(input, workspace);
//   puts(record.body.c_str());
//
// A Cleaner is immutable once made and shared by all threads. The same input (and the same SiteKnowledge,
// if it was given one) gives the same record whatever was cleaned before it and on however many threads.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/stages.h"
#include "label/verdict.h"
#include "memory/site_memory.h"
#include "page/page.h"
#include "record/record.h"
#include "source/input.h"

namespace marrow {

enum class BodyFormat : unsigned char { text, markdown };

struct CleanOptions {
  std::vector<std::string> rule_dirs;  // searched after the rules built into the program, in order
  bool builtin_rules = true;
  BodyFormat body = BodyFormat::text;
  bool images = false;  // Markdown only
  bool models = true;      // false: blocks are judged by density alone, nothing trained
  std::string model_dir;   // models read from here, "" = those built into the program
  Budget budget;
};

class RuleSet;
class SiteKnowledge;
struct Matches;
struct Explanations;
class Workspace;

// What clean() saw of a page and decided, for those who explain it. Dies at the workspace's next clean().
struct Seen {
  const Document& document;
  const Matches& matches;
  const Labels& labels;
};

class Cleaner {
 public:
  static Result<Cleaner> create(const CleanOptions& options);
  Cleaner(Cleaner&&) noexcept;
  ~Cleaner();
  Record clean(const Input& input, Workspace& workspace) const;
  // sha256 of the rule set (Record::rules): the same digest and the same program give the same record.
  std::string_view rules() const;
  const RuleSet& rule_set() const;
  // From now on pages are labelled with what is known of their sites (memory/consult.h); nullptr: each alone. Must outlive
  // the Cleaner. Not while other threads clean.
  void know(const SiteKnowledge* knowledge);
  // What the last page cleaned with this workspace tells of its site; nothing where it has no URL.
  std::optional<PageSummary> summary(const Workspace& workspace, const Record& record) const;
  // Of the last page cleaned with this workspace; there must have been one.
  Seen seen(const Workspace& workspace) const;
  // Why that page's blocks and links got their verdicts (label/explain.h): worked out anew, costs many times a clean().
  // For as long as the page is seen(); the views in it as long as the workspace.
  const Explanations& explain(Workspace& workspace) const;

 private:
  friend class Workspace;
  struct State;
  explicit Cleaner(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// What one thread needs again and again: the page reader, scratch memory of every stage.
class Workspace {
 public:
  explicit Workspace(const Cleaner& cleaner);
  ~Workspace();
  Workspace(Workspace&&) noexcept;
  void time_into(StageTimes* times);  // what the stages of each page took is added there; nullptr: nobody asks

 private:
  friend class Cleaner;
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace marrow
