#include "label/model.h"

#include <bit>
#include <charconv>
#include <cstring>
#include <unordered_map>

#include "base/sha256.h"

namespace marrow {
namespace {

static_assert(std::endian::native == std::endian::little, "model files are little-endian and read as they are");

constexpr std::string_view kMagic = "marrow-model 1";
// Bounds of what a sane file holds; a file beyond them is damaged.
constexpr std::size_t kMaxTrees = 20000, kMaxNodes = 4000000, kMaxColumns = 20000;

struct Lines {
  std::string_view rest;
  bool next(std::string_view& line) {
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos) return false;
    line = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    return true;
  }
};

template <typename T>
bool parse(std::string_view text, T& value) {
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  return result.ec == std::errc() && result.ptr == text.data() + text.size();
}

// Reads an array of the payload; false where it is too short.
template <typename T>
bool take(std::string_view& payload, std::size_t count, std::vector<T>& out) {
  if (payload.size() / sizeof(T) < count) return false;
  out.resize(count);
  std::memcpy(out.data(), payload.data(), count * sizeof(T));
  payload.remove_prefix(count * sizeof(T));
  return true;
}

}  // namespace

Result<Model> Model::read(std::string_view bytes, std::string_view name) {
  const auto bad = [&](std::string_view what) {
    return Error{ErrorKind::stop_run, std::string(name) + ": not a model file of this version: " + std::string(what)};
  };
  Model model;
  Lines lines{bytes};
  std::string_view line;
  if (!lines.next(line) || line != kMagic) return bad("it does not start with \"" + std::string(kMagic) + "\"");
  std::size_t trees = 0, nodes = 0, leaves = 0;
  std::string_view checksum;
  while (true) {
    if (!lines.next(line)) return bad("its head does not end");
    if (line == "end") break;
    const std::size_t space = line.find(' ');
    const std::string_view key = line.substr(0, space);
    const std::string_view value = space == std::string_view::npos ? std::string_view{} : line.substr(space + 1);
    bool ok = true;
    if (key == "classes") ok = parse(value, model.classes_) && model.classes_ >= 1 && model.classes_ <= 64;
    else if (key == "trees") ok = parse(value, trees) && trees <= kMaxTrees;
    else if (key == "nodes") ok = parse(value, nodes) && nodes <= kMaxNodes;
    else if (key == "leaves") ok = parse(value, leaves) && leaves <= kMaxNodes + kMaxTrees;
    else if (key == "sha256") checksum = value;
    else if (key == "column") model.columns_.emplace_back(value);
    else if (key == "bias") {
      float bias = 0;
      ok = parse(value, bias);
      model.bias_.push_back(bias);
    } else if (key == "number") {
      const std::size_t split = value.find(' ');
      double number = 0;
      ok = split != std::string_view::npos && parse(value.substr(split + 1), number);
      model.numbers_.emplace_back(value.substr(0, split), number);
    }
    if (!ok) return bad("line \"" + std::string(line) + "\"");
  }
  if (model.columns_.size() > kMaxColumns) return bad("too many columns");
  if (sha256_hex(lines.rest) != checksum) return bad("its checksum is wrong");
  std::string_view payload = lines.rest;
  std::vector<std::uint32_t> first_nodes, first_leaves;
  std::vector<std::uint16_t> counts, classes, columns;
  std::vector<std::int16_t> left, right;
  std::vector<float> thresholds;
  if (!take(payload, trees, first_nodes) || !take(payload, trees, first_leaves) || !take(payload, trees, counts) ||
      !take(payload, trees, classes) || !take(payload, nodes, thresholds) || !take(payload, nodes, columns) ||
      !take(payload, nodes, left) || !take(payload, nodes, right) || !take(payload, leaves, model.leaves_) ||
      !payload.empty())
    return bad("its size does not fit its head");
  model.nodes_.resize(nodes);
  for (std::size_t i = 0; i < nodes; ++i) model.nodes_[i] = {thresholds[i], columns[i], left[i], right[i]};
  // Every index is checked here, once, so that evaluation need not: children lie behind their parent.
  for (std::size_t t = 0; t < trees; ++t) {
    const std::size_t end_leaf = t + 1 < trees ? first_leaves[t + 1] : leaves;
    if (first_nodes[t] + std::size_t{counts[t]} > nodes || first_leaves[t] >= leaves || end_leaf > leaves ||
        end_leaf < first_leaves[t] + std::size_t{counts[t]} + 1 || classes[t] >= model.classes_)
      return bad("tree " + std::to_string(t) + " points outside");
    for (std::size_t i = 0; i < counts[t]; ++i) {
      const TreeNode& node = model.nodes_[first_nodes[t] + i];
      if (node.column >= model.columns_.size()) return bad("tree " + std::to_string(t) + " asks for a column there is not");
      for (const int child : {int{node.left}, int{node.right}}) {
        const bool fits = child >= 0 ? child > static_cast<int>(i) && child < counts[t] : -(child + 1) <= counts[t];
        if (!fits) return bad("tree " + std::to_string(t) + " is not a tree");
      }
    }
    model.trees_.push_back({first_nodes[t], first_leaves[t], counts[t], classes[t]});
  }
  model.bias_.resize(model.classes_, 0.0F);
  return model;
}

Status Model::bind(std::span<const std::string> computed) {
  std::unordered_map<std::string_view, std::size_t> places;
  places.reserve(computed.size());
  for (std::size_t i = 0; i < computed.size(); ++i) places.emplace(computed[i], i);
  std::vector<std::uint16_t> at(columns_.size());
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    const auto place = places.find(columns_[c]);
    if (place == places.end() || place->second > 65535)
      return Error{ErrorKind::stop_run, "the model wants the column \"" + columns_[c] +
                                            "\", which this program does not compute: train it anew (scripts/train)"};
    at[c] = static_cast<std::uint16_t>(place->second);
  }
  std::vector<TreeNode> bound = nodes_;
  for (TreeNode& node : bound) node.column = at[node.column];
  forest_.build(bound, trees_, leaves_, bias_);
  return Ok{};
}

void Model::mark_asked(std::vector<bool>& asked) const {
  for (const TreeNode& node : forest_.nodes()) asked[node.column] = true;
}

double Model::number(std::string_view key, double fallback) const {
  for (const auto& [name, value] : numbers_)
    if (name == key) return value;
  return fallback;
}

}  // namespace marrow
