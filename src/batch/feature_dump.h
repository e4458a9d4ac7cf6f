// The features of pages as bytes for scripts/train: what `marrow features` writes. Exactly the rows the models are asked
// with, so that training sees what the program computes. Format: one JSON line {"what", "columns": [{"name", "note"}]}, then for each
// page a JSON line {"id", "url", "rows", "texts" | "links": [{"url", "text"}]} and rows x columns float32, little-endian. For `texts`
// the inputs are plain texts, and a row is a unit (label/text_units.h).
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "source/input.h"

namespace marrow {

enum class FeatureSet : unsigned char { blocks, kind, context, links, link_context, teasers, texts };
// "blocks" …; false for another word.
bool parse_feature_set(std::string_view name, FeatureSet& set);

class FeatureDump {
 public:
  struct Options {
    FeatureSet what = FeatureSet::blocks;
    std::string model_dir;                // the models that earlier columns are made with, "" = built in
    bool no_models = false;
    std::vector<std::string> rule_dirs;
  };
  static Result<FeatureDump> create(const Options& options);
  FeatureDump(FeatureDump&&) noexcept;
  ~FeatureDump();
  void append_head(std::string& out) const;
  void append_page(const Input& input, std::string& out);

 private:
  struct State;
  explicit FeatureDump(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace marrow
