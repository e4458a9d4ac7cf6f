#include "rules/expression.h"

#include <algorithm>

#include "base/text.h"

namespace marrow {
namespace {

// Places tried before a match whose neighbours are letters is given up: keeps hostile texts linear.
constexpr int kMaxPlaces = 64;

constexpr std::string_view kAsciiBreakBefore = "(?:^|[^0-9A-Za-z_])";
constexpr std::string_view kAsciiBreakBehind = "(?:$|[^0-9A-Za-z_])";
// Letters fold to letters, so that (?i) changes nothing about these, but RE2 takes long to find that out.
constexpr std::string_view kWord = "(?-i:[\\pL\\pM\\p{Nd}_])";
// Blanks, signs, symbols and pictures of the scripts in use, and none else: all that is neither letter, mark nor digit would be sixty
// times as many states, and every pattern is compiled before the first page.
constexpr std::string_view kNoWord =
    "(?-i:[\\x00-/:-@\\[-^`{-\\x{A9}\\x{AB}-\\x{B4}\\x{B6}-\\x{B9}\\x{BB}-\\x{BF}\\x{D7}\\x{F7}"           // ASCII, Latin 1
    "\\x{55A}-\\x{55F}\\x{589}\\x{58A}\\x{5BE}\\x{5C0}\\x{5C3}\\x{5F3}\\x{5F4}"                             // Armenian, Hebrew
    "\\x{609}-\\x{60F}\\x{61B}\\x{61D}-\\x{61F}\\x{66A}-\\x{66D}\\x{6D4}\\x{6DE}\\x{6E9}\\x{700}-\\x{70D}"  // Arabic, Syriac
    "\\x{964}\\x{965}\\x{970}\\x{DF4}\\x{E3F}\\x{E4F}\\x{E5A}\\x{E5B}\\x{F04}-\\x{F12}\\x{104A}-\\x{104F}"  // India to Myanmar
    "\\x{10FB}\\x{1361}-\\x{1368}\\x{17D4}-\\x{17D6}\\x{17D8}-\\x{17DB}\\x{1800}-\\x{180A}"                    // Georgian to Mongolian
    "\\x{2000}-\\x{2070}\\x{2074}-\\x{207E}\\x{2080}-\\x{208E}\\x{20A0}-\\x{20C0}\\x{2116}-\\x{2118}\\x{2122}"  // of all scripts
    "\\x{2190}-\\x{24B5}\\x{24EA}-\\x{2BFF}\\x{2E00}-\\x{2E2E}\\x{2E30}-\\x{2E5D}"
    "\\x{3000}-\\x{3004}\\x{3007}-\\x{3029}\\x{3030}\\x{30A0}\\x{30FB}"                                       // Chinese, Japanese
    "\\x{E000}-\\x{F8FF}"                                                                                        // icon fonts
    "\\x{FE10}-\\x{FE19}\\x{FE30}-\\x{FE6B}\\x{FEFF}\\x{FF01}-\\x{FF0F}\\x{FF1A}-\\x{FF20}\\x{FF3B}-\\x{FF3E}\\x{FF40}"
    "\\x{FF5B}-\\x{FF65}\\x{FFE0}-\\x{FFEE}\\x{1F000}-\\x{1FAFF}])";
constexpr std::string_view kTokenBefore = "(?:^|[ -])";
constexpr std::string_view kTokenBehind = "(?:$|[ -])";

bool ends_with_boundary(std::string_view pattern) {
  if (!pattern.ends_with("\\b")) return false;
  std::size_t slashes = 0;
  for (std::size_t i = pattern.size() - 1; i > 0 && pattern[i - 1] == '\\'; --i) ++slashes;
  return slashes % 2 == 1;
}

// "(?i)" and its like at the very beginning.
std::size_t flags_length(std::string_view pattern) {
  if (!pattern.starts_with("(?")) return 0;
  const std::size_t end = pattern.find_first_not_of("imsU-", 2);
  return end != std::string_view::npos && pattern[end] == ')' && end > 2 ? end + 1 : 0;
}

// What a walk over a pattern's characters finds.
struct Shape {
  std::string rewritten;
  bool alternation = false;  // a | outside all groups
  bool anchor = false;       // ^ or $ outside all groups
  bool inner_boundary = false;
};

Shape shape_of(std::string_view pattern) {
  Shape shape;
  int depth = 0;
  bool in_class = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\' && i + 1 < pattern.size()) {
      const char next = pattern[++i];
      switch (next) {
        case 'w': shape.rewritten += in_class ? "\\pL\\pM\\p{Nd}_" : kWord; break;
        case 'W': shape.rewritten += in_class ? "\\W" : kNoWord; break;
        case 'd': shape.rewritten += "\\p{Nd}"; break;
        case 'D': shape.rewritten += "\\P{Nd}"; break;
        default:
          if (next == 'b' && !in_class) shape.inner_boundary = true;
          shape.rewritten += c;
          shape.rewritten += next;
      }
      continue;
    }
    if (in_class) {
      if (c == ']') in_class = false;
    } else if (c == '[') {
      in_class = true;
      shape.rewritten += c;
      if (i + 1 < pattern.size() && pattern[i + 1] == '^') shape.rewritten += pattern[++i];
      if (i + 1 < pattern.size() && pattern[i + 1] == ']') shape.rewritten += pattern[++i];
      continue;
    } else if (c == '(') {
      ++depth;
    } else if (c == ')') {
      --depth;
    } else if (depth == 0) {
      shape.alternation |= c == '|';
      shape.anchor |= c == '^' || c == '$';
    }
    shape.rewritten += c;
  }
  return shape;
}

bool letter_before(std::string_view text, std::size_t at) {
  if (at == 0) return false;
  std::size_t start = at - 1;
  while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) --start;
  const char32_t c = next_code_point(text, start);
  return is_word(c) && !is_spaceless(c);
}

bool letter_behind(std::string_view text, std::size_t at) {
  if (at >= text.size()) return false;
  const char32_t c = next_code_point(text, at);
  return is_word(c) && !is_spaceless(c);
}

bool is_plain_token(std::string_view pattern) {
  return std::all_of(pattern.begin(), pattern.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80 && is_word(static_cast<unsigned char>(c)); });
}

// Where the token stands among those of a class or id, which blanks and hyphens part; npos if it does not.
std::size_t find_token(std::string_view form, std::string_view token) {
  const auto parts = [](char c) { return c == ' ' || c == '-'; };
  for (std::size_t at = form.find(token); at != std::string_view::npos; at = form.find(token, at + 1)) {
    const std::size_t end = at + token.size();
    if ((at == 0 || parts(form[at - 1])) && (end == form.size() || parts(form[end]))) return at;
  }
  return std::string_view::npos;
}

Error refuse(std::string reason) { return {ErrorKind::stop_run, std::move(reason)}; }

}  // namespace

Result<Expression::Source> Expression::translate(std::string_view pattern, Field field, bool raw) {
  const std::string nfc = to_nfc(pattern);
  std::string_view rest = nfc;
  const std::string_view flags = rest.substr(0, flags_length(rest));
  rest.remove_prefix(flags.size());
  const bool tokens = !raw && (field == Field::cls || field == Field::id);
  Source source;
  if (rest.starts_with("\\b")) {
    source.word_begin = !tokens;
    rest.remove_prefix(2);
  }
  if (ends_with_boundary(rest)) {
    source.word_end = !tokens;
    rest.remove_suffix(2);
  }
  if (rest.empty()) return refuse("the pattern is empty");
  const Shape shape = shape_of(rest);
  const bool bounded = rest.size() + flags.size() != nfc.size();
  if (shape.alternation && (shape.anchor || bounded))
    return refuse("an anchor beside alternatives that are not grouped binds to one of them only");
  if (shape.inner_boundary)
    return refuse("\\b inside a pattern would know ASCII letters only");
  if (tokens && flags.empty() && is_plain_token(rest)) source.token = rest;
  source.pattern = flags;
  if (tokens) source.pattern += kTokenBefore;
  if (source.word_begin) source.pattern += kAsciiBreakBefore;
  source.pattern += '(' + shape.rewritten + ')';
  if (source.word_end) source.pattern += kAsciiBreakBehind;
  if (tokens) source.pattern += kTokenBehind;
  return source;
}

Result<Expression> Expression::compile(std::string_view pattern, Field field, bool raw) {
  Result<Source> source = translate(pattern, field, raw);
  if (!source) return source.error();
  Result<Expression> compiled = compile(*std::move(source));
  if (compiled) return compiled;
  // RE2's words about the pattern as its author wrote it say more.
  Result<Pattern> plain = Pattern::compile(pattern);
  return plain ? compiled.error() : plain.error();
}

Result<Expression> Expression::compile(Source source) {
  if (!source.token.empty()) return Expression(std::move(source), std::nullopt);
  Result<Pattern> compiled = Pattern::compile(source.pattern);
  if (!compiled) return compiled.error();
  return Expression(std::move(source), *std::move(compiled));
}

bool Expression::matches(std::string_view form) const {
  if (!pattern_) return find_token(form, source_.token) != std::string_view::npos;
  if (!source_.word_begin && !source_.word_end) return pattern_->matches(form);
  std::size_t from = 0;
  for (int place = 0; place < kMaxPlaces; ++place) {
    Pattern::Range range;
    if (!pattern_->find(form, from, &range, 1)) return false;
    const bool begins = !source_.word_begin || !letter_before(form, range.begin);
    const bool ends = !source_.word_end || !letter_behind(form, range.end);
    if (begins && ends) return true;
    from = range.begin + 1;
    while (from < form.size() && (static_cast<unsigned char>(form[from]) & 0xC0) == 0x80) ++from;
  }
  return false;
}

std::string_view Expression::capture(std::string_view form) const {
  Pattern::Range range;
  if (!matches(form)) return {};
  if (!pattern_) return form.substr(find_token(form, source_.token), source_.token.size());
  if (pattern_->find(form, 0, &range, 2) || pattern_->find(form, 0, &range, 1))
    return form.substr(range.begin, range.end - range.begin);
  return {};
}

}  // namespace marrow
