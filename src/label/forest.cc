#include "label/forest.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cstring>
#include <mutex>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace marrow {
namespace {

// Fewer rows than this are walked: the work for 32 rows is done whether they are there or not. The walk takes
// about three times as long a row as a full block does.
constexpr std::size_t kFewRows = 8;
// So many rows are walked before the layout is made, which takes about as long as to walk a thousand.
constexpr std::size_t kWalkedRows = 1000;
// What a byte can count: ranks of a column, leaves of a tree.
constexpr std::size_t kMaxCuts = 255, kMaxLeaves = 256;
constexpr std::size_t kMaxColumns = 512;  // asked for; more would not fit the first cache
constexpr std::size_t kMaxClasses = 16;
// Leaves of a tree whose values two byte shuffles can fetch.
constexpr std::size_t kTableLeaves = 32;
constexpr std::uint32_t kNoTable = 0xffffffffU;

#if defined(__x86_64__)
#define MARROW_AVX2 __attribute__((target("avx2")))
bool has_avx2() { return __builtin_cpu_supports("avx2") != 0; }
#else
#define MARROW_AVX2
bool has_avx2() { return false; }
#endif

#if defined(__clang__)
#define MARROW_PLAIN_CALL [[gnu::noinline]]
#else
#define MARROW_PLAIN_CALL [[gnu::noipa]]
#endif

// Vectors as the compiler knows them: one instruction with AVX2, two without, plain loops elsewhere.
using Bytes = std::int8_t __attribute__((vector_size(32)));
using Floats = float __attribute__((vector_size(32)));
using Ints = std::int32_t __attribute__((vector_size(32)));
constexpr std::size_t kFloats = 8;
// So many vectors of lanes are evaluated at once where there are rows enough: a node is then read once for twice the rows.
constexpr std::size_t kVectors = 2;
// Ranks are kept less this: processors compare signed bytes in one instruction.
constexpr int kRankZero = 128;

// Where a row's sum stands: the order in which AVX2 makes floats of bytes.
constexpr std::size_t place_of(std::size_t row) { return row % 16 / 4 * 8 + row / 16 * 4 + row % 4; }

#if defined(__x86_64__)
// Adds table[leaf[row]] to the sum of each row; the table's floats lie as four rows of bytes, low ones first.
// `few`: there are no more than 16 of them.
template <bool few>
[[gnu::always_inline]] MARROW_AVX2 inline void add_leaves(const std::uint8_t* table, const void* leaf, float* sums) {
  const __m256i index = _mm256_load_si256(static_cast<const __m256i*>(leaf));
  const __m256i upper = _mm256_slli_epi16(index, 3);  // bit 4 chooses the upper half
  const auto row = [&](std::size_t byte) __attribute__((target("avx2"))) {
    const auto half = [&](std::size_t at) __attribute__((target("avx2"))) {
      return _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(table + byte * 32 + at)));
    };
    if constexpr (few) return _mm256_shuffle_epi8(half(0), index);
    return _mm256_blendv_epi8(_mm256_shuffle_epi8(half(0), index), _mm256_shuffle_epi8(half(16), index), upper);
  };
  const __m256i b0 = row(0), b1 = row(1), b2 = row(2), b3 = row(3);
  const __m256i low0 = _mm256_unpacklo_epi8(b0, b1), low1 = _mm256_unpackhi_epi8(b0, b1);
  const __m256i high0 = _mm256_unpacklo_epi8(b2, b3), high1 = _mm256_unpackhi_epi8(b2, b3);
  const auto add = [&](std::size_t at, __m256i bits) __attribute__((target("avx2"))) {
    _mm256_store_ps(sums + at, _mm256_add_ps(_mm256_load_ps(sums + at), _mm256_castsi256_ps(bits)));
  };
  add(0, _mm256_unpacklo_epi16(low0, high0));
  add(8, _mm256_unpackhi_epi16(low0, high0));
  add(16, _mm256_unpacklo_epi16(low1, high1));
  add(24, _mm256_unpackhi_epi16(low1, high1));
}

// 32 small numbers as bytes, in their order. A call: what it is called from is compiled for every processor; and a plain one:
// GCC 12 makes wrong code of the arguments where it may change how they are passed.
MARROW_PLAIN_CALL MARROW_AVX2 void to_bytes(const Ints* numbers, Bytes* out) {
  const auto* const in = reinterpret_cast<const __m256i*>(numbers);
  const __m256i low = _mm256_packs_epi32(in[0], in[1]), high = _mm256_packs_epi32(in[2], in[3]);
  const __m256i packed = _mm256_packs_epi16(low, high);
  _mm256_store_si256(reinterpret_cast<__m256i*>(out),
                     _mm256_permutevar8x32_epi32(packed, _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7)));
}
#else
void to_bytes(const Ints*, Bytes*) {}
#endif

}  // namespace

class Forest::Lanes {
 public:
  // False where bytes cannot count them. What the spans show outlives the layout.
  bool build(std::span<const TreeNode> nodes, std::span<const Tree> trees, std::span<const float> leaves, std::span<const float> bias);
  template <typename RowOf>
  void score_rows(std::size_t n, const RowOf& row_of, std::vector<float>& out) const;

  // Rows walked so far; whether the layout is there. Here, since Lanes stay where they are when a Forest is moved.
  std::atomic<std::size_t> walked = 0;
  std::atomic<bool> ready = false;
  std::once_flag once;
  bool in_lanes = false;

 private:
  // A column that some node asks for, and its thresholds, sorted.
  struct Column {
    std::uint16_t column;
    std::uint16_t first_cut, end_cut;
  };
  // Where a node's column and children stand in the scratch, a row each. Its own answer goes to the row before that of the
  // node behind it.
  struct Step {
    std::uint16_t column;  // of columns_
    std::uint16_t left, right;  // of all three the byte at which the row begins
    std::int8_t rank;
  };
  struct Plan {
    std::uint32_t first_step, end_step;
    std::uint32_t first_leaf;
    std::uint16_t root, cls;
    std::uint32_t table;  // its leaves in tables_, byte by byte; none where there are too many
  };
  struct Scratch;

  void lay_out(std::span<const TreeNode> nodes, std::span<const Tree> trees);
  bool rank_columns(std::span<const TreeNode> nodes);
  template <bool avx2>
  void rank(const float* const* rows, std::size_t vector, Scratch& scratch) const;
  void narrow(const void* values, std::size_t& first, std::size_t& end) const;
  template <std::size_t vectors>
  void descend(const Plan& plan, Scratch& scratch) const;
  static const Bytes* root_of(const Plan& plan, const Scratch& scratch);
  void add(const Plan& plan, std::size_t vector, Scratch& scratch) const;
  template <std::size_t vectors>
  void score_lanes(const float* const* rows, Scratch& scratch) const;
  template <std::size_t vectors>
  void score_lanes_avx2(const float* const* rows, Scratch& scratch) const;
  template <std::size_t vectors>
  void score_some(const float* const* rows, std::size_t count, Scratch& scratch, float* out) const;

  std::span<const float> leaves_, bias_;
  std::vector<Column> columns_;
  std::vector<float> cuts_;
  std::vector<Step> steps_;
  std::vector<Plan> plans_;
  std::vector<std::uint8_t> tables_;
  std::size_t most_leaves_ = 0;
};

struct Forest::Lanes::Scratch {
  alignas(64) std::array<std::array<Bytes, kVectors>, kMaxColumns> ranks;
  // The leaf that each child leads to: of the leaves themselves (i in all lanes), then of the nodes.
  alignas(64) std::array<std::array<Bytes, kVectors>, 2 * kMaxLeaves> leaf;
  alignas(64) std::array<std::array<float, kLanes>, kMaxClasses * kVectors> sums;
};

Forest::Forest() = default;
Forest::~Forest() = default;
Forest::Forest(Forest&&) noexcept = default;
Forest& Forest::operator=(Forest&&) noexcept = default;

void Forest::build(std::span<const TreeNode> nodes, std::span<const Tree> trees, std::span<const float> leaves,
                   std::span<const float> bias) {
  nodes_.assign(nodes.begin(), nodes.end());
  trees_.assign(trees.begin(), trees.end());
  leaves_.assign(leaves.begin(), leaves.end());
  bias_.assign(bias.begin(), bias.end());
  lanes_ = std::make_unique<Lanes>();
}

// The layout, nullptr where rows are better walked.
const Forest::Lanes* Forest::lanes(std::size_t rows) const {
  if (rows < kFewRows || !lanes_) return nullptr;
  if (!lanes_->ready.load(std::memory_order_acquire)) {
    if (lanes_->walked.fetch_add(rows, std::memory_order_relaxed) + rows < kWalkedRows) return nullptr;
    std::call_once(lanes_->once, [this] {
      lanes_->in_lanes = lanes_->build(nodes_, trees_, leaves_, bias_);
      lanes_->ready.store(true, std::memory_order_release);
    });
  }
  return lanes_->in_lanes ? lanes_.get() : nullptr;
}

bool Forest::Lanes::build(std::span<const TreeNode> nodes, std::span<const Tree> trees, std::span<const float> leaves, std::span<const float> bias) {
  leaves_ = leaves;
  bias_ = bias;
  const bool small = std::all_of(trees.begin(), trees.end(), [](const Tree& t) { return t.nodes < kMaxLeaves; });
  if (!small || bias.size() > kMaxClasses || !rank_columns(nodes)) return false;
  lay_out(nodes, trees);
  return true;
}

bool Forest::Lanes::rank_columns(std::span<const TreeNode> nodes) {
  std::vector<std::pair<std::uint16_t, float>> asked;
  asked.reserve(nodes.size());
  for (const TreeNode& node : nodes) asked.emplace_back(node.column, node.threshold);
  std::sort(asked.begin(), asked.end());
  asked.erase(std::unique(asked.begin(), asked.end()), asked.end());
  columns_.clear();
  cuts_.clear();
  for (const auto& [column, cut] : asked) {
    const auto at = static_cast<std::uint16_t>(cuts_.size());
    if (columns_.empty() || columns_.back().column != column) columns_.push_back({column, at, at});
    cuts_.push_back(cut);
    columns_.back().end_cut = static_cast<std::uint16_t>(at + 1);
    if (cuts_.size() - columns_.back().first_cut > kMaxCuts || cuts_.size() > 65535) return false;
  }
  return columns_.size() <= kMaxColumns;
}

// Scratch rows: the leaves, then the nodes.
void Forest::Lanes::lay_out(std::span<const TreeNode> nodes, std::span<const Tree> trees) {
  steps_.clear();
  plans_.clear();
  tables_.clear();
  constexpr int kRow = kVectors * sizeof(Bytes);
  const auto row_of = [](int child) {
    return static_cast<std::uint16_t>((child < 0 ? -(child + 1) : static_cast<int>(kMaxLeaves) + child) * kRow);
  };
  for (const Tree& tree : trees) {
    Plan plan{static_cast<std::uint32_t>(steps_.size()), 0, tree.first_leaf, row_of(tree.nodes ? 0 : -1), tree.cls, kNoTable};
    for (int i = tree.nodes; i-- > 0;) {
      const TreeNode& node = nodes[tree.first_node + static_cast<std::uint32_t>(i)];
      const auto column = std::lower_bound(columns_.begin(), columns_.end(), node.column,
                                           [](const Column& c, std::uint16_t wanted) { return c.column < wanted; });
      const auto first = cuts_.begin() + column->first_cut, end = cuts_.begin() + column->end_cut;
      steps_.push_back({static_cast<std::uint16_t>((column - columns_.begin()) * kRow), row_of(node.left), row_of(node.right),
                        static_cast<std::int8_t>(std::lower_bound(first, end, node.threshold) - first - kRankZero)});
    }
    plan.end_step = static_cast<std::uint32_t>(steps_.size());
    most_leaves_ = std::max(most_leaves_, tree.nodes + std::size_t{1});
    if (tree.nodes < kTableLeaves) {
      plan.table = static_cast<std::uint32_t>(tables_.size());
      tables_.resize(tables_.size() + kTableLeaves * sizeof(float));
      for (std::size_t i = 0; i < tree.nodes + std::size_t{1}; ++i) {
        const auto bits = std::bit_cast<std::uint32_t>(leaves_[tree.first_leaf + i]);
        for (std::size_t byte = 0; byte < sizeof bits; ++byte)
          tables_[plan.table + byte * kTableLeaves + i] = static_cast<std::uint8_t>(bits >> (8 * byte));
      }
    }
    plans_.push_back(plan);
  }
}

// What turns one column of 32 rows into ranks looks at each threshold that some row may lie above and some below. Fewer
// thresholds than this are looked at without asking for the rows' range first.
constexpr std::size_t kRangeCuts = 12;

// The next three become instructions of the function they are inlined into.
template <bool avx2>
[[gnu::always_inline]] inline void Forest::Lanes::rank(const float* const* rows, std::size_t vector, Scratch& scratch) const {
  using Ranks = std::int8_t __attribute__((vector_size(kFloats)));
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    const Column& column = columns_[c];
    std::array<float, kLanes> values;
#pragma GCC unroll 32
    for (std::size_t r = 0; r < kLanes; ++r) values[r] = rows[r][column.column];
    std::array<Floats, kLanes / kFloats> value;
    std::memcpy(value.data(), values.data(), sizeof value);
    std::size_t first = column.first_cut, end = column.end_cut;
    if (end - first > kRangeCuts) narrow(value.data(), first, end);
    // Minus the thresholds that the value is <= to, and from that the rank: the other thresholds. All, for what is no number.
    const Ints zero = Ints{} + (static_cast<std::int32_t>(end - column.first_cut) - kRankZero);
    std::array<Ints, kLanes / kFloats> below = {zero, zero, zero, zero};
    for (std::size_t i = first; i < end; ++i)
      for (std::size_t part = 0; part < value.size(); ++part) below[part] += value[part] <= cuts_[i];
    if constexpr (avx2) {
      to_bytes(below.data(), &scratch.ranks[c][vector]);
    } else {
      std::array<Ranks, kLanes / kFloats> ranks;
      for (std::size_t part = 0; part < value.size(); ++part) ranks[part] = __builtin_convertvector(below[part], Ranks);
      std::memcpy(&scratch.ranks[c][vector], ranks.data(), kLanes);
    }
  }
}

// Leaves of the thresholds [first, end) those that lie between the least and the greatest of 32 values.
[[gnu::always_inline]] inline void Forest::Lanes::narrow(const void* values, std::size_t& first, std::size_t& end) const {
  const auto* value = static_cast<const Floats*>(values);
  Floats least = value[0], most = value[0];
  Ints numbers = value[0] == value[0];
  for (std::size_t part = 1; part < kLanes / kFloats; ++part) {
    least = value[part] < least ? value[part] : least;
    most = value[part] > most ? value[part] : most;
    numbers &= value[part] == value[part];
  }
  float low = least[0], high = most[0];
  std::int32_t all = numbers[0];
  for (std::size_t i = 1; i < kFloats; ++i) {
    low = least[i] < low ? least[i] : low;
    high = most[i] > high ? most[i] : high;
    all &= numbers[i];
  }
  if (all == 0) return;  // what is no number passes every threshold
  while (end - first > 4 && cuts_[first + (end - first) / 2] < low) first += (end - first) / 2;
  while (end - first > 4 && cuts_[end - (end - first) / 2] >= high) end -= (end - first) / 2;
}

template <std::size_t vectors>
[[gnu::always_inline]] inline void Forest::Lanes::descend(const Plan& plan, Scratch& scratch) const {
  const char* const ranks = reinterpret_cast<const char*>(scratch.ranks.data());
  const char* const leaves = reinterpret_cast<const char*>(scratch.leaf.data());
  const Step* step = steps_.data() + plan.first_step;
  const Step* const end = steps_.data() + plan.end_step;
  for (std::array<Bytes, kVectors>* to = &scratch.leaf[kMaxLeaves + static_cast<std::size_t>(end - step)]; step != end; ++step) {
    const Bytes cut = Bytes{} + step->rank;
    const auto* const rank = reinterpret_cast<const Bytes*>(ranks + step->column);
    const auto* const left = reinterpret_cast<const Bytes*>(leaves + step->left);
    const auto* const right = reinterpret_cast<const Bytes*>(leaves + step->right);
    --to;
    for (std::size_t v = 0; v < vectors; ++v) (*to)[v] = rank[v] > cut ? right[v] : left[v];
  }
}

const Bytes* Forest::Lanes::root_of(const Plan& plan, const Scratch& scratch) {
  return reinterpret_cast<const Bytes*>(reinterpret_cast<const char*>(scratch.leaf.data()) + plan.root);
}

[[gnu::always_inline]] inline void Forest::Lanes::add(const Plan& plan, std::size_t vector, Scratch& scratch) const {
  std::array<std::uint8_t, kLanes> leaf;
  std::memcpy(leaf.data(), root_of(plan, scratch) + vector, kLanes);
  const float* const leaves = leaves_.data() + plan.first_leaf;
  float* const sums = scratch.sums[plan.cls * kVectors + vector].data();
#pragma GCC unroll 32
  for (std::size_t r = 0; r < kLanes; ++r) sums[place_of(r)] += leaves[leaf[r]];
}

template <std::size_t vectors>
void Forest::Lanes::score_lanes(const float* const* rows, Scratch& scratch) const {
  for (std::size_t v = 0; v < vectors; ++v) rank<false>(rows + v * kLanes, v, scratch);
  for (const Plan& plan : plans_) {
    descend<vectors>(plan, scratch);
    for (std::size_t v = 0; v < vectors; ++v) add(plan, v, scratch);
  }
}

#if defined(__x86_64__)
template <std::size_t vectors>
MARROW_AVX2 void Forest::Lanes::score_lanes_avx2(const float* const* rows, Scratch& scratch) const {
  for (std::size_t v = 0; v < vectors; ++v) rank<true>(rows + v * kLanes, v, scratch);
  for (const Plan& plan : plans_) {
    descend<vectors>(plan, scratch);
    for (std::size_t v = 0; v < vectors; ++v) {
      if (plan.table == kNoTable) {
        add(plan, v, scratch);
        continue;
      }
      float* const sums = scratch.sums[plan.cls * kVectors + v].data();
      const std::uint8_t* const table = tables_.data() + plan.table;
      if (plan.end_step - plan.first_step < kTableLeaves / 2) add_leaves<true>(table, root_of(plan, scratch) + v, sums);
      else add_leaves<false>(table, root_of(plan, scratch) + v, sums);
    }
  }
}
#else
template <std::size_t vectors>
void Forest::Lanes::score_lanes_avx2(const float* const* rows, Scratch& scratch) const {
  score_lanes<vectors>(rows, scratch);
}
#endif

template <std::size_t vectors>
void Forest::Lanes::score_some(const float* const* rows, std::size_t count, Scratch& scratch, float* out) const {
  static const bool avx2 = has_avx2();
  const std::size_t classes = bias_.size();
  for (std::size_t c = 0; c < classes; ++c)
    for (std::size_t v = 0; v < vectors; ++v) scratch.sums[c * kVectors + v].fill(bias_[c]);
  avx2 ? score_lanes_avx2<vectors>(rows, scratch) : score_lanes<vectors>(rows, scratch);
  for (std::size_t r = 0; r < count; ++r)
    for (std::size_t c = 0; c < classes; ++c)
      *out++ = scratch.sums[c * kVectors + r / kLanes][place_of(r % kLanes)];
}

template <typename RowOf>
void Forest::Lanes::score_rows(std::size_t n, const RowOf& row_of, std::vector<float>& out) const {
  const std::size_t classes = bias_.size();
  Scratch scratch;
  for (std::size_t i = 0; i < most_leaves_; ++i) std::memset(&scratch.leaf[i], static_cast<int>(i), sizeof scratch.leaf[i]);
  std::array<const float*, kLanes * kVectors> lanes;
  for (std::size_t first = 0; first < n; first += lanes.size()) {
    const std::size_t count = std::min(n - first, lanes.size());
    // Past the end the last row stands in.
    for (std::size_t r = 0; r < lanes.size(); ++r) lanes[r] = row_of(first + std::min(r, count - 1));
    if (count > kLanes) score_some<kVectors>(lanes.data(), count, scratch, &out[first * classes]);
    else score_some<1>(lanes.data(), count, scratch, &out[first * classes]);
  }
}

template <typename RowOf>
void Forest::score_rows(std::size_t n, const RowOf& row_of, std::vector<float>& out) const {
  const std::size_t classes = bias_.size();
  out.resize(n * classes);
  if (const Lanes* const layout = lanes(n)) return layout->score_rows(n, row_of, out);
  for (std::size_t r = 0; r < n; ++r) walk_row(row_of(r), &out[r * classes]);
}

void Forest::score(std::span<const float> rows, std::size_t stride, std::vector<float>& out) const {
  score_rows(stride ? rows.size() / stride : 0, [&](std::size_t r) { return &rows[r * stride]; }, out);
}

void Forest::score(std::span<const float> rows, std::size_t stride, std::span<const std::uint32_t> which,
                   std::vector<float>& out) const {
  score_rows(which.size(), [&](std::size_t r) { return &rows[which[r] * stride]; }, out);
}

void Forest::walk_row(const float* row, float* out) const {
  std::copy(bias_.begin(), bias_.end(), out);
  for (const Tree& tree : trees_) {
    const TreeNode* const nodes = nodes_.data() + tree.first_node;
    int at = tree.nodes ? 0 : -1;
    while (at >= 0) at = row[nodes[at].column] <= nodes[at].threshold ? nodes[at].left : nodes[at].right;
    out[tree.cls] += leaves_[tree.first_leaf + static_cast<std::uint32_t>(-(at + 1))];
  }
}

void Forest::walk(std::span<const float> rows, std::size_t stride, std::vector<float>& out) const {
  const std::size_t n = stride ? rows.size() / stride : 0;
  out.resize(n * bias_.size());
  for (std::size_t r = 0; r < n; ++r) walk_row(&rows[r * stride], &out[r * bias_.size()]);
}

}  // namespace marrow
