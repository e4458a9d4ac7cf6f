// Options of every verb that cleans pages: which rules, and what one page may cost.
#pragma once

#include "cli/options.h"
#include "marrow.h"

namespace marrow::cli {

struct PageOptions {
  CleanOptions clean;
  bool own_rules_only = false;
  bool no_models = false;
  double max_seconds = 1;
  std::uint64_t max_memory_mb = 256;
  std::uint64_t max_bytes_mb = 20;
};

void add_rule_options(Options& options, PageOptions& page);
void add_limit_options(Options& options, PageOptions& page);
CleanOptions clean_options(const PageOptions& page);

}  // namespace marrow::cli
