// consult_teasers: an excerpt is the beginning of another page. See consult.h.
#include <algorithm>
#include <unordered_map>
#include <vector>

#include "label/passes.h"
#include "memory/consult_passes.h"
#include "memory/hashes.h"

namespace marrow {
namespace {

// An excerpt and its link stand at most this many blocks apart: title, kicker, byline, date, label between them.
constexpr Id kReach = 6;
// A card has no more blocks than these: kicker, title, byline, date, excerpt, label.
constexpr Id kCardBlocks = 6;
// A page whose body is excerpts of so many other pages, for the larger part, is an index whatever it looked like.
constexpr std::size_t kIndexItems = 3;
// A link that covers this much of a block is the block.
constexpr double kAllLink = 0.8;

struct Proof {
  Id block = kNone, link = kNone;
  const KnownPage* page = nullptr;
};

class Teasers {
 public:
  Teasers(const PageOnHost& on, Labels& labels) : on_(on), d_(on.page.document), labels_(labels) {}

  void run() {
    find_targets();
    find_proofs();
    recognise_index();
    for (const Proof& proof : proofs_) settle(proof);
    std::sort(labels_.resolved.begin(), labels_.resolved.end(), [](const Resolved& a, const Resolved& b) { return a.block < b.block; });
  }

 private:
  // Links to pages of the host that are known, by the block they stand in.
  void find_targets() {
    for (Id l = 0; l < d_.links.size(); ++l) {
      const Link& link = d_.links[l];
      if (link.url.empty() || link.same_page) continue;
      const std::uint64_t key = page_key(link.url);
      if (key == on_.key) continue;
      if (const KnownPage* page = on_.host.page(key)) targets_.push_back({link.first_block, l, page});
    }
  }

  // The nearest link to a page that begins like the block.
  Proof proof_of(Id b, std::uint32_t opening) const {
    Proof best;
    Id nearest = kReach + 1;
    auto at = std::lower_bound(targets_.begin(), targets_.end(), b > kReach ? b - kReach : 0,
                               [](const Proof& target, Id block) { return target.block < block; });
    for (; at != targets_.end() && at->block <= b + kReach; ++at) {
      const Id distance = at->block > b ? at->block - b : b - at->block;
      if (distance >= nearest || !on_.host.opens(opening, *at->page)) continue;
      nearest = distance;
      best = {b, at->link, at->page};
    }
    return best;
  }

  // The site's own words about itself may open the body of any of its pages: they preview none.
  bool recurs(Id b) const {
    const std::uint32_t hash = text_hash(d_.blocks[b].text);
    return hash && on_.host.pages_with_text(hash) >= kLeastPages;
  }

  void find_proofs() {
    for (Id b = 0; b < d_.blocks.size(); ++b) {
      if (labels_.blocks[b].by == Decider::filter || d_.blocks[b].pre) continue;
      if (recurs(b)) continue;
      const std::uint32_t opening = opening_hash(d_.blocks[b].text, kOpening);
      if (!opening || !on_.host.opens_some_page(opening)) continue;
      const Proof proof = proof_of(b, opening);
      if (proof.page && may_be_teaser(b, proof)) proofs_.push_back(proof);
      else if (!proof.page) resolve_alone(b);
    }
  }

  // The block is the title of what it leads to.
  bool is_title(Id b, const Proof& proof) const {
    const Block& block = d_.blocks[b];
    const Link& link = d_.links[proof.link];
    if (block.heading_level || title_hash(block.text) == proof.page->title) return true;
    return link.end_block == link.first_block + 1 && link.first_block == b && block.link_density() >= kAllLink;
  }

  // A heading is a title, and a text inside the page's own run is its own: an article and the index that
  // quotes it link to each other.
  bool may_be_teaser(Id b, const Proof& proof) const {
    const Block& block = d_.blocks[b];
    if (is_title(b, proof)) return false;
    if (labels_.blocks[b].label != Label::body || is_index(labels_.kind)) return true;
    if (block.link_density() >= 0.5) return true;
    return on_.page.judge && in_card_with(b, proof.link);
  }

  bool in_card_with(Id b, Id link) const {
    const Id item = on_.page.judge->facts.item(d_.blocks[b].element);
    if (item == kNone || d_.elements[item].end_block - d_.elements[item].first_block > kCardBlocks) return false;
    return d_.inside(d_.links[link].element, item);
  }

  void recognise_index() {
    if (is_index(labels_.kind)) return;
    std::vector<const KnownPage*> pages;
    std::uint32_t quoted = 0, body = 0;
    for (Id b = 0; b < d_.blocks.size(); ++b)
      if (labels_.blocks[b].label == Label::body) body += d_.blocks[b].words;
    for (const Proof& proof : proofs_) {
      if (labels_.blocks[proof.block].label != Label::body) continue;
      quoted += d_.blocks[proof.block].words;
      pages.push_back(proof.page);
    }
    std::sort(pages.begin(), pages.end());
    pages.erase(std::unique(pages.begin(), pages.end()), pages.end());
    if (pages.size() >= kIndexItems && quoted * 2 > body) labels_.kind = PageKind::listing;
  }

  void settle(const Proof& proof) {
    Verdict& v = labels_.blocks[proof.block];
    labels_.resolved.push_back({proof.block, proof.page->url});
    v.partner = proof.link;
    v.truncated = v.truncated || ends_cut(d_.blocks[proof.block].text) || ends_cut(without_last_link(proof.block));
    if (v.label == Label::teaser || v.excerpt) return;
    v.by = Decider::memory;
    v.score = 1;
    v.why = "begins the text of the page that is linked beside it";
    if (v.label == Label::body && is_index(labels_.kind)) {
      v.excerpt = true;
      return;
    }
    v.label = Label::teaser;
    v.kind = RelatedKind::none;
  }

  // "It was a cold spring … Read more": the text ends before the link.
  std::string_view without_last_link(Id b) const {
    const Block& block = d_.blocks[b];
    for (Id s = block.first_span; s < block.end_span; ++s)
      if (d_.spans[s].link != kNone && d_.spans[s].end == block.text.size()) return block.text.substr(0, d_.spans[s].begin);
    return block.text;
  }

  // Without a link: a teaser already, and long enough to tell whose beginning it is.
  void resolve_alone(Id b) {
    const Verdict& v = labels_.blocks[b];
    if (v.label != Label::teaser && !v.excerpt) return;
    const KnownPage* page = on_.host.beginning(opening_hash(d_.blocks[b].text, kBeginning));
    if (page && page->key != on_.key) labels_.resolved.push_back({b, page->url});
  }

  const PageOnHost& on_;
  const Document& d_;
  Labels& labels_;
  std::vector<Proof> targets_, proofs_;
};

}  // namespace

void consult_teasers(const PageOnHost& on, Labels& labels) { Teasers(on, labels).run(); }

}  // namespace marrow
