// LinkContext: what the link model said of the whole page -> one row a link for the second link model, which judges
// lists as one thing: a link is asked again knowing what the other links of its item, its list, its containers,
// of the same markup anywhere on the page and of the same folder of the site came out as, and what the page seems to
// be made of. Same rules as label/features.h. The columns of both second models (onward or not; which kind).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "label/columns.h"
#include "label/facts.h"
#include "label/link_features.h"

namespace marrow {

inline constexpr std::size_t kLinkKinds = 9;  // RelatedKind without none

class LinkContext {
 public:
  // `links`: as constructed; the names of its own columns are among these.
  explicit LinkContext(const LinkFeatures& links);
  const std::vector<FeatureInfo>& columns() const { return columns_; }
  // `p`: p(onward) of each link by itself; `kinds`: kLinkKinds probabilities a link.
  std::span<const float> compute(const PageFacts& facts, const LinkFeatures& links, const PageJudgement& judgement,
                                 std::span<const float> p, std::span<const float> kinds);
  // The row of one link, were `p` what the first model said: for asking "what if".
  void compute_one(const PageFacts& facts, const LinkFeatures& links, const PageJudgement& judgement, std::span<const float> p,
                   std::span<const float> kinds, Id link, std::vector<float>& values);
  void free_rows() { std::vector<float>().swap(rows_); }  // what compute() gave; it grows anew

 private:
  // What links that belong together came out as. Links to one target count once, by the surest of them.
  struct Group {
    float targets = 0, sum = 0, most = 0, sure = 0, words = 0;
    std::array<float, kLinkKinds> kinds{};
    void add(float p, float words_of_text, std::span<const float> kinds_of_link);
  };
  struct Slot {
    std::uint64_t key = 0;
    Group group;
  };
  struct Own {
    Id first = kNone;        // the surest link to the same target
    float target_most = 0, target_sum = 0;
    std::uint32_t markup = 0, folder = 0;  // slots of its groups
    std::uint32_t run_begin = 0, run_end = 0;
  };
  void group(const PageFacts& facts, const LinkFeatures& links, std::span<const float> p, std::span<const float> kinds);
  std::uint32_t slot(std::uint64_t key);
  Group range(Id first, Id end) const;
  template <typename Out>
  void row(Out& out, const PageFacts& facts, const LinkFeatures& links, const PageJudgement& judgement, std::span<const float> p,
           std::span<const float> kinds, Id link) const;

  std::vector<FeatureInfo> columns_;
  std::vector<Own> own_;
  std::vector<Group> prefix_;  // sums over the links before each: an element's links are a range
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> index_;
  std::vector<std::pair<std::uint64_t, Id>> targets_;
  Group page_;
  std::vector<float> rows_;
};

}  // namespace marrow
