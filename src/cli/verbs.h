// The verbs, one maker each; every one stands in a file of its own name.
#pragma once

#include <memory>

#include "cli/outline.h"
#include "cli/verb.h"

namespace marrow::cli {

std::unique_ptr<Verb> clean_verb();
std::unique_ptr<Verb> explain_verb();
std::unique_ptr<Verb> explain_skip_verb();
std::unique_ptr<Verb> features_verb();
std::unique_ptr<Verb> fetch_verb();
std::unique_ptr<Verb> init_verb();
std::unique_ptr<Verb> learn_verb();
std::unique_ptr<Verb> report_verb();
std::unique_ptr<Verb> robots_verb();
std::unique_ptr<Verb> rules_check_verb();
std::unique_ptr<Verb> rules_cost_verb();
std::unique_ptr<Verb> rules_import_verb();
std::unique_ptr<Verb> rules_stats_verb();
std::unique_ptr<Verb> rules_test_verb();
std::unique_ptr<Verb> rules_which_verb();
std::unique_ptr<Verb> run_verb();
std::unique_ptr<Verb> schedule_verb();
std::unique_ptr<Verb> schema_verb();
std::unique_ptr<Verb> state_accept_verb();
std::unique_ptr<Verb> state_check_verb();
std::unique_ptr<Verb> state_pages_verb();
std::unique_ptr<Verb> state_show_verb();
std::unique_ptr<Verb> state_vacuum_verb();
std::unique_ptr<Verb> watch_verb();
// These three describe the program itself; the outline must outlive them.
std::unique_ptr<Verb> help_verb(const Outline& outline);
std::unique_ptr<Verb> man_verb(const Outline& outline);
std::unique_ptr<Verb> completion_verb(const Outline& outline);

}  // namespace marrow::cli
