#include "page/page.h"

#include <string>

#include "base/arena.h"
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

}  // namespace

struct PageReader::State {
  explicit State(const Budget& b) : budget(b), arena(b.max_memory) {}
  Budget budget;
  Arena arena;
  std::string decoded;
  StripOutput stripped;
  Document document;
  Walker walker;
  Finisher finisher;

  std::string_view start(std::string_view bytes, const PageHints& hints, Markup markup);
};

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

const Document& PageReader::read_html(std::string_view bytes, const PageHints& hints) {
  State& s = *state_;
  const std::string_view text = s.start(bytes, hints, Markup::yes);
  strip(text, {.max_depth = s.budget.max_depth, .max_attrs = s.budget.max_attrs}, s.stripped);
  s.document.truncated_input = s.stripped.truncated_input;
  s.document.json_ld.assign(s.stripped.json_ld.begin(), s.stripped.json_ld.end());
  if (s.stripped.depth_cut > 0) s.document.over_budget = true;
  if (const GumboInternalOutput* tree = parse_html(s.stripped.html, s.arena, s.budget)) {
    s.walker.walk(*tree, s.document, s.arena);
  } else {
    s.document.over_budget = true;
  }
  s.finisher.finish(s.document, hints.url, s.arena);
  const double script = static_cast<double>(s.stripped.bytes_script);
  s.document.scripted = script > kScriptShare * static_cast<double>(s.stripped.bytes_in) && s.document.words < kScriptedWords;
  return s.document;
}

const Document& PageReader::read_text(std::string_view bytes, const PageHints& hints) {
  State& s = *state_;
  const std::string_view text = s.start(bytes, hints, Markup::no);
  read_lines(text, s.arena, s.document);
  s.document.url = s.document.base = s.arena.copy(hints.url);
  return s.document;
}

}  // namespace marrow
