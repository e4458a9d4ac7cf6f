// marrow: the table of contents of the program.

#include "cli/program.h"
#include "cli/verbs.h"

int main(int argc, char** argv) {
  using namespace marrow::cli;
  Program program;

  // Pages into records, and why.
  program.add(clean_verb());
  program.add(explain_verb());
  program.add(features_verb());
  program.add(learn_verb());
  program.add(schema_verb());
  program.add(watch_verb());

  // Rules.
  program.group("rules", "Check, test and trace the rules that decide.");
  program.add(rules_check_verb());
  program.add(rules_test_verb());
  program.add(rules_stats_verb());
  program.add(rules_cost_verb());
  program.add(rules_which_verb());
  program.add(rules_import_verb());

  // Downloading, and jobs for cron.
  program.add(fetch_verb());
  program.add(init_verb());
  program.add(run_verb());
  program.add(schedule_verb());
  program.add(explain_skip_verb());
  program.add(robots_verb());
  program.add(report_verb());

  // What a job remembers.
  program.group("state", "Look at what a job remembers, and keep it in order.");
  program.add(state_show_verb());
  program.add(state_pages_verb());
  program.add(state_check_verb());
  program.add(state_vacuum_verb());
  program.add(state_accept_verb());

  // The program about itself.
  program.add(help_verb(program.outline()));
  program.add(man_verb(program.outline()));
  program.add(completion_verb(program.outline()));

  return program.main(argc, argv);
}
