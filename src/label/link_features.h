// LinkFeatures: one row of numbers a link: its text, the shape of its URL against the page's, what other links
// of its list look like (a list is judged as one thing), the heading over it, the block it stands in and where that lies
// against the body. The columns of the link model (is it onward reading?) and of the kind model (which kind).
#pragma once

#include <array>
#include <span>
#include <vector>

#include "label/columns.h"
#include "label/context.h"
#include "label/facts.h"
#include "label/verdict.h"
#include "label/inherited_signals.h"
#include "label/signal_columns.h"
#include "label/signal_groups.h"
#include "rules/matches.h"
#include "rules/ruleset.h"

namespace marrow {

// What earlier passes said of the page.
struct PageJudgement {
  std::span<const float> body;             // p(body) of each block
  std::array<float, kPageKinds> kind{};    // probability of each page kind
  Id first_body = kNone, last_body = kNone;  // first and last block of the body's longest stretch
};

class LinkFeatures {
 public:
  explicit LinkFeatures(const RuleSet& rules);
  const std::vector<FeatureInfo>& columns() const { return columns_; }
  // Columns that nobody asks for may be left out of the rows from now on.
  void ask(const AskedColumns& asked);
  std::span<const float> compute(const PageFacts& facts, const Matches& matches, const PageJudgement& judgement);
  // The heading block over the list that a link stands in, kNone; valid after compute().
  Id list_heading(Id link) const { return own_[link].heading; }
  Id list(Id link) const { return own_[link].list; }
  float words(Id link) const { return own_[link].words; }
  // The columns of what a link is by itself, for models that ask more of it.
  template <typename Out>
  void own_columns(Out& out, Id link) const;
  void free_rows() { std::vector<float>().swap(rows_); }  // what compute() gave; it grows anew

 private:
  // What a link is by itself; means of these over its list are columns too.
  struct Own {
    float words = 0, slug = 0, title_like = 0, same_host = 0, shape = 0, depth_difference = 0, last_length = 0, hyphens = 0,
          digits = 0, image = 0, whole_block = 0, capital = 0, duplicate = 0, slug_item = 0, prefix = 0, ends = 0, query = 0, body = 0, has_url = 0;
    Id list = kNone, heading = kNone, block = kNone, item = kNone;
    std::uint32_t same_target = 1, target_order = 0;
    bool target_has_text = false;
    float best_words = 0;  // most words of a link to the same target
  };
  // Which phrases the first short blocks of each element hold, and how many steps up an element that does is: headings
  // stand in the container of their list, however deep.
  void headings(const PageFacts& facts, const Matches& matches);
  // How a URL is built. Views into it.
  struct UrlShape {
    std::string_view host, path, last, query;
    float depth = 0, hyphens = 0, digits = 0;
    bool slash = false, date = false, extension = false;
  };
  static UrlShape shape_of(std::string_view url);
  static float likeness(const UrlShape& a, const UrlShape& b);
  float mass_of(const PageFacts& facts, const PageJudgement& judgement, Id element);
  struct Mean {
    float links = 0, targets = 0;
    std::array<float, 14> sums{};
  };
  void measure(const PageFacts& facts, const PageJudgement& judgement);
  void lists(const PageFacts& facts);
  template <typename Out>
  void row(Out& out, const PageFacts& facts, const Matches* matches, const PageJudgement& judgement, Id link);
  static std::array<float, 14> averaged(const Own& own);

  const RuleSet& rules_;
  std::vector<FeatureInfo> columns_;
  SignalColumns near_, any_, block_is_, over_is_, before_is_, is_;
  InheritedSignals inherited_;
  std::vector<Own> own_;
  std::vector<Mean> means_;        // by element (the list)
  std::vector<Id> phrases_;                // the signals that headings are asked for
  std::vector<std::uint64_t> phrase_mask_;  // the same as a row of bits
  std::vector<std::uint8_t> steps_;        // element x phrase: steps up to the heading + 1, 0 = none near
  std::vector<UrlShape> urls_;             // of each link
  std::vector<float> mass_;                // of each element: words x p(body) of its blocks, -1 = not added up yet
  std::string lower_, other_lower_, item_text_;
  std::vector<float> rows_;
  std::vector<std::pair<std::uint64_t, Id>> targets_;
};

template <typename Out>
void LinkFeatures::own_columns(Out& out, Id link) const {
  const Own& o = own_[link];
  out.group("own_");
  out("words", "words of its text", o.words);
  out("slug", "share of its longer words that stand in its URL: slugs are made from titles", o.slug);
  out("title_like", "share of its words in the page's title", o.title_like);
  out("capital", "starts with a capital", o.capital);
  out("ends", "ends with an end mark", o.ends);
  out("same_host", "stays on the host", o.same_host);
  out("shape", "likeness of its URL's build to the page's, 0..1", o.shape);
  out("depth_difference", "steps more than the page's", o.depth_difference);
  out("prefix", "steps shared with the page's path", o.prefix);
  out("last_length", "bytes of its last step", o.last_length);
  out("hyphens", "hyphens in its last step", o.hyphens);
  out("digits", "digits in its path", o.digits);
  out("query", "has a query", o.query);
  out("whole_block", "it is all of its block", o.whole_block);
  out("body", "p(body) of its block", o.body);
  out("same_target", "ln links of the page to the same target", ln(static_cast<float>(o.same_target)));
  out("target_words", "most words of a link to that target", o.best_words);
}

}  // namespace marrow
