// The passes of consult.h, apart for their files and tests. Private to the stage.
#pragma once

#include "memory/consult.h"

namespace marrow {

// The page against its host: its own mark on the counts is taken off.
struct PageOnHost {
  explicit PageOnHost(const Consulted& page);
  const Consulted& page;
  const HostKnowledge& host;
  std::uint64_t key = 0;
  std::uint32_t self = 0;    // 1 where the page is among the drawn ones
  std::uint32_t others = 0;  // drawn pages besides it
  bool enough() const { return others + 1 >= kLeastPages; }
};

void consult_texts(const PageOnHost& on, Labels& labels);
void consult_lists(const PageOnHost& on, Labels& labels);
void consult_teasers(const PageOnHost& on, Labels& labels);

}  // namespace marrow
