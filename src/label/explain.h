// Explainer: why each block and link of a page got its verdict, and the nearest single change that would have given it another.
//
//   Explainer explainer(rules, &models);                         // models may be nullptr
//   const Explanations& why = explainer.explain(document, matches, labels);
//
// Takes what the label stage took and gave, works everything out anew. Nothing of it runs, or is kept, while pages
// are cleaned. "What would flip it" is exact and all else equal: the models are asked again with one column changed, the page's
// cut held; rules are matched again with one of them left out. Plain texts have no models: of them only the latter. Lives until the next explain(); views into the Explainer. One thread.
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "label/judge.h"
#include "label/verdict.h"

namespace marrow {

struct Reason {
  std::string_view model;              // "context", "blocks", "link_context", "links", "teasers": a file of rules/model/
  const FeatureInfo* column = nullptr;
  float value = 0;
  float effect = 0;                    // log odds towards (> 0) or away from the verdict, against the page's mean
};

struct Flip {
  bool enough = true;                  // false: no single change would do; of all, this one comes nearest to the cut
  Verdict becomes;                     // label, kind and who would decide, were it enough
  Id without_rule = kNone;             // this rule left out; else this column changed:
  std::string_view model;
  const FeatureInfo* column = nullptr;
  float value = 0, limit = 0;
  bool above = false;                  // true: were it above `limit`; false: at or below it
  float probability = 0;               // of what was asked, behind the change
};

struct Explanation {
  std::string_view asked;              // what the model was asked: "body", "onward", "excerpt"; "" = no model was
  float probability = 0, cut = 0;      // its answer, and from where on that is a yes
  Id of_link = kNone;                  // blocks that follow a link they hold: the link the model was asked about
  std::string_view barred;             // why a yes does not count: "leads to no page", "leads to the page itself"
  std::vector<Reason> reasons;         // strongest first, kReasons of a model at most
  std::optional<Flip> flip;            // none: no model has a say, nothing brings it nearer to the cut,
                                       // or the page is so large that only those nearest to their cut were asked

  static constexpr std::size_t kReasons = 5;
};

struct Explanations {
  float cut = 0;  // of the body, on this page
  std::vector<Explanation> blocks, links;
};

class Explainer {
 public:
  Explainer(const RuleSet& rules, const Models* models);
  ~Explainer();
  const Explanations& explain(const Document& document, const Matches& matches, const Labels& labels);

 private:
  struct Page;
  void rules_left_out(const Document& document, const Matches& all, const Labels& now,
                      const std::function<Labels(const Matches&)>& label);

  const RuleSet& rules_;
  const Models* models_;
  Judge judge_;
  Explanations out_;
};

}  // namespace marrow
