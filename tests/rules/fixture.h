// Page: a small page and what rules say of it, for tests: the page is read by PageReader, the rules are one TOML text.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>

#include "page/page.h"
#include "rules/matches.h"
#include "rules/ruleset.h"

namespace marrow {

// A folder of rule files that goes away with it.
class RulesDir {
 public:
  RulesDir() {
    std::string name = (std::filesystem::temp_directory_path() / "marrow-rules-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~RulesDir() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  RulesDir(const RulesDir&) = delete;
  RulesDir& operator=(const RulesDir&) = delete;
  void add(const std::string& name, std::string_view text) const {
    const std::filesystem::path file = std::filesystem::path(path_) / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

inline Result<RuleSet> load_rules(std::string_view toml) {
  RulesDir dir;
  dir.add("a.toml", toml);
  return RuleSet::load({.builtin = false, .dirs = {dir.path()}});
}

class Page {
 public:
  Page(std::string_view toml, std::string_view html, std::string_view url = "https://www.example.com/news/a", bool text = false) {
    Result<RuleSet> rules = load_rules(toml);
    if (!rules) {
      ADD_FAILURE() << rules.error().message;
      return;
    }
    rules_ = *std::move(rules);
    matcher_.emplace(*rules_);
    document_ = text ? &reader_.read_text(html, {.url = url, .charset = {}}) : &reader_.read_html(html, {.url = url, .charset = {}});
    matches_ = &matcher_->match(*document_);
  }
  bool read() const { return matches_ != nullptr; }
  const Document& document() const { return *document_; }
  const Matches& matches() const { return *matches_; }
  const RuleSet& rules() const { return *rules_; }

  // The id of the filter that decides the block with this text; "" if none does.
  std::string block(std::string_view text) const {
    for (std::size_t i = 0; i < document_->blocks.size(); ++i)
      if (document_->blocks[i].text == text) return name(matches_->block_filter[i]);
    return "no such block";
  }
  std::string link(std::string_view text) const {
    for (std::size_t i = 0; i < document_->links.size(); ++i)
      if (document_->links[i].text == text) return name(matches_->link_filter[i]);
    return "no such link";
  }
  bool block_has(std::string_view text, std::string_view signal) const {
    for (std::size_t i = 0; i < document_->blocks.size(); ++i)
      if (document_->blocks[i].text == text) return matches_->block_has(static_cast<Id>(i), rules_->find_signal(signal));
    ADD_FAILURE() << "no block " << text;
    return false;
  }

 private:
  std::string name(Id filter) const { return filter == kNone ? "" : rules_->filter(filter).id; }
  std::optional<RuleSet> rules_;
  std::optional<Matcher> matcher_;
  PageReader reader_;
  const Document* document_ = nullptr;
  const Matches* matches_ = nullptr;
};

}  // namespace marrow
