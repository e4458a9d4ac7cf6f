#include "label/link_features.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "base/url.h"
#include "label/naming_page.h"

namespace marrow {
namespace {

constexpr std::array kUp = {Tag::article_, Tag::main_, Tag::aside_, Tag::nav_, Tag::header_, Tag::footer_, Tag::section_, 
                            Tag::ul_, Tag::ol_, Tag::table_, Tag::figure_, Tag::p_, Tag::h1_, Tag::h2_, Tag::h3_, Tag::h4_, Tag::li_};

float shared_prefix(std::string_view a, std::string_view b) {
  std::size_t i = 0, steps = 0;
  while (i < a.size() && i < b.size() && a[i] == b[i]) {
    if (a[i] == '/' && i > 0) ++steps;
    ++i;
  }
  return static_cast<float>(steps);
}

void lower_into(std::string_view text, std::string& out) {
  out.resize(text.size());
  std::transform(text.begin(), text.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
}

struct LongWords {
  float words = 0, found = 0;
};

// The words of four ASCII letters and digits and more of `text`, and how many of them stand in `other`. Both in lower case.
LongWords long_words(std::string_view text, std::string_view other) {
  LongWords count;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const bool word = i < text.size() && ((text[i] >= 'a' && text[i] <= 'z') || (text[i] >= '0' && text[i] <= '9'));
    if (word) continue;
    if (i - begin >= 4) {
      count.words += 1;
      if (other.find(text.substr(begin, i - begin)) != std::string_view::npos) count.found += 1;
    }
    begin = i + 1;
  }
  return count;
}

// Bytes of an item's text that are compared with its links' slugs: cards are short, and the search is quadratic.
constexpr std::size_t kItemBytes = 600;
// A heading over a list has at most this many words.
constexpr float kHeadingWords = 8;
// Steps up to a heading that are told apart.
constexpr std::uint8_t kSteps = 10;

}  // namespace

LinkFeatures::UrlShape LinkFeatures::shape_of(std::string_view url) {
  UrlShape p;
  UrlParts parts;
  if (split_url(url, &parts)) {
    p.host = host_without_www(parts.host);
    p.path = parts.path;
    p.query = parts.query;
  } else {  // as written on a page that does not know its own address
    const std::size_t query = url.find('?');
    p.path = url.substr(0, query);
    if (query != std::string_view::npos) p.query = url.substr(query + 1);
  }
  p.slash = p.path.size() > 1 && p.path.ends_with('/');
  std::string_view path = p.path;
  while (path.ends_with('/')) path.remove_suffix(1);
  p.depth = static_cast<float>(std::count(path.begin(), path.end(), '/'));
  p.last = path.substr(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1);
  p.extension = p.last.find('.') != std::string_view::npos;
  p.hyphens = static_cast<float>(std::count_if(p.last.begin(), p.last.end(), [](char c) { return c == '-' || c == '_'; }));
  for (std::size_t i = 0; i < path.size(); ++i) {
    const bool digit = path[i] >= '0' && path[i] <= '9';
    if (digit) p.digits += 1;
    if (path[i] == '/' && i + 5 < path.size() && (path[i + 1] == '1' || path[i + 1] == '2') && path[i + 2] >= '0' &&
        path[i + 2] <= '9' && path[i + 3] >= '0' && path[i + 3] <= '9' && path[i + 4] >= '0' && path[i + 4] <= '9')
      p.date = true;  // /2025/… or /2025-11-…
  }
  return p;
}

// How alike two URLs are built: depth, length of the slug, hyphens, date, ending. 0..1.
float LinkFeatures::likeness(const UrlShape& a, const UrlShape& b) {
  float like = 0;
  like += flag(a.depth == b.depth);
  like += flag(a.slash == b.slash);
  like += flag(a.extension == b.extension);
  like += flag(a.date == b.date);
  like += flag(a.query.empty() == b.query.empty());
  like += flag((a.hyphens >= 2) == (b.hyphens >= 2));
  like += flag((a.digits > 3) == (b.digits > 3));
  return like / 7;
}

std::array<float, 14> LinkFeatures::averaged(const Own& o) {
  return {o.words, o.slug, o.title_like, o.same_host, o.shape, o.depth_difference, o.last_length,
          o.hyphens, o.digits, o.image, o.whole_block, o.body, o.prefix, o.capital};
}

void LinkFeatures::measure(const PageFacts& facts, const PageJudgement& judgement) {
  const Document& d = facts.document();
  own_.assign(d.links.size(), {});
  const UrlShape page = shape_of(d.url);
  targets_.clear();
  urls_.resize(d.links.size());
  for (Id l = 0; l < d.links.size(); ++l) {
    const Link& link = d.links[l];
    Own& o = own_[l];
    const UrlShape& path = urls_[l] = shape_of(link.url);
    o.has_url = flag(!link.url.empty());
    o.words = static_cast<float>(count_words(link.text));
    // Slugs are made from titles: the share of the text's longer words that stand in the URL.
    lower_into(link.text, lower_);
    lower_into(path.last, other_lower_);
    const LongWords slug = long_words(lower_, other_lower_);
    o.slug = slug.words > 0 ? slug.found / slug.words : 0;
    o.title_like = facts.share_in_title(link.text);
    o.same_host = flag(link.same_host);
    o.shape = link.same_host ? likeness(path, page) : 0;
    o.depth_difference = path.depth - page.depth;
    o.last_length = static_cast<float>(path.last.size());
    o.hyphens = path.hyphens;
    o.digits = path.digits;
    o.image = flag(link.image);
    o.prefix = link.same_host ? shared_prefix(path.path, page.path) : -1;
    o.query = flag(!path.query.empty());
    if (!link.text.empty()) {
      std::size_t at = 0;
      o.capital = flag(is_upper(next_code_point(link.text, at)));
      o.ends = flag(is_terminal(static_cast<unsigned char>(link.text.back())));
    }
    if (link.first_block < d.blocks.size()) {
      o.block = link.first_block;
      o.body = judgement.body[link.first_block];
      const Block& block = d.blocks[link.first_block];
      if (link.end_block > link.first_block)
        o.whole_block = flag(static_cast<float>(link.text.size()) > 0.9F * static_cast<float>(block.text.size()));
    }
    if (!link.url.empty()) targets_.emplace_back(hash64(link.url), l);
  }
  std::sort(targets_.begin(), targets_.end());
  for (std::size_t i = 0; i < targets_.size();) {
    std::size_t j = i;
    float best = 0;
    for (; j < targets_.size() && targets_[j].first == targets_[i].first; ++j) best = std::max(best, own_[targets_[j].second].image > 0 ? 0.0F : own_[targets_[j].second].words);
    for (std::size_t k = i; k < j; ++k) {
      Own& o = own_[targets_[k].second];
      o.same_target = static_cast<std::uint32_t>(j - i);
      o.target_order = static_cast<std::uint32_t>(k - i);
      o.best_words = best;
      o.target_has_text = best > 0;
    }
    i = j;
  }
}

void LinkFeatures::lists(const PageFacts& facts) {
  const Document& d = facts.document();
  means_.assign(d.elements.size(), {});
  mass_.assign(d.elements.size(), -1);
  Id last_item = kNone;
  for (Id l = 0; l < own_.size(); ++l) {
    Own& o = own_[l];
    const Id element = d.links[l].element;
    o.item = facts.item(element);
    if (o.item != kNone) {
      const Element& item = d.elements[o.item];
      if (o.item != last_item) {
        last_item = o.item;
        item_text_.clear();
        for (Id b = item.first_block; b < item.end_block && item_text_.size() < kItemBytes; ++b) {
          lower_into(d.blocks[b].text.substr(0, kItemBytes), lower_);
          item_text_.append(lower_) += ' ';
        }
      }
      // The title of what a "Read more" leads to, wherever in the card: the share of the slug's longer words that stand there.
      lower_into(urls_[l].last, lower_);
      const LongWords slug = long_words(lower_, item_text_);
      o.slug_item = slug.words > 1 ? slug.found / slug.words : 0;
    }
    // The list is the parent of the repeated item; a link in no item belongs to its nearest block element's parent.
    o.list = o.item != kNone ? d.elements[o.item].parent : d.elements[element].parent;
    if (o.list == kNone) continue;
    Mean& mean = means_[o.list];
    mean.links += 1;
    if (o.target_order == 0) mean.targets += 1;
    const auto values = averaged(o);
    for (std::size_t i = 0; i < values.size(); ++i) mean.sums[i] += values[i];
    // The heading over the list: the last block before it, if that is a heading or a short unlinked line; else
    // the heading of its first block.
    const Element& list = d.elements[o.list];
    if (list.first_block < list.end_block) {
      const Id first = list.first_block;
      // Headings inside the list but before its first item count: <div><h3>Related</h3><div>item</div>…
      Id heading = d.blocks[first].heading;
      if (o.item != kNone) {
        Id first_item = o.item;
        for (Id e = o.list + 1; e < list.end; e = d.elements[e].end)
          if (facts.item(e) == e) {
            first_item = e;
            break;
          }
        const Id head_end = d.elements[first_item].first_block;
        for (Id b = first; b < head_end && b < list.end_block; ++b)
          if (facts.block(b).words <= 12) heading = b;
      }
      if (first > 0 && (heading == kNone || heading < first)) {
        const Block& before = d.blocks[first - 1];
        const BlockFacts& f = facts.block(first - 1);
        if (f.words <= 8 && f.link_density < 0.5F && !f.ends_terminal && !before.hidden) heading = first - 1;
      }
      o.heading = heading;
    }
  }
}

void LinkFeatures::headings(const PageFacts& facts, const Matches& matches) {
  const Document& d = facts.document();
  const std::size_t n = phrases_.size();
  steps_.assign(d.elements.size() * n, 0);
  for (Id e = 0; e < d.elements.size(); ++e) {
    const Element& element = d.elements[e];
    std::uint8_t* steps = &steps_[e * n];
    if (element.parent != kNone) {
      const std::uint8_t* up = &steps_[element.parent * n];
      for (std::size_t i = 0; i < n; ++i) steps[i] = up[i] == 0 || up[i] >= kSteps ? 0 : static_cast<std::uint8_t>(up[i] + 1);
    }
    for (Id b = element.first_block; b < element.end_block && b < element.first_block + 2; ++b) {
      if (facts.block(b).words > kHeadingWords) break;
      const std::uint64_t* const row = matches.block_row(b);
      std::uint64_t some = 0;
      for (std::size_t w = 0; w < phrase_mask_.size(); ++w) some |= row[w] & phrase_mask_[w];
      for (std::size_t i = 0; some != 0 && i < n; ++i)
        if (matches.block_has(b, phrases_[i])) steps[i] = 1;
    }
  }
}

template <typename Out>
void LinkFeatures::row(Out& out, const PageFacts& facts, const Matches* matches, const PageJudgement& judgement, Id l) {
  const Document& d = facts.document();
  const Link& link = d.links[l];
  const Own& o = own_[l];
  const UrlShape& path = urls_[l];
  out.group("");
  out("words", "words of its text", o.words);
  out("chars", "ln bytes of its text", ln(static_cast<float>(link.text.size())));
  out("slug", "share of its longer words that stand in its URL: slugs are made from titles", o.slug);
  out("slug_item", "share of its URL's words that stand in its item, of the first 600 bytes", o.slug_item);
  out("title_like", "share of its words in the page's title", o.title_like);
  out("capital", "starts with a capital", o.capital);
  out("ends", "ends with an end mark", o.ends);
  out("ellipsis", "ends with an ellipsis: a cut title", flag(link.text.ends_with("...") || link.text.ends_with("\xE2\x80\xA6")));
  out("image", "an image and no text", o.image);
  out("empty", "no text at all", flag(link.text.empty()));
  out("has_url", "leads to a page", o.has_url);
  out("same_host", "stays on the host", o.same_host);
  out("same_page", "leads to the page itself", flag(link.same_page));
  out("fragment", "has a fragment", flag(link.href.find('#') != std::string_view::npos));
  out("shape", "likeness of its URL's build to the page's, 0..1", o.shape);
  out("depth", "steps of its path", path.depth);
  out("depth_difference", "steps more than the page's", o.depth_difference);
  out("prefix", "steps shared with the page's path", o.prefix);
  out("last_length", "bytes of its last step", o.last_length);
  out("hyphens", "hyphens in its last step", o.hyphens);
  out("digits", "digits in its path", o.digits);
  out("date", "a year in its path", flag(path.date));
  out("query", "has a query", o.query);
  out("slash", "ends with a slash", flag(path.slash));
  out("extension", "its last step has a dot", flag(path.extension));
  out("nofollow", "rel nofollow", flag(link.rel.find("nofollow") != std::string_view::npos));
  out("sponsored", "rel sponsored", flag(link.rel.find("sponsored") != std::string_view::npos));
  out("rel_tag", "rel tag, category or author", flag(link.rel.find("tag") != std::string_view::npos || link.rel.find("author") != std::string_view::npos));
  out("rel_next", "rel next", flag(link.rel.find("next") != std::string_view::npos));
  out("rel_prev", "rel prev", flag(link.rel.find("prev") != std::string_view::npos));
  out("rel_bookmark", "rel bookmark: titles of posts", flag(link.rel.find("bookmark") != std::string_view::npos));
  out("same_target", "ln links of the page to the same target", ln(static_cast<float>(o.same_target)));
  out("target_first", "the first of them", flag(o.target_order == 0));
  out("target_words", "most words of a link to that target", o.best_words);
  out("whole_block", "it is all of its block", o.whole_block);
  out("blocks", "blocks it covers", static_cast<float>(link.end_block - link.first_block));

  const Id n = static_cast<Id>(d.blocks.size());
  const bool in_block = link.end_block > link.first_block;
  static const Block no_block{};
  static const BlockFacts no_facts{};
  const Id b = std::min(link.first_block, n ? n - 1 : 0);
  const Block& block = in_block ? d.blocks[b] : no_block;
  const BlockFacts& f = in_block ? facts.block(b) : no_facts;
  out.group("block_");
  out("words", "ln words of its block", ln(f.words));
  out("plain_words", "ln words of its block outside links", ln(f.words - static_cast<float>(block.link_words)));
  out("link_density", "link density of its block", f.link_density);
  out("heading", "its block is a heading of this level", block.heading_level);
  out("li", "its block is a list item", flag(block.tag == Tag::li_));
  out("p", "its block is a paragraph", flag(f.in_p));
  out("cell", "its block is a table cell", flag(block.tag == Tag::td_));
  out("body", "p(body) of its block", o.body);
  out("ends_terminal", "its block ends with an end mark", flag(f.ends_terminal));
  out("ends_colon", "its block ends with a colon", flag(f.ends_colon));
  out("position", "how far into its block, 0..1", [&] {
    for (Id s = block.first_span; in_block && s < block.end_span; ++s)
      if (d.spans[s].link == l) return share(static_cast<float>(d.spans[s].begin), static_cast<float>(block.text.size()));
    return 0.0F;
  }());
  out("hidden", "not shown", flag(block.hidden));
  out.group("around_");
  for (const int offset : {-2, -1, 1, 2}) {
    const std::int64_t at = std::int64_t{b} + offset + (!in_block && offset > 0 ? -1 : 0);
    const bool there = at >= 0 && at < std::int64_t{n};
    const Id i = there ? static_cast<Id>(at) : 0;
    if constexpr (Out::naming) out.group("n" + std::to_string(offset) + "_");
    out("words", "ln words of the neighbouring block", there ? ln(facts.block(i).words) : -1);
    out("link_density", "its link density", there ? facts.block(i).link_density : -1);
    out("body", "its p(body)", there ? judgement.body[i] : -1);
    out("ends", "ends with an end mark", there ? flag(facts.block(i).ends_terminal) : 0);
    out("ellipsis", "ends with an ellipsis", there ? flag(facts.block(i).ends_ellipsis) : 0);
    out("same_item", "in the same repeated item", there && o.item != kNone ? flag(d.inside(d.blocks[i].element, o.item)) : 0);
  }
  out.group("");
  const bool body = judgement.first_body != kNone;
  out("before_body", "blocks before the body starts, ln, 0 = not before", body && b < judgement.first_body ? ln(static_cast<float>(judgement.first_body - b)) : 0);
  out("after_body", "blocks since the body's end, ln, 0 = not after", body && b > judgement.last_body ? ln(static_cast<float>(b - judgement.last_body)) : 0);
  out("in_body", "between the body's ends", flag(body && b >= judgement.first_body && b <= judgement.last_body));
  out("position", "blocks before it, 0..1", share(static_cast<float>(b), static_cast<float>(n)));
  out("headline_blocks", "signed ln blocks since the headline", facts.headline() == kNone ? 0 : signed_ln(static_cast<float>(b) - static_cast<float>(facts.headline())));
  out.group("item_");
  const Sums item = o.item == kNone ? Sums{} : facts.of_element(o.item);
  out("there", "it stands in a repeated item", flag(o.item != kNone));
  out("words", "ln words of the item", ln(item.words));
  out("blocks", "ln blocks of the item", ln(item.blocks));
  out("link_density", "link density of the item", share(item.link_chars, item.chars));
  out("links", "links in the item", o.item == kNone ? 0 : static_cast<float>(d.elements[o.item].end_link - d.elements[o.item].first_link));
  out("order", "links of the item before it", o.item == kNone ? 0 : static_cast<float>(l - d.elements[o.item].first_link));
  out("siblings", "ln items of the list", o.item == kNone ? 0 : ln(static_cast<float>(facts.siblings(o.item))));
  const Id outer = o.item == kNone ? kNone : (d.elements[o.item].parent == kNone ? kNone : facts.item(d.elements[o.item].parent));
  out("outer", "the list stands in a repeated item itself", flag(outer != kNone));
  out("outer_words", "ln words of that item", outer == kNone ? 0 : ln(facts.of_element(outer).words));
  out.group("list_");
  static const Mean no_mean{};
  const Mean& mean = o.list == kNone ? no_mean : means_[o.list];
  const Sums list = o.list == kNone ? Sums{} : facts.of_element(o.list);
  out("links", "ln links of the list", ln(mean.links));
  out("targets", "ln targets of the list", ln(mean.targets));
  out("word_count", "ln words of the list", ln(list.words));
  out("link_density", "link density of the list", share(list.link_chars, list.chars));
  out("page_share", "the list's share of the page's words", share(list.words, facts.page().words));
  constexpr std::array<const char*, 14> names = {"words", "slug", "title_like", "same_host", "shape", "depth_difference", "last_length",
                                                 "hyphens", "digits", "image", "whole_block", "body", "prefix", "capital"};
  for (std::size_t i = 0; i < names.size(); ++i) out(names[i], "mean of this over the links of its list", share(mean.sums[i], mean.links));
  constexpr std::array levels = {1, 2, 3, 4, 6};
  Id e = in_block ? block.element : link.element;
  int step = 0;
  for (const int level : levels) {
    for (; step < level && e != kNone; ++step) e = d.elements[e].parent;
    if constexpr (Out::naming) out.group("c" + std::to_string(level) + "_");
    const Sums s = e == kNone ? Sums{} : facts.of_element(e);
    const float mass = e == kNone ? 0 : mass_of(facts, judgement, e);
    out("words", "ln words of the container", ln(s.words));
    out("link_density", "its link density", share(s.link_chars, s.chars));
    out("page_share", "its share of the page's words", share(s.words, facts.page().words));
    out("body", "share of its words that are p(body)", share(mass, s.words));
    out("links", "ln links in it", e == kNone ? 0 : ln(static_cast<float>(d.elements[e].end_link - d.elements[e].first_link)));
    out("headings", "headings a block", share(s.headings, s.blocks));
  }
  out.group("up_");
  std::array<int, kUp.size()> at;
  steps_to_tags<kUp>(d, link.element, at);
  for (std::size_t i = 0; i < kUp.size(); ++i) out(tag_name(kUp[i]), "1/steps to the nearest ancestor of that tag", at[i] ? 1.0F / static_cast<float>(at[i]) : 0);
  out.group("over_");
  const Id over = o.heading;
  out("there", "there is a heading over the list", flag(over != kNone));
  out("words", "ln words of it", over == kNone ? 0 : ln(facts.block(over).words));
  out("level", "its level", over == kNone ? 0 : d.blocks[over].heading_level);
  out("blocks", "ln blocks since it", over == kNone ? 0 : ln(static_cast<float>(b) - static_cast<float>(over)));
  out("headline", "it is the page's headline", flag(over != kNone && over == facts.headline()));
  out("body", "its p(body)", over == kNone ? 0 : judgement.body[over]);
  out.group("page_");
  out("words", "ln words", ln(facts.page().words));
  out("links", "ln links", ln(static_cast<float>(d.links.size())));
  out("link_density", "link density", share(facts.page().link_chars, facts.page().chars));
  for (std::size_t k = 0; k < kPageKinds; ++k) out(name_of(static_cast<PageKind>(k)), "probability of this page kind", judgement.kind[k]);

  out.group("head_");
  for (std::size_t i = 0; i < phrases_.size(); ++i) {
    const std::uint8_t steps = matches ? steps_[link.element * phrases_.size() + i] : 0;
    out(rules_.signal_name(phrases_[i]), "1/steps up to a container that starts with a short block of this signal", steps ? 1.0F / static_cast<float>(steps) : 0);
  }
  near_.run(out, rules_, "near_", "signal on its element or the three above", matches ? inherited_.near(link.element) : nullptr);
  any_.run(out, rules_, "any_", "signal on any ancestor", matches ? inherited_.any(link.element) : nullptr);
  block_is_.run(out, rules_, "block_is_", "signal on its block", matches && in_block ? matches->block_row(b) : nullptr);
  over_is_.run(out, rules_, "over_is_", "signal on the heading over its list", matches && over != kNone ? matches->block_row(over) : nullptr);
  before_is_.run(out, rules_, "before_is_", "signal on the block before", matches && n && b > 0 ? matches->block_row(b - 1) : nullptr);
  is_.run(out, rules_, "is_", "signal on the link itself", matches ? matches->link_row(l) : nullptr);
}

LinkFeatures::LinkFeatures(const RuleSet& rules) : rules_(rules) {
  const SignalGroups signals(rules);
  near_ = any_ = SignalColumns(signals.element);
  block_is_ = over_is_ = before_is_ = SignalColumns(signals.block);
  is_ = SignalColumns(signals.link);
  for (const Id s : signals.block) {
    if (!rules.signal_name(s).starts_with("phrase.")) continue;
    phrases_.push_back(s);
    phrase_mask_.resize(std::max<std::size_t>(phrase_mask_.size(), s / 64 + 1), 0);
    phrase_mask_[s / 64] |= std::uint64_t{1} << (s % 64);
  }
  const NamingPage page;
  const std::vector<float> body{0.5F};
  PageJudgement judgement;
  judgement.body = body;
  measure(page.facts, judgement);
  lists(page.facts);
  Naming naming{columns_, ""};
  row(naming, page.facts, nullptr, judgement, 0);
}

void LinkFeatures::ask(const AskedColumns& asked) {
  near_.ask(asked, columns_, "near_", rules_);
  any_.ask(asked, columns_, "any_", rules_);
  block_is_.ask(asked, columns_, "block_is_", rules_);
  over_is_.ask(asked, columns_, "over_is_", rules_);
  before_is_.ask(asked, columns_, "before_is_", rules_);
  is_.ask(asked, columns_, "is_", rules_);
}

// Of its first 400 blocks.
float LinkFeatures::mass_of(const PageFacts& facts, const PageJudgement& judgement, Id element) {
  float& mass = mass_[element];
  if (mass >= 0) return mass;
  const Element& e = facts.document().elements[element];
  mass = 0;
  for (Id i = e.first_block; i < e.end_block && i < e.first_block + 400; ++i) mass += judgement.body[i] * facts.block(i).words;
  return mass;
}

std::span<const float> LinkFeatures::compute(const PageFacts& facts, const Matches& matches, const PageJudgement& judgement) {
  const Document& d = facts.document();
  measure(facts, judgement);
  lists(facts);
  headings(facts, matches);
  inherited_.compute(d, matches, 3);
  rows_.resize(d.links.size() * columns_.size());
  Filling out{rows_.data()};
  for (Id l = 0; l < d.links.size(); ++l) row(out, facts, &matches, judgement, l);
  return rows_;
}

}  // namespace marrow
