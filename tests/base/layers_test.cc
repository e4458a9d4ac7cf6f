// Includes run downward only, in the order of the map in src/README.md; and a type's name is given once.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <string>

namespace marrow {
namespace {

namespace fs = std::filesystem;

// A file of a layer may include its own and lower ones. source and fetch stand beside page, not below.
const std::map<std::string, int> kOrder = {
    {"base", 0}, {"source", 1}, {"fetch", 1}, {"page", 1}, {"rules", 2}, {"label", 3}, {"memory", 4},
    {"record", 5}, {"marrow", 6}, {"sink", 7}, {"batch", 8}, {"report", 9}, {"cli", 10}, {"python", 10},
};

std::string layer_of(const std::string& path) {
  const std::size_t slash = path.find('/');
  return slash == std::string::npos ? "marrow" : path.substr(0, slash);
}

bool may_include(const std::string& from, const std::string& to) {
  if (from == to) return true;
  const auto a = kOrder.find(from), b = kOrder.find(to);
  if (a == kOrder.end() || b == kOrder.end() || b->second >= a->second) return false;
  // What comes from the network and the disk is unknown to what reads pages, and the other way round:
  // only the whole (marrow.h: the shape of an input) and the programs above it join them.
  const bool outside = to == "source" || to == "fetch";
  return !outside || a->second >= kOrder.at("marrow");
}

TEST(Layers, TheRuleItself) {
  EXPECT_TRUE(may_include("page", "base"));
  EXPECT_TRUE(may_include("cli", "page"));
  EXPECT_TRUE(may_include("marrow", "source"));
  EXPECT_TRUE(may_include("sink", "record"));
  EXPECT_FALSE(may_include("base", "page"));
  EXPECT_FALSE(may_include("fetch", "page"));
  EXPECT_FALSE(may_include("page", "fetch"));
  EXPECT_FALSE(may_include("source", "fetch"));
  EXPECT_FALSE(may_include("record", "source"));
  EXPECT_FALSE(may_include("record", "sink"));
  EXPECT_FALSE(may_include("page", "unheard_of"));
}

TEST(Layers, IncludesRunDownward) {
  const fs::path root = fs::path(MARROW_SOURCE_DIR) / "src";
  const std::regex include("^\\s*#\\s*include\\s*\"([^\"]+)\"");
  int seen = 0;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root)) {
    const std::string kind = entry.path().extension().string();
    if (kind != ".cc" && kind != ".h" && kind != ".inc") continue;
    const std::string path = fs::relative(entry.path(), root).generic_string();
    std::ifstream file(entry.path());
    int number = 0;
    for (std::string line; std::getline(file, line);) {
      ++number;
      std::smatch match;
      if (!std::regex_search(line, match, include)) continue;
      const std::string target = match[1];
      if (target.find('/') == std::string::npos && target != "marrow.h") continue;  // made by the build
      ++seen;
      EXPECT_TRUE(may_include(layer_of(path), layer_of(target))) << path << ":" << number << ": " << line;
    }
  }
  EXPECT_GT(seen, 20) << "found no includes below " << root;
}

// Two types of one name are one to the linker, which keeps one's constructors and gives them to both: no compiler sees it.
TEST(Layers, TypesOfHeadersHaveNamesOfTheirOwn) {
  const fs::path root = fs::path(MARROW_SOURCE_DIR) / "src";
  const std::regex space("^namespace ([\\w:]+) \\{"), definition("^(?:class|struct|union|enum class|enum) ([A-Z][\\w:]*)[^;]*\\{");
  std::map<std::string, std::string> known;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root)) {
    if (entry.path().extension() != ".h") continue;
    const std::string path = fs::relative(entry.path(), root).generic_string();
    std::ifstream file(entry.path());
    std::string within;
    for (std::string line; std::getline(file, line);) {
      std::smatch match;
      if (std::regex_search(line, match, space)) within += match[1].str() + "::";
      if (line.starts_with("}  // namespace")) within.clear();  // they end together
      if (!std::regex_search(line, match, definition)) continue;
      const auto [first, fresh] = known.try_emplace(within + match[1].str(), path);
      EXPECT_TRUE(fresh) << first->first << " of " << path << " is a type of " << first->second << " already";
    }
  }
  EXPECT_GT(known.size(), 100U) << "found no types below " << root;
}

}  // namespace
}  // namespace marrow
