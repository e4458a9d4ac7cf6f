// The command line itself: help, versions, and what is said to a line that cannot be meant.
#include <gtest/gtest.h>

#include <regex>

#include "cli/program.h"

namespace marrow {
namespace {

using test::marrow;
using test::Ran;

struct Mistake {
  const char* name;
  std::vector<std::string> arguments;
  const char* says;
};

void PrintTo(const Mistake& mistake, std::ostream* out) { *out << mistake.name; }

class Mistakes : public ::testing::TestWithParam<Mistake> {};

TEST_P(Mistakes, AreNamedAndNothingIsDone) {
  const Ran ran = marrow(GetParam().arguments);
  EXPECT_EQ(ran.err, GetParam().says);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.exit, 2);
}

INSTANTIATE_TEST_SUITE_P(
    Usage, Mistakes,
    ::testing::Values(
        Mistake{"no_verb", {}, "marrow: error: no verb given.\nTry 'marrow --help'.\n"},
        Mistake{"options_only", {"-v"}, "marrow: error: no verb given.\nTry 'marrow --help'.\n"},
        Mistake{
            "verb_mistyped",
            {"shcema"},
            "marrow: error: unknown verb 'shcema'; did you mean 'schema'?\nTry 'marrow --help'.\n"},
        Mistake{"verb_unknown",
                {"frobnicate"},
                "marrow: error: unknown verb 'frobnicate'\nTry 'marrow --help'.\n"},
        Mistake{
            "verb_is_a_file",
            {"/etc/passwd"},
            "marrow: error: unknown verb '/etc/passwd'; to clean a page: marrow clean /etc/passwd\n"
            "Try 'marrow --help'.\n"},
        Mistake{"option_mistyped",
                {"schema", "--log-fiel", "x"},
                "marrow: error: schema: unknown option '--log-fiel'; did you mean '--log-file'?\n"
                "Try 'marrow schema --help'.\n"},
        Mistake{
            "option_with_value_mistyped",
            {"schema", "--log-fomat=json"},
            "marrow: error: schema: unknown option '--log-fomat'; did you mean '--log-format'?\n"
            "Try 'marrow schema --help'.\n"},
        Mistake{"option_before_the_verb",
                {"--quite", "schema"},
                "marrow: error: schema: unknown option '--quite'; did you mean '--quiet'?\n"
                "Try 'marrow schema --help'.\n"},
        Mistake{
            "option_unknown",
            {"schema", "--frobnicate"},
            "marrow: error: schema: unknown option '--frobnicate'\nTry 'marrow schema --help'.\n"},
        Mistake{"short_option_unknown",
                {"schema", "-Z"},
                "marrow: error: schema: unknown option '-Z'\nTry 'marrow schema --help'.\n"},
        Mistake{"value_missing",
                {"schema", "--log-file"},
                "marrow: error: schema: '--log-file' needs a value, FILE\nTry 'marrow schema "
                "--help'.\n"},
        Mistake{"value_not_a_number",
                {"schema", "--log-size", "many"},
                "marrow: error: schema: --log-size: 'many' is not a whole number from 1 to 4096\n"
                "Try 'marrow schema --help'.\n"},
        Mistake{"value_out_of_range",
                {"schema", "--log-size=0"},
                "marrow: error: schema: --log-size: '0' is not a whole number from 1 to 4096\n"
                "Try 'marrow schema --help'.\n"},
        Mistake{"value_beyond_numbers",
                {"schema", "--log-keep=99999999999999999999999"},
                "marrow: error: schema: --log-keep: '99999999999999999999999' is not a whole "
                "number from 0 "
                "to 1000\nTry 'marrow schema --help'.\n"},
        Mistake{"word_not_allowed",
                {"schema", "--log-format", "jsno"},
                "marrow: error: schema: --log-format: 'jsno' is not text or json; did you mean "
                "'json'?\n"
                "Try 'marrow schema --help'.\n"},
        Mistake{
            "value_empty",
            {"schema", "--log-file", ""},
            "marrow: error: schema: --log-file: the value is empty\nTry 'marrow schema --help'.\n"},
        Mistake{"argument_too_many",
                {"schema", "records.jsonl"},
                "marrow: error: schema: unexpected argument 'records.jsonl'\n"
                "Try 'marrow schema --help'.\n"},
        Mistake{"argument_missing",
                {"completion"},
                "marrow: error: completion: bash is missing\nTry 'marrow completion --help'.\n"},
        Mistake{"shell_unknown",
                {"completion", "csh"},
                "marrow: error: completion: there is no script for 'csh', only for bash\n"},
        Mistake{"help_of_no_verb",
                {"help", "schmea"},
                "marrow: error: unknown verb 'schmea'; did you mean 'schema'?\n"},
        Mistake{"log_file_in_no_folder",
                {"schema", "--log-file", "/dev/null/log"},
                "marrow: error: /dev/null/log: cannot write the log file: Not a directory\n"}),
    [](const auto& param) { return param.param.name; });

TEST(Help, MentionsEveryVerbAndEveryVerbHasItsOwn) {
  const std::vector<std::string> verbs = test::verbs();
  ASSERT_GE(verbs.size(), 4U);
  for (const std::string& verb : verbs) {
    std::vector<std::string> words{verb.substr(0, verb.find(' '))};
    if (verb.find(' ') != std::string::npos) words.push_back(verb.substr(verb.find(' ') + 1));
    words.emplace_back("--help");
    const Ran ran = marrow(words);
    EXPECT_EQ(ran.exit, 0) << verb;
    EXPECT_NE(ran.out.find("Usage: marrow " + verb), std::string::npos) << verb << "\n" << ran.out;
    EXPECT_EQ(ran.err, "") << verb;
    words.pop_back();
    words.insert(words.begin(), "help");
    EXPECT_EQ(marrow(words).out, ran.out) << verb;
  }
}

TEST(Help, FitsATerminalOfEightyColumns) {
  for (const std::string& verb : test::verbs()) {
    std::istringstream lines(marrow({"help", verb}).out);
    for (std::string line; std::getline(lines, line);)
      if (!line.starts_with("  marrow ") && !line.starts_with("Usage:")) {
        EXPECT_LE(line.size(), 80U) << verb << ": " << line;
      }
  }
}

TEST(Help, WorksInTheMidstOfMistakes) {
  EXPECT_EQ(marrow({"schema", "--nonsense", "-h"}).out, marrow({"schema", "--help"}).out);
  EXPECT_EQ(marrow({"-h"}).out, marrow({"help"}).out);
}

TEST(Version, NamesProgramBuildAndLibraries) {
  const Ran ran = marrow({"--version"});
  EXPECT_EQ(ran.exit, 0);
  EXPECT_TRUE(std::regex_search(ran.out, std::regex("^marrow \\d+\\.\\d+\\.\\d+\n"))) << ran.out;
  for (const char* library : {"libcurl", "Gumbo", "RE2", "spdlog", "ICU", "simdjson", "SQLite",
                              "zlib", "zstd", "CLI11", "toml++", "CLD2", "uchardet"})
    EXPECT_TRUE(std::regex_search(
        ran.out,
        std::regex("\n  " + std::regex_replace(std::string(library), std::regex("\\+"), "\\+") +
                   " +\\d[\\d.]+ ")))
        << library << "\n"
        << ran.out;
  EXPECT_NE(ran.out.find("\n  build "), std::string::npos);
}

TEST(Schema, IsPrintedWhole) {
  const Ran ran = marrow({"schema"});
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.err, "");
  EXPECT_NE(ran.out.find("\"teasers\""), std::string::npos);
  EXPECT_TRUE(ran.out.ends_with("}\n"));
}

TEST(Output, AFullDiskIsAnError) {
  const Ran ran = marrow({"schema"}, {.out_to = "/dev/full"});
  EXPECT_EQ(ran.err, "marrow: error: standard output: No space left on device\n");
  EXPECT_EQ(ran.exit, 2);
}

TEST(Output, AReaderThatGoesAwayIsNoError) {
  const Ran ran =
      test::run("/bin/bash", {"-c", "set -o pipefail; \"$0\" --help | true", MARROW_PROGRAM});
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.err, "");
}

}  // namespace
}  // namespace marrow
