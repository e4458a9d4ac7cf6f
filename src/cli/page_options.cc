#include "cli/page_options.h"

#include <cmath>

namespace marrow::cli {

void add_rule_options(Options& o, PageOptions& page) {
  o.group("Rules");
  o.list("--rules", "DIR", page.clean.rule_dirs,
         "Rule files of your own (a folder or one .toml file), read after those that come with "
         "marrow. May be given again.");
  o.flag("--no-builtin-rules", page.own_rules_only,
         "Leave out the rules that come with marrow, and with them its models.");
  o.text("--models", "DIR", page.clean.model_dir,
         "Models read from here, as scripts/train writes them. The built-in ones unless given.");
  o.flag("--no-models", page.no_models, "Judge blocks by density alone, by nothing trained.");
}

void add_limit_options(Options& o, PageOptions& page) {
  o.group("Limits");
  o.number(
      "--max-time", "S", page.max_seconds, {0.001, 3600},
      "Seconds that parsing one page may take; what is there by then is used, and the record says "
      "over_budget.");
  o.number("--max-memory", "MB", page.max_memory_mb, {1, 65536}, "Memory that one page may take.");
  o.number("--max-bytes", "MB", page.max_bytes_mb, {1, 4096},
           "Bytes of one page that are read, decompressed.");
}

CleanOptions clean_options(const PageOptions& page) {
  CleanOptions options = page.clean;
  options.builtin_rules = !page.own_rules_only;
  options.models = !page.no_models;
  options.budget.max_millis = static_cast<std::uint32_t>(std::ceil(page.max_seconds * 1000));
  options.budget.max_memory = static_cast<std::size_t>(page.max_memory_mb) << 20;
  options.budget.max_bytes = static_cast<std::size_t>(page.max_bytes_mb) << 20;
  return options;
}

}  // namespace marrow::cli
