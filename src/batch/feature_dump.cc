#include "batch/feature_dump.h"

#include <array>

#include "label/judge.h"
#include "label/text.h"
#include "page/page.h"
#include "record/json.h"
#include "rules/matches.h"
#include "rules/ruleset.h"

namespace marrow {
namespace {

constexpr std::array<std::string_view, 7> kNames = {"blocks", "kind", "context", "links", "link_context", "teasers", "texts"};

}  // namespace

bool parse_feature_set(std::string_view name, FeatureSet& set) {
  for (std::size_t i = 0; i < kNames.size(); ++i)
    if (name == kNames[i]) {
      set = static_cast<FeatureSet>(i);
      return true;
    }
  return false;
}

struct FeatureDump::State {
  State(RuleSet&& r, Models&& m, const Options& o)
      : rules(std::move(r)), models(std::move(m)), what(o.what), matcher(rules), judge(rules, &models), texts(rules) {}
  RuleSet rules;
  Models models;
  FeatureSet what;
  Matcher matcher;
  Judge judge;
  TextLabeller texts;
  PageReader reader;

  const std::vector<FeatureInfo>& columns() {
    switch (what) {
      case FeatureSet::kind: return judge.kind_features.columns();
      case FeatureSet::context: return judge.context_features.columns();
      case FeatureSet::links: return judge.link_features.columns();
      case FeatureSet::link_context: return judge.link_context.columns();
      case FeatureSet::teasers: return judge.teaser_features.columns();
      case FeatureSet::texts: return texts.reader().columns();
      case FeatureSet::blocks: break;
    }
    return judge.block_features.columns();
  }
  std::span<const float> rows() {
    switch (what) {
      case FeatureSet::kind: return judge.kind_row;
      case FeatureSet::context: return judge.context_rows;
      case FeatureSet::links: return judge.link_rows;
      case FeatureSet::link_context: return judge.link_context_rows;
      case FeatureSet::teasers: return judge.teaser_rows;
      case FeatureSet::texts: return texts.reader().rows();
      case FeatureSet::blocks: break;
    }
    return judge.block_rows;
  }
};

FeatureDump::FeatureDump(std::unique_ptr<State> state) : state_(std::move(state)) {}
FeatureDump::FeatureDump(FeatureDump&&) noexcept = default;
FeatureDump::~FeatureDump() = default;

Result<FeatureDump> FeatureDump::create(const Options& options) {
  Result<RuleSet> rules = RuleSet::load({.builtin = true, .dirs = options.rule_dirs});
  if (!rules) return rules.error();
  Models models;
  if (!options.no_models) {
    Result<Models> loaded = Models::load(*rules, options.model_dir);
    if (!loaded) return loaded.error();
    models = std::move(*loaded);
  }
  return FeatureDump(std::make_unique<State>(std::move(*rules), std::move(models), options));
}

void FeatureDump::append_head(std::string& out) const {
  out += "{\"what\":";
  append_json_string(kNames[static_cast<std::size_t>(state_->what)], out);
  out += ",\"columns\":[";
  bool first = true;
  for (const FeatureInfo& column : state_->columns()) {
    if (!first) out += ',';
    first = false;
    out += "{\"name\":";
    append_json_string(column.name, out);
    out += ",\"note\":";
    append_json_string(column.note, out);
    out += '}';
  }
  out += "]}\n";
}

void FeatureDump::append_page(const Input& input, std::string& out) {
  State& s = *state_;
  const PageHints hints{.url = input.url, .charset = input.charset};
  const bool plain = s.what == FeatureSet::texts;
  const Document& d = plain ? s.reader.read_text(input.bytes, hints) : s.reader.read_html(input.bytes, hints);
  if (plain) s.texts.label(d, s.matcher.match(d));
  else s.judge.judge(d, s.matcher.match(d), true);
  const std::span<const float> rows = s.rows();
  out += "{\"id\":";
  append_json_string(input.id, out);
  out += ",\"url\":";
  append_json_string(d.url, out);
  out += ",\"rows\":" + std::to_string(rows.size() / s.columns().size());
  if (s.what == FeatureSet::links || s.what == FeatureSet::link_context) {
    out += ",\"links\":[";
    for (Id l = 0; l < d.links.size(); ++l) {
      out += l ? ",{\"url\":" : "{\"url\":";
      append_json_string(d.links[l].url, out);
      out += ",\"text\":";
      append_json_string(d.links[l].text, out);
      out += '}';
    }
    out += ']';
  } else if (plain) {
    out += ",\"texts\":[";
    for (const TextUnit& unit : s.texts.reader().units()) {
      if (out.back() != '[') out += ',';
      append_json_string(unit.text, out);
    }
    out += ']';
  } else if (s.what != FeatureSet::kind) {
    out += ",\"texts\":[";
    for (Id b = 0; b < d.blocks.size(); ++b) {
      if (b) out += ',';
      append_json_string(d.blocks[b].text, out);
    }
    out += ']';
  }
  out += "}\n";
  out.append(reinterpret_cast<const char*>(rows.data()), rows.size() * sizeof(float));
}

}  // namespace marrow
