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
constexpr std::string_view kNoWord = "(?-i:[^\\pL\\pM\\p{Nd}_])";
// A class of all scripts is 1,300 states, and these hold it: they tell ASCII apart alone.
constexpr std::string_view kRoughWord = "(?-i:[0-9A-Za-z_\\x{80}-\\x{10FFFF}])";
constexpr std::string_view kRoughNoWord = "(?-i:[^0-9A-Za-z_])";
constexpr std::string_view kRoughDigit = "[0-9\\x{80}-\\x{10FFFF}]";
constexpr std::string_view kRoughNoDigit = "[^0-9]";
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
  std::string rewritten, rough;
  bool alternation = false;  // a | outside all groups
  bool anchor = false;       // ^ or $ outside all groups
  bool inner_boundary = false;
};

Shape shape_of(std::string_view pattern) {
  Shape shape;
  const auto put = [&](std::string_view exact, std::string_view rough) {
    shape.rewritten += exact;
    shape.rough += rough;
  };
  const auto keep = [&](std::size_t at) { put(pattern.substr(at, 1), pattern.substr(at, 1)); };
  int depth = 0;
  bool in_class = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\' && i + 1 < pattern.size()) {
      const char next = pattern[++i];
      // What stands in a class may be negated: there nothing is rough.
      switch (next) {
        case 'w': in_class ? put("\\pL\\pM\\p{Nd}_", "\\pL\\pM\\p{Nd}_") : put(kWord, kRoughWord); break;
        case 'W': in_class ? put("\\W", "\\W") : put(kNoWord, kRoughNoWord); break;
        case 'd': put("\\p{Nd}", in_class ? "\\p{Nd}" : kRoughDigit); break;
        case 'D': put("\\P{Nd}", in_class ? "\\P{Nd}" : kRoughNoDigit); break;
        default:
          if (next == 'b' && !in_class) shape.inner_boundary = true;
          keep(i - 1);
          keep(i);
      }
      continue;
    }
    if (in_class) {
      if (c == ']') in_class = false;
    } else if (c == '[') {
      in_class = true;
      keep(i);
      if (i + 1 < pattern.size() && pattern[i + 1] == '^') keep(++i);
      if (i + 1 < pattern.size() && pattern[i + 1] == ']') keep(++i);
      continue;
    } else if (c == '(') {
      ++depth;
    } else if (c == ')') {
      --depth;
    } else if (depth == 0) {
      shape.alternation |= c == '|';
      shape.anchor |= c == '^' || c == '$';
    }
    keep(i);
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
  return find_parted(form, token, [](char c) { return c == ' ' || c == '-'; });
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
  const auto framed = [&](const std::string& inner) {
    std::string out(flags);
    if (tokens) out += kTokenBefore;
    if (source.word_begin) out += kAsciiBreakBefore;
    out += '(' + inner + ')';
    if (source.word_end) out += kAsciiBreakBehind;
    if (tokens) out += kTokenBehind;
    return out;
  };
  source.pattern = framed(shape.rewritten);
  source.rough = framed(shape.rough);
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
