#include "label/models.h"

#include <fstream>
#include <iterator>

#include "label/context.h"
#include "label/features.h"
#include "label/link_context.h"
#include "label/link_features.h"
#include "label/teaser_features.h"
#include "label/text_features.h"
#include "rules/builtin.h"

namespace marrow {
namespace {

std::vector<std::string> names_of(const std::vector<FeatureInfo>& columns) {
  std::vector<std::string> names;
  names.reserve(columns.size());
  for (const FeatureInfo& column : columns) names.push_back(column.name);
  return names;
}

// The bytes of one model file, kept in `bytes` where it is not built in; "" where there is none.
std::string_view read_file(std::string_view folder, std::string_view name, std::string& bytes) {
  if (folder.empty()) return builtin_file("model/" + std::string(name));
  std::ifstream file(std::string(folder) + "/" + std::string(name), std::ios::binary);
  bytes = {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return bytes;
}

Status load_one(std::string_view folder, std::string_view name, const std::vector<FeatureInfo>& columns,
                std::optional<Model>& model) {
  std::string kept;
  const std::string_view bytes = read_file(folder, name, kept);
  if (bytes.empty()) return Ok{};
  const std::string shown = (folder.empty() ? std::string("builtin:model") : std::string(folder)) + "/" + std::string(name);
  Result<Model> read = Model::read(bytes, shown);
  if (!read) return read.error();
  const Status bound = read->bind(names_of(columns));
  if (!bound) return Error{ErrorKind::stop_run, shown + ": " + bound.error().message};
  model = std::move(*read);
  return Ok{};
}

}  // namespace

Result<Models> Models::load(const RuleSet& rules, std::string_view folder) {
  Models models;
  const BlockFeatures blocks(rules);
  const KindFeatures kind;
  const ContextFeatures context;
  const LinkFeatures links(rules);
  const LinkContext link_context(links);
  const TeaserFeatures teasers(rules);
  const TextFeatures texts;
  struct Entry {
    std::string_view file;
    const std::vector<FeatureInfo>& columns;
    std::optional<Model>& model;
  };
  for (const Entry& entry : {Entry{"blocks.model", blocks.columns(), models.blocks}, Entry{"kind.model", kind.columns(), models.kind},
                             Entry{"context.model", context.columns(), models.context},
                             Entry{"links.model", links.columns(), models.links},
                             Entry{"link_kind.model", links.columns(), models.link_kind},
                             Entry{"link_context.model", link_context.columns(), models.link_context},
                             Entry{"link_context_kind.model", link_context.columns(), models.link_context_kind},
                             Entry{"teasers.model", teasers.columns(), models.teasers},
                             Entry{"text_units.model", texts.columns(), models.texts}}) {
    if (const Status status = load_one(folder, entry.file, entry.columns, entry.model); !status) return status.error();
  }
  return models;
}

}  // namespace marrow
