// Summary: what came of a run, added up page by page, and the one screen of text that tells a
// person. Takes records and failures in input order (one thread), gives counts; summary_text() is
// pure. Never holds more than the first few failures, whatever the size of the run.
//
//   Summary summary;
//   summary.add(record, input.bytes.size());
//   summary.fail(origin, message);
//   terminal.write(summary_text(summary, terminal.colours()));
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "record/record.h"

namespace marrow {

struct Summary {
  static constexpr std::size_t kKinds = 7;          // PageKind
  static constexpr std::size_t kRelatedKinds = 10;  // RelatedKind
  static constexpr std::size_t kFailuresShown =
      5;  // enough to see a pattern, few enough for one screen

  struct Failure {
    std::string origin, message;  // the message names the origin
  };

  std::uint64_t pages = 0, failed = 0, bytes = 0;  // pages: records written
  std::uint64_t words = 0, related = 0, teasers = 0, truncated = 0;
  std::array<std::uint64_t, kKinds> kinds{};
  std::array<std::uint64_t, kRelatedKinds> related_kinds{};
  std::map<std::string, std::uint64_t, std::less<>> flags;
  std::vector<Failure> failures;  // the first kFailuresShown
  double seconds = 0;             // wall clock
  bool interrupted = false;
  std::vector<std::string> outputs;  // where the records lie; empty = standard output

  void add(const Record& record, std::size_t input_bytes);
  void fail(std::string_view origin, std::string_view message);
};

std::string summary_text(const Summary& summary, bool colours);
// "3 pages, 1 failed in 0.42 s": the same for a log.
std::string summary_line(const Summary& summary);

}  // namespace marrow
