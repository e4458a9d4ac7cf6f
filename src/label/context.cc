#include "label/context.h"

#include <algorithm>

#include "label/naming_page.h"

namespace marrow {
namespace {

constexpr std::array<const char*, kPageKinds> kKindNames = {"article", "listing",       "collection", "forum",
                                                            "product", "documentation", "service"};

bool path_has(std::string_view url, std::string_view word) { return url.find(word) != std::string_view::npos; }

}  // namespace

// Sums of p(body) x words over prefixes of the page.
struct ContextFeatures::Prefix {
  std::vector<float> mass, words, blocks;
  Prefix(const PageFacts& facts, std::span<const float> body)
      : mass(body.size() + 1), words(body.size() + 1), blocks(body.size() + 1) {
    for (Id b = 0; b < body.size(); ++b) {
      const float w = facts.block(b).words;
      mass[b + 1] = mass[b] + w * body[b];
      words[b + 1] = words[b] + w;
      blocks[b + 1] = blocks[b] + body[b];
    }
  }
  float mean(Id first, Id end) const { return share(mass[end] - mass[first], words[end] - words[first]); }
  float flat(Id first, Id end) const { return share(blocks[end] - blocks[first], static_cast<float>(end - first)); }
  float total() const { return mass.back(); }
};

void ContextFeatures::group(const PageFacts& facts, std::span<const float> body) {
  const Document& d = facts.document();
  paths_.assign(facts.path_slots(), {});
  section_begin_.resize(body.size());
  section_end_.resize(body.size());
  for (Id b = 0; b < body.size(); ++b) {
    const float w = facts.block(b).words;
    PathMass& path = paths_[facts.path_slot(b)];
    path.mass += w * body[b];
    path.words += w;
    path.flat += body[b];
    path.blocks += 1;
    section_begin_[b] = b > 0 && d.blocks[b].heading == d.blocks[b - 1].heading ? section_begin_[b - 1] : b;
  }
  for (Id b = static_cast<Id>(body.size()); b-- > 0;)
    section_end_[b] = b + 1 < body.size() && section_begin_[b + 1] == section_begin_[b] ? section_end_[b + 1] : b + 1;
}

template <typename Out>
void ContextFeatures::row(Out& out, const PageFacts& facts, std::span<const float> body, const Prefix& prefix,
                          const std::array<float, kPageKinds>& kind, Id b) const {
  const Document& d = facts.document();
  const Block& block = d.blocks[b];
  const BlockFacts& f = facts.block(b);
  const Id n = static_cast<Id>(body.size());
  out.group("");
  out("p", "p(body) of the block model", body[b]);
  for (int offset = -5; offset <= 5; ++offset) {
    if (offset == 0) continue;
    const std::int64_t at = std::int64_t{b} + offset;
    if constexpr (Out::naming) out.group("p" + std::to_string(offset));
    out("", "p(body) of the neighbour so many blocks on, -1 = past the end",
        at >= 0 && at < n ? body[static_cast<std::size_t>(at)] : -1.0F);
  }
  out.group("");
  for (const Id radius : {2U, 5U, 10U, 20U}) {
    const Id first = b > radius ? b - radius : 0, end = std::min(n, b + radius + 1);
    if constexpr (Out::naming) out.group("w" + std::to_string(radius) + "_");
    out("mean", "p(body) by words in the window", prefix.mean(first, end));
    out("flat", "p(body) by blocks in the window", prefix.flat(first, end));
    out("before", "p(body) by words in its first half", prefix.mean(first, b));
    out("after", "p(body) by words in its second half", prefix.mean(b + 1 > n ? n : b + 1, end));
  }
  constexpr std::array levels = {0, 1, 2, 3, 4, 6, 8};
  Id e = block.element;
  int step = 0;
  for (const int level : levels) {
    for (; step < level && e != kNone; ++step) e = d.elements[e].parent;
    if constexpr (Out::naming) out.group("c" + std::to_string(level) + "_");
    const Element* c = e == kNone ? nullptr : &d.elements[e];
    out("mean", "p(body) by words in the container", c ? prefix.mean(c->first_block, c->end_block) : 0);
    out("flat", "p(body) by blocks in the container", c ? prefix.flat(c->first_block, c->end_block) : 0);
    out("hold", "share of the page's p(body) words it holds",
        c ? share(prefix.mass[c->end_block] - prefix.mass[c->first_block], prefix.total()) : 0);
    out("words", "ln words in it", c ? ln(prefix.words[c->end_block] - prefix.words[c->first_block]) : 0);
  }
  const Id item = facts.item(block.element);
  const Id list = item == kNone ? kNone : d.elements[item].parent;
  out.group("list_");
  out("mean", "p(body) by words of the list it stands in", list == kNone ? -1 : prefix.mean(d.elements[list].first_block, d.elements[list].end_block));
  out("flat", "p(body) by blocks of that list", list == kNone ? -1 : prefix.flat(d.elements[list].first_block, d.elements[list].end_block));
  out("item_mean", "p(body) by words of its item", item == kNone ? -1 : prefix.mean(d.elements[item].first_block, d.elements[item].end_block));
  out("item_p_max", "highest p(body) in its item", [&] {
    if (item == kNone) return -1.0F;
    float most = 0;
    for (Id i = d.elements[item].first_block; i < d.elements[item].end_block; ++i) most = std::max(most, body[i]);
    return most;
  }());
  out("siblings", "ln items of the list", item == kNone ? 0 : ln(static_cast<float>(facts.siblings(item))));
  out("item_words", "ln words of its item", item == kNone ? 0 : ln(facts.of_element(item).words));
  out("link_density", "link density of the list", list == kNone ? 0 : share(facts.of_element(list).link_chars, facts.of_element(list).chars));
  out.group("flow_");
  out("before", "share of the page's p(body) words before it", share(prefix.mass[b], prefix.total()));
  out("after", "share of the page's p(body) words after it", share(prefix.total() - prefix.mass[b + 1], prefix.total()));
  out("before_words", "ln p(body) words before it", ln(prefix.mass[b]));
  out("after_words", "ln p(body) words after it", ln(prefix.total() - prefix.mass[b + 1]));
  // How far to the nearest block that is surely body, on each side.
  float up = 0, down = 0;
  for (Id i = b; i-- > 0 && up < 40;) {
    if (body[i] > 0.7F && facts.block(i).words >= 8) break;
    up += 1;
  }
  for (Id i = b + 1; i < n && down < 40; ++i) {
    if (body[i] > 0.7F && facts.block(i).words >= 8) break;
    down += 1;
  }
  out("since_body", "blocks since the last sure body block, 40 = far", up);
  out("until_body", "blocks to the next sure body block, 40 = far", down);
  out.group("own_");
  out("words", "ln words", ln(f.words));
  out("link_density", "share of characters in links", f.link_density);
  out("ends_terminal", "ends with an end mark", flag(f.ends_terminal));
  out("ends", "end marks a word", share(f.ends, f.words));
  out("function_words", "share of function words", f.function_words);
  out("familiarity", "mean ln count on the page of its longer words", f.familiarity);
  out("title_share", "share of its words in the title", f.title_share);
  out("title_cover", "share of the title's words in it", f.title_cover);
  out("capital_words", "share of words with a capital", share(f.capital_words, f.words));
  out("digits", "share of digits", share(f.digits, f.chars));
  out("heading_level", "1..6", block.heading_level);
  out("bold", "share in bold", f.bold_share);
  out("in_p", "a paragraph", flag(f.in_p));
  out("li", "a list item", flag(block.tag == Tag::li_));
  out("cell", "a table cell", flag(block.tag == Tag::td_ || block.tag == Tag::th_));
  out("pre", "code", flag(block.pre));
  out("hidden", "not shown", flag(block.hidden));
  out("repeats", "ln blocks of the same text", ln(static_cast<float>(block.repeats)));
  out("has_year", "holds a year", flag(f.has_year));
  out("position", "words before it, 0..1", share(static_cast<float>(block.words_before), static_cast<float>(d.words)));
  out("is_headline", "the headline", flag(facts.headline() == b));
  out("headline_blocks", "signed ln blocks since the headline",
      facts.headline() == kNone ? 0 : signed_ln(static_cast<float>(b) - static_cast<float>(facts.headline())));
  const PageFacts::PathFacts& path = facts.path_facts(b);
  out("path_blocks", "ln blocks with its path", ln(static_cast<float>(path.blocks)));
  out("path_block_words", "words a block on its path", share(path.words, static_cast<float>(path.blocks)));
  const PathMass& same = paths_[facts.path_slot(b)];
  out.group("path_");
  out("mean", "p(body) by words of all blocks on its path: posts, rows and cards are alike", share(same.mass, same.words));
  out("flat", "p(body) by blocks of them", share(same.flat, same.blocks));
  out("hold", "share of the page's p(body) words on its path", share(same.mass, prefix.total()));
  out.group("section_");
  out("mean", "p(body) by words of the run of blocks under its heading", prefix.mean(section_begin_[b], section_end_[b]));
  out("flat", "p(body) by blocks of it", prefix.flat(section_begin_[b], section_end_[b]));
  out("heading", "p(body) of its heading, -1 = none", block.heading == kNone || block.heading >= n ? -1 : body[block.heading]);
  out("heading_after", "mean p(body) of the ten blocks after that heading", block.heading == kNone || block.heading >= n ? -1 : prefix.mean(block.heading + 1, std::min<Id>(n, block.heading + 11)));
  out.group("page_");
  out("words", "ln words", ln(prefix.words.back()));
  out("body_words", "ln p(body) words", ln(prefix.total()));
  out("body_share", "share of the page's words that are p(body)", share(prefix.total(), prefix.words.back()));
  out.group("kind_");
  for (std::size_t k = 0; k < kPageKinds; ++k) out(kKindNames[k], "probability of the page kind", kind[k]);
}

ContextFeatures::ContextFeatures() {
  const NamingPage page;
  const std::vector<float> body{0.5F};
  group(page.facts, body);
  Naming naming{columns_, ""};
  row(naming, page.facts, body, Prefix(page.facts, body), {}, 0);
}

std::span<const float> ContextFeatures::compute(const PageFacts& facts, std::span<const float> body,
                                                const std::array<float, kPageKinds>& kind) {
  const std::size_t n = body.size();
  rows_.resize(n * columns_.size());
  const Prefix prefix(facts, body);
  group(facts, body);
  Filling out{rows_.data()};
  for (Id b = 0; b < n; ++b) row(out, facts, body, prefix, kind, b);
  return rows_;
}

void ContextFeatures::compute_one(const PageFacts& facts, std::span<const float> body,
                                  const std::array<float, kPageKinds>& kind, Id block, std::vector<float>& values) {
  group(facts, body);
  values.resize(columns_.size());
  Filling out{values.data()};
  row(out, facts, body, Prefix(facts, body), kind, block);
}

template <typename Out>
void KindFeatures::row(Out& out, const PageFacts& facts, std::span<const float> body) const {
  const Document& d = facts.document();
  const Sums sums = facts.page();
  const Id n = static_cast<Id>(d.blocks.size());
  float articles = 0, mains = 0, inputs = 0, code = 0, money = 0, years = 0, clocks = 0, tables = 0, items = 0, questions = 0,
        lists = 0, cells = 0, links_same = 0, nav = 0, cites = 0;
  for (const Element& e : d.elements) {
    switch (e.tag) {
      case Tag::article_: articles += 1; break;
      case Tag::main_: mains += 1; break;
      case Tag::input_: case Tag::select_: case Tag::button_: inputs += 1; break;
      case Tag::table_: tables += 1; break;
      case Tag::ul_: case Tag::ol_: lists += 1; break;
      case Tag::td_: cells += 1; break;
      case Tag::nav_: nav += 1; break;
      case Tag::blockquote_: cites += 1; break;
      default: break;
    }
  }
  float mass = 0, longest_run = 0, run = 0, biggest = 0, item_mass = 0, p_mass = 0, code_mass = 0, link_mass = 0, heads = 0, first = -1, last = 0;
  float long_body = 0, body_blocks = 0, li_mass = 0, short_body = 0;
  for (Id b = 0; b < n; ++b) {
    const BlockFacts& f = facts.block(b);
    const Block& block = d.blocks[b];
    if (block.pre) code += 1;
    if (f.has_money) money += 1;
    if (f.has_year) years += 1;
    if (f.has_clock) clocks += 1;
    if (f.has_question) questions += 1;
    const bool item = facts.item(block.element) != kNone;
    if (item) items += 1;
    const float m = body[b] * f.words;
    mass += m;
    if (item) item_mass += m;
    if (f.in_p) p_mass += m;
    if (block.pre) code_mass += m;
    if (block.tag == Tag::li_) li_mass += m;
    link_mass += m * f.link_density;
    if (f.words >= 20) long_body += body[b];
    if (f.words < 8) short_body += body[b];
    body_blocks += body[b];
    if (block.heading_level && body[b] > 0.4F) heads += 1;
    run = body[b] > 0.4F ? run + f.words : 0;
    longest_run = std::max(longest_run, run);
    biggest = std::max(biggest, m);
    if (body[b] > 0.5F && f.words >= 8) {
      if (first < 0) first = static_cast<float>(b);
      last = static_cast<float>(b);
    }
  }
  float image_links = 0;
  for (const Link& link : d.links) {
    if (link.same_host) links_same += 1;
    if (link.image) image_links += 1;
  }
  std::string_view og_type;
  for (const Meta& meta : d.metas)
    if (meta.name == "og:type") og_type = meta.content;
  const float N = static_cast<float>(n), L = static_cast<float>(d.links.size());
  out.group("");
  out("words", "ln words", ln(sums.words));
  out("blocks", "ln blocks", ln(N));
  out("links", "ln links", ln(L));
  out("block_words", "words a block", share(sums.words, N));
  out("link_density", "share of characters in links", share(sums.link_chars, sums.chars));
  out("links_same_host", "share of links that stay on the host", share(links_same, L));
  out("image_links", "share of links around images", share(image_links, L));
  out("p_share", "share of words in paragraphs", share(sums.p_words, sums.words));
  out("long_blocks", "ln blocks of 20 words and more", ln(sums.long_blocks));
  out("ends", "end marks a word", share(sums.ends, sums.words));
  out("articles", "ln article elements", ln(articles));
  out("mains", "main elements", mains);
  out("inputs", "ln form parts", ln(inputs));
  out("tables", "ln tables", ln(tables));
  out("cells", "ln table cells", ln(cells));
  out("lists", "ln lists", ln(lists));
  out("navs", "ln nav elements", ln(nav));
  out("cites", "ln block quotes", ln(cites));
  out("images", "ln images", ln(static_cast<float>(d.images.size())));
  out("times", "ln time elements", ln(static_cast<float>(d.times.size())));
  out("code", "ln code blocks", ln(code));
  out("money", "ln blocks with a currency sign", ln(money));
  out("money_share", "share of blocks with a currency sign", share(money, N));
  out("years", "share of blocks with a year", share(years, N));
  out("clocks", "share of blocks with a time of day", share(clocks, N));
  out("questions", "share of blocks with a question", share(questions, N));
  out("items", "share of blocks in repeated items", share(items, N));
  out("headline", "there is a headline", flag(facts.headline() != kNone));
  out("headline_words", "words of the headline", facts.headline() == kNone ? 0 : facts.block(facts.headline()).words);
  out.group("body_");
  out("words", "ln p(body) words", ln(mass));
  out("share", "share of the page's words", share(mass, sums.words));
  out("run", "ln longest run of body words", ln(longest_run));
  out("run_share", "share of it in the body", share(longest_run, mass));
  out("biggest", "share of the longest block", share(biggest, mass));
  out("items", "share in repeated items", share(item_mass, mass));
  out("p", "share in paragraphs", share(p_mass, mass));
  out("li", "share in list items", share(li_mass, mass));
  out("code", "share in code", share(code_mass, mass));
  out("links", "share in links", share(link_mass, mass));
  out("heads", "ln headings in it", ln(heads));
  out("long", "ln its blocks of 20 words and more", ln(long_body));
  out("short", "share of its blocks under 8 words", share(short_body, body_blocks));
  out("first", "where it starts, 0..1 of the blocks", first < 0 ? -1 : share(first, N));
  out("last", "where it ends, 0..1 of the blocks", share(last, N));
  out.group("type_");
  out("og_article", "Open Graph says article", flag(og_type == "article"));
  out("og_product", "Open Graph says product", flag(og_type.find("product") != std::string_view::npos));
  out("og_website", "Open Graph says website", flag(og_type == "website"));
  for (const auto& [name, type] : {std::pair{"article", "Article"}, {"news", "NewsArticle"}, {"blog", "BlogPosting"},
                                     {"product", "Product"}, {"offer", "Offer"}, {"forum", "DiscussionForumPosting"},
                                     {"qa", "QAPage"}, {"faq", "FAQPage"}, {"itemlist", "ItemList"},
                                     {"collection", "CollectionPage"}, {"tech", "TechArticle"},
                                     {"webpage", "WebPage"}, {"service", "Service"}, {"local", "LocalBusiness"},
                                     {"organization", "Organization"}, {"person", "Person"}, {"event", "Event"},
                                     {"recipe", "Recipe"}, {"breadcrumb", "BreadcrumbList"}})
    out(name, "JSON-LD names this type", flag(facts.json_type(type)));
  std::string_view path = d.url;
  if (const std::size_t scheme = path.find("://"); scheme != std::string_view::npos) path.remove_prefix(scheme + 3);
  const std::size_t slash = path.find('/');
  const std::string_view host = path.substr(0, slash);
  path = slash == std::string_view::npos ? std::string_view{} : path.substr(slash);
  const bool query = path.find('?') != std::string_view::npos;
  path = path.substr(0, path.find('?'));
  while (path.ends_with('/')) path.remove_suffix(1);
  const std::string_view last_step = path.rfind('/') == std::string_view::npos ? path : path.substr(path.rfind('/') + 1);
  out.group("url_");
  out("depth", "steps of the path", static_cast<float>(std::count(path.begin(), path.end(), '/')));
  out("length", "bytes of the last step", static_cast<float>(last_step.size()));
  out("hyphens", "hyphens in the last step: slugs of titles", static_cast<float>(std::count(last_step.begin(), last_step.end(), '-')));
  out("digits", "digits in the path", static_cast<float>(std::count_if(path.begin(), path.end(), [](char c) { return c >= '0' && c <= '9'; })));
  out("query", "has a query", flag(query));
  // Words of URLs that name a kind on sites of any language: forum software and shops come in English.
  for (const auto& [name, word] : {std::pair{"forum", "forum"}, {"thread", "thread"}, {"topic", "topic"}, {"viewtopic", "viewtopic"},
                                   {"questions", "question"}, {"community", "communit"}, {"docs", "doc"}, {"wiki", "wiki"},
                                   {"api", "api"}, {"guide", "guide"}, {"help", "help"}, {"product", "product"}, {"shop", "shop"},
                                   {"category", "categor"}, {"collections", "collection"}, {"tag", "/tag"}, {"blog", "blog"},
                                   {"news", "news"}, {"service", "service"}, {"article", "article"}, {"list", "list"},
                                   {"best", "best"}, {"search", "search"}, {"about", "about"}})
    out(name, "the URL holds this word", flag(path_has(path, word) || path_has(host, word)));
}

KindFeatures::KindFeatures() {
  const NamingPage page;
  const std::vector<float> body{0.5F};
  Naming naming{columns_, ""};
  row(naming, page.facts, body);
}

std::span<const float> KindFeatures::compute(const PageFacts& facts, std::span<const float> body) {
  row_.resize(columns_.size());
  Filling out{row_.data()};
  row(out, facts, body);
  return row_;
}

}  // namespace marrow
