#include "label/features.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"
#include "label/naming_page.h"

namespace marrow {
namespace {

constexpr std::array kUp = {Tag::article_, Tag::main_, Tag::aside_, Tag::nav_, Tag::header_, Tag::footer_, Tag::section_, 
                            Tag::form_, Tag::ul_, Tag::ol_, Tag::table_, Tag::figure_, Tag::blockquote_, Tag::details_, Tag::dialog_, Tag::dl_, Tag::button_, Tag::p_};

template <typename Out>
void own_text(Out& out, const BlockFacts& f, const Block& block) {
  const float letters = std::max(1.0F, f.letters), words = std::max(1.0F, f.words);
  out("words", "ln words: prose is long", ln(f.words));
  out("chars", "ln code points", ln(f.chars));
  out("word_length", "code points a word: labels and code differ from prose", share(f.chars, words));
  out("link_density", "share of characters in links: the oldest sign of boilerplate", f.link_density);
  out("link_words", "ln words in links", ln(static_cast<float>(block.link_words)));
  out("plain_words", "ln words outside links", ln(f.words - static_cast<float>(block.link_words)));
  out("commas", "commas a word: prose has clauses", f.commas / words);
  out("ends", "end marks a word", f.ends / words);
  out("sentences", "ln sentences", ln(f.sentences));
  out("sentence_words", "words a sentence", words / std::max(1.0F, f.sentences));
  out("capital_words", "share of words with a capital: titles and names", f.capital_words / words);
  out("upper", "share of upper-case letters", f.upper / letters);
  out("digits", "share of digits: dates, counts, prices", f.digits / std::max(1.0F, f.chars));
  out("letters", "share of letters", f.letters / std::max(1.0F, f.chars));
  out("spaceless", "share of characters of scripts without spaces: other lengths mean the same there",
      f.spaceless / std::max(1.0F, f.chars));
  out("quotes", "quotation marks a word", f.quotes / words);
  out("separators", "| · • > a word: rows of labels", f.separators / words);
  out("function_words", "share of the page's own frequent short words: sentences have them, labels not", f.function_words);
  out("familiarity", "mean ln count on the page of its longer words: teasers speak of other things", f.familiarity);
  out("title_share", "share of its words that stand in the title", f.title_share);
  out("title_cover", "share of the title's words in it", f.title_cover);
  out("bold", "share in bold", f.bold_share);
  out("code", "share in code", f.code_share);
  out("italic", "share in italics", f.italic_share);
  out("lines", "ln lines", ln(f.lines));
  out("line_words", "words a line", words / f.lines);
  out("ends_terminal", "ends with an end mark", flag(f.ends_terminal));
  out("ends_ellipsis", "ends with an ellipsis: cut teasers", flag(f.ends_ellipsis));
  out("ends_colon", "ends with a colon", flag(f.ends_colon));
  out("ends_comma", "ends with a comma", flag(f.ends_comma));
  out("starts_upper", "starts with a capital", flag(f.starts_upper));
  out("starts_lower", "starts with a small letter", flag(f.starts_lower));
  out("starts_digit", "starts with a digit", flag(f.starts_digit));
  out("starts_symbol", "starts with a sign: bullets, arrows", flag(f.starts_symbol));
  out("has_year", "holds a year: date lines", flag(f.has_year));
  out("has_clock", "holds a time of day", flag(f.has_clock));
  out("has_money", "holds a currency sign: products", flag(f.has_money));
  out("has_copyright", "holds a copyright sign: footers", flag(f.has_copyright));
  out("has_at", "holds an at sign", flag(f.has_at));
  out("has_question", "holds a question mark", flag(f.has_question));
  out("whole_link", "all of it is one link", flag(f.link_density > 0.98F));
  out("hidden", "not shown by the browser", flag(block.hidden));
  out("pre", "white space kept: code", flag(block.pre));
  out("heading_level", "1..6, 0 = none", block.heading_level);
  out("repeats", "ln further blocks with the same text: templates repeat", ln(static_cast<float>(block.repeats)));
}

template <typename Out>
void tags(Out& out, const Document& d, const Block& block) {
  constexpr std::array own = {Tag::p_, Tag::div_, Tag::li_, Tag::td_, Tag::th_, Tag::dd_, Tag::dt_, Tag::blockquote_, Tag::pre_,
                              Tag::figcaption_, Tag::button_, Tag::section_, Tag::article_, Tag::body_, Tag::summary_};
  for (const Tag tag : own) {
    if constexpr (Out::naming) out.group("tag_");
    out(tag_name(tag), "its element's tag", flag(block.tag == tag));
  }
  std::array<int, kUp.size()> at;
  const int depth = steps_to_tags<kUp>(d, block.element, at);
  for (std::size_t i = 0; i < kUp.size(); ++i) {
    if constexpr (Out::naming) out.group("up_");
    out(tag_name(kUp[i]), "1/steps to the nearest ancestor of that tag, 0 = none", at[i] ? 1.0F / static_cast<float>(at[i]) : 0.0F);
  }
  if constexpr (Out::naming) out.group("");
  out("depth", "elements above it", static_cast<float>(depth));
}

template <typename Out>
void container(Out& out, const PageFacts& facts, const Sums& page, Id e, Id b) {
  Sums s;
  if (e != kNone) s = facts.of_element(e);
  out("words", "ln words in the container", ln(s.words));
  out("link_density", "share of its characters in links", share(s.link_chars, s.chars));
  out("page_share", "its share of the page's words", share(s.words, page.words));
  out("p_share", "share of its words in paragraphs", share(s.p_words, s.words));
  out("blocks", "ln blocks", ln(s.blocks));
  out("block_words", "words a block", share(s.words, s.blocks));
  out("ends", "end marks a word", share(s.ends, s.words));
  out("long_blocks", "ln blocks of 20 words and more", ln(s.long_blocks));
  out("headings", "headings a block", share(s.headings, s.blocks));
  float at = 0;
  if (e != kNone) {
    const Element& element = facts.document().elements[e];
    at = share(static_cast<float>(b - element.first_block), s.blocks);
  }
  out("position", "how far into the container, 0..1", at);
}

template <typename Out>
void neighbour(Out& out, const PageFacts& facts, Id b, int offset) {
  const auto& blocks = facts.document().blocks;
  const std::int64_t at = std::int64_t{b} + offset;
  const bool there = at >= 0 && at < static_cast<std::int64_t>(blocks.size());
  static const BlockFacts nothing{};
  static const Block no_block{};
  const Id other = there ? static_cast<Id>(at) : b;
  const BlockFacts& f = there ? facts.block(other) : nothing;
  const Block& n = there ? blocks[other] : no_block;
  out("words", "ln words, -1 = past the page's end", there ? ln(f.words) : -1);
  out("link_density", "share of characters in links", f.link_density);
  out("ends_terminal", "ends with an end mark", flag(f.ends_terminal));
  out("heading", "heading level", n.heading_level);
  out("function_words", "share of function words", f.function_words);
  out("same_parent", "same element above", flag(there && facts.document().elements[n.element].parent ==
                                                            facts.document().elements[blocks[b].element].parent));
  out("same_path", "same path of tags and classes", flag(there && &facts.path_facts(other) == &facts.path_facts(b)));
  out("in_p", "a paragraph", flag(f.in_p));
}

template <typename Out>
void window(Out& out, const PageFacts& facts, Id b, Id radius) {
  const Id n = static_cast<Id>(facts.document().blocks.size());
  const Sums s = facts.sums(b > radius ? b - radius : 0, std::min(n, b + radius + 1));
  out("words", "ln words around it", ln(s.words));
  out("link_density", "share of characters in links", share(s.link_chars, s.chars));
  out("block_words", "words a block", share(s.words, s.blocks));
  out("ends", "end marks a word", share(s.ends, s.words));
  out("p_share", "share of words in paragraphs", share(s.p_words, s.words));
  out("long_blocks", "share of blocks of 20 words and more", share(s.long_blocks, s.blocks));
}

}  // namespace

// What is the same for all blocks of a page.
struct BlockFeatures::PageNumbers {
  Sums sums;
  std::array<float, 24> values{};
  static constexpr std::array<std::pair<const char*, const char*>, 24> names = {{
      {"words", "ln words of the page"},
      {"blocks", "ln blocks"},
      {"links", "ln links"},
      {"link_density", "share of characters in links"},
      {"p_share", "share of words in paragraphs"},
      {"long_blocks", "ln blocks of 20 words and more"},
      {"ends", "end marks a word"},
      {"articles", "ln article elements: many on index pages"},
      {"h1", "ln h1 blocks"},
      {"headings", "headings a block"},
      {"images", "ln images"},
      {"forms", "ln form elements"},
      {"times", "ln time elements"},
      {"money", "share of blocks with a currency sign"},
      {"code", "share of blocks that are code"},
      {"type_article", "JSON-LD or Open Graph says article"},
      {"type_product", "JSON-LD or Open Graph says product"},
      {"type_forum", "JSON-LD says discussion or question"},
      {"type_list", "JSON-LD says list or collection"},
      {"type_organization", "JSON-LD says organization or business"},
      {"url_depth", "steps of the URL's path"},
      {"url_length", "code points of the URL's last step"},
      {"url_digits", "digits in the URL's path"},
      {"url_query", "the URL has a query"},
  }};

  explicit PageNumbers(const PageFacts& facts) : sums(facts.page()) {
    const Document& d = facts.document();
    float articles = 0, h1 = 0, forms = 0, money = 0, code = 0;
    for (const Element& e : d.elements) {
      if (e.tag == Tag::article_) articles += 1;
      if (e.tag == Tag::form_ || e.tag == Tag::input_ || e.tag == Tag::select_) forms += 1;
    }
    for (Id b = 0; b < d.blocks.size(); ++b) {
      if (d.blocks[b].heading_level == 1) h1 += 1;
      if (facts.block(b).has_money) money += 1;
      if (d.blocks[b].pre) code += 1;
    }
    std::string_view og_type;
    for (const Meta& meta : d.metas)
      if (meta.name == "og:type") og_type = meta.content;
    const std::size_t scheme = d.url.find("://");
    std::string_view path = scheme == std::string_view::npos ? std::string_view{} : d.url.substr(scheme + 3);
    path.remove_prefix(std::min(path.size(), path.find('/') == std::string_view::npos ? path.size() : path.find('/')));
    const std::size_t query = path.find('?');
    const bool has_query = query != std::string_view::npos;
    if (has_query) path = path.substr(0, query);
    while (path.ends_with('/')) path.remove_suffix(1);
    const std::size_t slash = path.rfind('/');
    const std::string_view last = slash == std::string_view::npos ? path : path.substr(slash + 1);
    values = {ln(sums.words), ln(sums.blocks), ln(static_cast<float>(d.links.size())), share(sums.link_chars, sums.chars),
              share(sums.p_words, sums.words), ln(sums.long_blocks), share(sums.ends, sums.words), ln(articles), ln(h1),
              share(sums.headings, sums.blocks), ln(static_cast<float>(d.images.size())), ln(forms),
              ln(static_cast<float>(d.times.size())), share(money, sums.blocks), share(code, sums.blocks),
              flag(og_type == "article" || facts.json_type("Article") || facts.json_type("NewsArticle") || facts.json_type("BlogPosting")),
              flag(og_type.find("product") != std::string_view::npos || facts.json_type("Product")),
              flag(facts.json_type("DiscussionForumPosting") || facts.json_type("QAPage")),
              flag(facts.json_type("ItemList") || facts.json_type("CollectionPage")),
              flag(facts.json_type("Organization") || facts.json_type("LocalBusiness")),
              static_cast<float>(std::count(path.begin(), path.end(), '/')), static_cast<float>(count_code_points(last)),
              static_cast<float>(std::count_if(path.begin(), path.end(), [](char c) { return c >= '0' && c <= '9'; })),
              flag(has_query)};
  }
};

template <typename Out>
void BlockFeatures::row(Out& out, const PageFacts& facts, const PageNumbers& page, const Matches* matches, Id b) const {
  const Document& d = facts.document();
  const Block& block = d.blocks[b];
  const BlockFacts& f = facts.block(b);
  const float n = static_cast<float>(d.blocks.size());
  out.group("");
  own_text(out, f, block);
  tags(out, d, block);

  out("position", "blocks before it, 0..1", share(static_cast<float>(b), n));
  out("word_position", "words before it, 0..1", share(static_cast<float>(block.words_before), static_cast<float>(d.words)));
  out("words_before", "ln words before it", ln(static_cast<float>(block.words_before)));
  out("blocks_before", "ln blocks before it", ln(static_cast<float>(b)));
  out("blocks_after", "ln blocks after it", ln(n - static_cast<float>(b)));
  const bool headline = facts.headline() != kNone;
  const float distance = headline ? static_cast<float>(b) - static_cast<float>(facts.headline()) : 0;
  out("headline", "there is a headline", flag(headline));
  out("headline_blocks", "signed ln blocks since the headline", signed_ln(distance));
  const float word_distance =
      headline ? static_cast<float>(block.words_before) - static_cast<float>(d.blocks[facts.headline()].words_before) : 0;
  out("headline_words", "signed ln words since the headline", signed_ln(word_distance));
  out("is_headline", "it is the headline", flag(facts.headline() == b));

  const PageFacts::PathFacts& path = facts.path_facts(b);
  out("path_blocks", "ln blocks with its path of tags and classes", ln(static_cast<float>(path.blocks)));
  out("path_words", "share of the page's words on its path", share(path.words, page.sums.words));
  out("path_block_words", "words a block on its path", share(path.words, static_cast<float>(path.blocks)));
  out("path_link_density", "link density of its path", share(path.link_chars, path.chars));
  const Id item = facts.item(block.element);
  out("item", "it stands in one of three or more like siblings", flag(item != kNone));
  const Sums item_sums = item != kNone ? facts.of_element(item) : Sums{};
  const Id list = item != kNone ? d.elements[item].parent : kNone;
  const Sums list_sums = list != kNone ? facts.of_element(list) : Sums{};
  out("item_siblings", "ln of these siblings", item != kNone ? ln(static_cast<float>(facts.siblings(item))) : 0);
  out("item_words", "ln words of its item", ln(item_sums.words));
  out("item_link_density", "link density of its item", share(item_sums.link_chars, item_sums.chars));
  out("item_blocks", "ln blocks of its item", ln(item_sums.blocks));
  out("list_share", "the list's share of the page's words", share(list_sums.words, page.sums.words));
  out("list_link_density", "link density of the list", share(list_sums.link_chars, list_sums.chars));
  const Id outer = list != kNone ? facts.item(list) : kNone;
  out("outer_item", "the list stands in an item itself", flag(outer != kNone));
  out("outer_words", "ln words of that item", outer != kNone ? ln(facts.of_element(outer).words) : 0);
  out("outer_siblings", "ln its siblings", outer != kNone ? ln(static_cast<float>(facts.siblings(outer))) : 0);

  // Containers: the ancestors 1, 2, 3, 4 and 6 steps up.
  constexpr std::array levels = {1, 2, 3, 4, 6};
  Id e = d.elements[block.element].parent;
  int step = 1;
  for (const int level : levels) {
    for (; step < level && e != kNone; ++step) e = d.elements[e].parent;
    if constexpr (Out::naming) out.group("c" + std::to_string(level) + "_");
    container(out, facts, page.sums, e, b);
  }
  constexpr std::array offsets = {-3, -2, -1, 1, 2, 3};
  for (const int offset : offsets) {
    if constexpr (Out::naming) out.group("n" + std::to_string(offset) + "_");
    neighbour(out, facts, b, offset);
  }
  out.group("w5_");
  window(out, facts, b, 2);
  out.group("w15_");
  window(out, facts, b, 7);

  // The heading over it.
  out.group("over_");
  const Id over = block.heading;
  out("words", "ln words of the heading over it, -1 = none", over == kNone ? -1 : ln(facts.block(over).words));
  out("level", "level of that heading", over == kNone ? 0 : d.blocks[over].heading_level);
  out("blocks", "ln blocks since it", over == kNone ? 0 : ln(static_cast<float>(b - over)));
  out("title_share", "share of its words in the title", over == kNone ? 0 : facts.block(over).title_share);
  out("headline", "it is the page's headline", flag(over != kNone && over == facts.headline()));

  out.group("page_");
  for (std::size_t i = 0; i < page.values.size(); ++i) out(page.names[i].first, page.names[i].second, page.values[i]);

  // Signals of the rule files.
  near_.run(out, rules_, "near_", "signal on its element or the two above", matches ? inherited_.near(block.element) : nullptr);
  any_.run(out, rules_, "any_", "signal on any ancestor", matches ? inherited_.any(block.element) : nullptr);
  is_.run(out, rules_, "is_", "signal on its text or heading", matches ? matches->block_row(b) : nullptr);
}

BlockFeatures::BlockFeatures(const RuleSet& rules) : rules_(rules) {
  const SignalGroups signals(rules);
  near_ = any_ = SignalColumns(signals.element);
  is_ = SignalColumns(signals.block);
  const NamingPage page;
  Naming naming{columns_, ""};
  row(naming, page.facts, PageNumbers(page.facts), nullptr, 0);
}

void BlockFeatures::ask(const AskedColumns& asked) {
  near_.ask(asked, columns_, "near_", rules_);
  any_.ask(asked, columns_, "any_", rules_);
  is_.ask(asked, columns_, "is_", rules_);
}

std::span<const float> BlockFeatures::compute(const PageFacts& facts, const Matches& matches) {
  const Document& document = facts.document();
  inherited_.compute(document, matches, 2);
  rows_.resize(document.blocks.size() * columns_.size());
  const PageNumbers page(facts);
  Filling out{rows_.data()};
  for (Id b = 0; b < document.blocks.size(); ++b) row(out, facts, page, &matches, b);
  return rows_;
}

}  // namespace marrow
