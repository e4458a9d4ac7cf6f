// The rules as shipped: they compile, and every hit and miss case of theirs holds.
#include <gtest/gtest.h>

#include "rules/builtin.h"
#include "rules/check.h"

namespace marrow {
namespace {

TEST(ShippedRules, PassTheirOwnCheck) {
  const RulesCheck check = check_rules({});
  for (const std::string& fault : check.faults) ADD_FAILURE() << fault;
  for (const std::string& warning : check.warnings) ADD_FAILURE() << warning;
  EXPECT_GT(check.signals, 60U);
  EXPECT_GT(check.cases, 2 * check.signals - 1);
}

TEST(ShippedRules, TheProgramHoldsTheFilesOfTheSourceTree) {
  ASSERT_FALSE(builtin_files().empty());
  EXPECT_TRUE(builtin_file("signals/structure.toml").starts_with("# What class, id, role"));
  EXPECT_TRUE(builtin_file("no/such/file").empty());
  EXPECT_TRUE(builtin_file("model/README.md").empty());
}

}  // namespace
}  // namespace marrow
