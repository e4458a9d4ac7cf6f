#include "page/page.h"

#include <string>

#include "base/arena.h"
#include "base/text.h"
#include "page/decode.h"
#include "page/finish.h"
#include "page/lines.h"
#include "page/parse.h"
#include "page/strip.h"
#include "page/walk.h"

namespace marrow {
namespace {

// A page is built by its scripts where they take most of its bytes and little text stands beside them.
constexpr double kScriptShare = 0.5;
constexpr std::uint32_t kScriptedWords = 100;
// A page with fewer words than this may keep its text in <noscript>, for crawlers (Discourse forums do); it is
// taken from there where that gives so many times the words.
constexpr std::uint32_t kFewWords = 200;
constexpr std::uint32_t kNoscriptGain = 3;

std::uint32_t words_of(const Document& document) {
  std::uint32_t words = 0;
  for (const Block& block : document.blocks) words += block.words;
  return words;
}

}  // namespace

struct PageReader::State {
  explicit State(const Budget& b) : budget(b), arena(b.max_memory), walker(b) {}
  Budget budget;
  StageTimes* times = nullptr;
  Arena arena;
  std::string decoded;
  StripOutput stripped;
  Document document;
  Walker walker;
  Finisher finisher;

  std::string_view bounded_lines(std::string_view text);
  std::string_view start(std::string_view bytes, const PageHints& hints, Markup markup);
  void walk(const GumboInternalNode* root);
};

void PageReader::State::walk(const GumboInternalNode* root) {
  walker.walk(root, stripped, document, arena, false);
  const std::uint32_t words = words_of(document);
  if (words >= kFewWords || !walker.passed_noscript()) return;
  Document plain = document;  // rare: a page in a hundred
  const auto again = [&](bool noscript) {
    document.clear();
    document.charset = plain.charset;
    document.charset_source = plain.charset_source;
    document.truncated_input = plain.truncated_input;
    document.over_budget = plain.over_budget;
    document.json_ld.assign(stripped.json_ld.begin(), stripped.json_ld.end());
    walker.walk(root, stripped, document, arena, noscript);
  };
  again(true);
  if (words_of(document) < kNoscriptGain * (words + 1)) again(false);
}

PageReader::PageReader(Budget budget) : state_(std::make_unique<State>(budget)) {}
PageReader::~PageReader() = default;
PageReader::PageReader(PageReader&&) noexcept = default;

// What pages and texts share: the last page's memory freed, the bytes bounded and decoded.
std::string_view PageReader::State::start(std::string_view bytes, const PageHints& hints, Markup markup) {
  document.clear();
  arena.reset();
  if (bytes.size() > budget.max_bytes) {
    bytes = bytes.substr(0, budget.max_bytes);
    document.over_budget = true;
  }
  const Decoded text = decode(bytes, hints.charset, decoded, markup);
  document.charset = text.charset;
  document.charset_source = text.source;
  return text.text;
}

void PageReader::time_into(StageTimes* times) { state_->times = times; }
// A text's bytes and lines, cut where the budget ends.
std::string_view PageReader::State::bounded_lines(std::string_view text) {
  std::string_view kept = utf8_prefix(text, budget.max_text);
  std::uint32_t lines = 0;
  for (std::size_t at = 0; (at = kept.find('\n', at)) != std::string_view::npos; ++at)
    if (++lines == budget.max_lines) kept = kept.substr(0, at);
  document.over_budget |= kept.size() < text.size();
  return kept;
}

const Document& PageReader::read_html(std::string_view bytes, const PageHints& hints) {
  State& s = *state_;
  StageClock clock(s.times);
  const std::string_view text = s.start(bytes, hints, Markup::yes);
  clock.lap(Stage::decode);
  strip(text, {.max_depth = s.budget.max_depth, .max_attrs = s.budget.max_attrs, .attributes_aside = true, .texts_aside = true},
        s.stripped);
  s.document.truncated_input = s.stripped.truncated_input;
  s.document.json_ld.assign(s.stripped.json_ld.begin(), s.stripped.json_ld.end());
  if (s.stripped.depth_cut > 0) s.document.over_budget = true;
  clock.lap(Stage::strip);
  const Parsed tree = parse_html(s.stripped.html, s.arena, s.budget);
  clock.lap(Stage::parse);
  if (!tree.whole) s.document.over_budget = true;
  s.walk(tree.root);
  s.finisher.finish(s.document, hints.url, s.arena);
  const double script = static_cast<double>(s.stripped.bytes_script);
  s.document.scripted = script > kScriptShare * static_cast<double>(s.stripped.bytes_in) && s.document.words < kScriptedWords;
  clock.lap(Stage::blocks);
  return s.document;
}

const Document& PageReader::read_text(std::string_view bytes, const PageHints& hints) {
  State& s = *state_;
  StageClock clock(s.times);
  const std::string_view text = s.bounded_lines(s.start(bytes, hints, Markup::no));
  clock.lap(Stage::decode);
  read_lines(text, s.arena, s.document);
  s.document.url = s.document.base = s.arena.copy(hints.url);
  clock.lap(Stage::blocks);
  return s.document;
}

}  // namespace marrow
