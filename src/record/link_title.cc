#include "record/link_title.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace marrow {
namespace {

// Labels before titles are short ("Next", "Read this next:", "Articolo precedente"), titles are not a word.
constexpr std::size_t kMostLabelWords = 4;
constexpr std::size_t kLeastTitleWords = 2;
// Words of a slug that are compared: shorter ones stand in labels too ("to", "the").
constexpr std::size_t kLeastLetters = 4;

// The longest step of a URL's path: that is where a title would be.
std::string_view slug_of(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  const std::size_t scheme = url.find("://");
  std::size_t at = url.find('/', scheme == std::string_view::npos ? 0 : scheme + 3);
  std::string_view best;
  while (at < url.size()) {
    const std::size_t end = std::min(url.find('/', at + 1), url.size());
    if (end - at > best.size()) best = url.substr(at, end - at);
    at = end;
  }
  return best;
}

std::vector<std::string> words_of(std::string_view text) {
  const std::string folded = fold_case(text);
  std::vector<std::string> out;
  std::string word;
  for (std::size_t at = 0; at <= folded.size();) {
    const std::size_t from = at;
    const char32_t c = at < folded.size() ? next_code_point(folded, at) : (++at, U' ');
    if (is_letter(c) || is_digit(c)) {
      word.append(folded, from, at - from);
    } else {
      if (count_code_points(word) >= kLeastLetters) out.push_back(word);
      word.clear();
    }
  }
  return out;
}

bool share_a_word(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::ranges::any_of(a, [&](const std::string& word) { return std::ranges::find(b, word) != b.end(); });
}

// Where the first of a link's own inline elements ends within its block, 0 where text stands outside of it before.
std::size_t end_of_first_element(const Document& d, const Link& link, const Block& block) {
  std::size_t begin = 0;
  for (Id s = block.first_span; s < block.end_span; ++s) {
    const Span& span = d.spans[s];
    if (span.element == link.element) begin = span.begin;
    else if (d.inside(span.element, link.element) && span.begin <= begin) return span.end;
  }
  return 0;
}

}  // namespace

bool is_label_before(std::string_view lead, std::string_view rest, std::string_view url, RelatedKind kind) {
  if (lead.empty() || count_words(lead) > kMostLabelWords || count_words(rest) < kLeastTitleWords) return false;
  const std::vector<std::string> slug = words_of(slug_of(url));
  if (share_a_word(slug, words_of(lead))) return false;
  return share_a_word(slug, words_of(rest)) || kind == RelatedKind::prev || kind == RelatedKind::next;
}

std::string title_in_link(const Document& d, const Link& link, RelatedKind kind) {
  std::string whole = collapse_spaces(link.text);
  if (link.image || link.end_block <= link.first_block) return whole;
  const Block& first = d.blocks[link.first_block];
  if (link.end_block > link.first_block + 1) {
    const auto begin = d.blocks.begin() + link.first_block, end = d.blocks.begin() + link.end_block;
    const auto heading = std::find_if(begin, end, [](const Block& b) { return b.heading_level > 0; });
    if (heading != end) return collapse_spaces(heading->text);
    const std::string_view next = d.blocks[link.first_block + 1].text;
    return is_label_before(first.text, next, link.url, kind) ? collapse_spaces(next) : whole;
  }
  const std::size_t cut = end_of_first_element(d, link, first);
  std::size_t begin = 0, end = first.text.size();
  for (Id s = first.first_span; s < first.end_span; ++s) {
    if (d.spans[s].element == link.element) begin = d.spans[s].begin, end = d.spans[s].end;
  }
  if (cut <= begin || cut >= end) return whole;
  const std::string_view lead = trim(first.text.substr(begin, cut - begin)), rest = trim(first.text.substr(cut, end - cut));
  return is_label_before(lead, rest, link.url, kind) ? collapse_spaces(rest) : whole;
}

}  // namespace marrow
