// Models: the trained models of the label stage, read once and bound to the columns this program computes.
// Found below a folder (MODEL_DIR/blocks.model …) or among the files built into the program (rules/model/). A model
// that is not there is simply not used; one that does not fit the program is an error. Shared by all threads.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "label/model.h"
#include "rules/ruleset.h"

namespace marrow {

class Models {
 public:
  // `folder` "" = the built-in ones.
  static Result<Models> load(const RuleSet& rules, std::string_view folder);

  std::optional<Model> blocks;     // p(body) of a block by itself
  std::optional<Model> kind;       // page kind, 7 classes in the order of PageKind
  std::optional<Model> context;    // p(body) knowing the page
  std::optional<Model> links;      // p(onward reading) of a link
  std::optional<Model> link_kind;  // which RelatedKind, classes 1.. of the enum (prev = 0)
  std::optional<Model> link_context;       // p(onward reading), knowing the page's other links
  std::optional<Model> link_context_kind;  // which RelatedKind, knowing them
  std::optional<Model> teasers;    // p(excerpt of another item) of a block
  std::optional<Model> texts;      // role of a unit of a plain text, 4 classes in the order of TextRole
  std::optional<Model> confidence; // word F1 to expect, from what all of the above said
};

}  // namespace marrow
