#include "record/dates.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <vector>

#include "base/text.h"
#include "base/url.h"
#include "record/month_names.h"

namespace marrow {
namespace {

constexpr int kFirstYear = 1990;  // the web's first year: older dates are topics, not publication
constexpr int kLastYear = 2100;
constexpr int kThaiOffset = 543;  // Buddhist years

std::optional<Day> day_of(int year, int month, int day) {
  if (year >= kFirstYear + kThaiOffset && year <= kLastYear + kThaiOffset) year -= kThaiOffset;
  if (year < kFirstYear || year > kLastYear) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (month < 1 || day < 1 || !date.ok()) return std::nullopt;
  return Day{static_cast<std::uint16_t>(year), static_cast<std::uint8_t>(month), static_cast<std::uint8_t>(day)};
}

// A text as numbers and words with what stands between them.
struct Token {
  std::size_t begin, end;
  int number = -1;       // -1 = a word
  int digits = 0;
  int month = 0;         // of a word that names one
  char32_t after = 0;    // the sign behind it, ' ' if white space, 0 at the end
  bool glued = false;    // nothing but that one sign between it and the next token
};

int digit_value(char32_t c) {
  if (c >= '0' && c <= '9') return static_cast<int>(c - '0');
  // Decimal digits stand in rows of ten that begin at a multiple of 16 or 16 + 6 in every script.
  constexpr std::array<char32_t, 14> kZeros = {0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xE50, 0x1040, 0xFF10};
  for (char32_t zero : kZeros)
    if (c >= zero && c < zero + 10) return static_cast<int>(c - zero);
  return -1;
}

bool is_ordinal(std::string_view word) {
  constexpr std::string_view kWords[] = {"st", "nd", "rd", "th", "er", "o", "º", "ª", "ro", "do", "re", "e"};
  return std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords);
}

// Words that stand between the parts of a date.
bool is_filler(std::string_view word) {
  constexpr std::string_view kWords[] = {"of", "the", "de", "del", "di", "da", "den", "der", "d", "m", "gada", "г", "р", "року", "года", "г",
                                         "tháng", "năm", "ngày", "ta", "en", "le", "al", "år", "dne", "sa", "วันที่", "พ.ศ", "พ", "ศ", "ปี"};
  return std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords) || is_ordinal(word);
}

class Scanner {
 public:
  Scanner(std::string_view text, const DateHints& hints) : text_(text), hints_(hints) {}

  std::optional<FoundDate> find(std::size_t from) {
    tokenise(from);
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      for (auto match : {&Scanner::numeric, &Scanner::east_asian, &Scanner::vietnamese, &Scanner::named})
        if (auto found = (this->*match)(i)) return found;
    }
    return std::nullopt;
  }

 private:
  // Dates stand in lines, not in books: reads this many bytes at most.
  static constexpr std::size_t kReach = 600;

  void tokenise(std::size_t from) {
    const std::string_view text = text_.substr(0, std::min(text_.size(), from + kReach));
    std::size_t at = from;
    while (at < text.size()) {
      const std::size_t begin = at;
      const char32_t c = next_code_point(text, at);
      if (digit_value(c) >= 0)
        number(text, begin, at);
      else if (is_letter(c))
        word(text, begin, at);
      else if (!tokens_.empty())
        between(c);
    }
  }

  void between(char32_t c) {
    Token& last = tokens_.back();
    last.glued = last.after == 0;
    if (last.after == 0 || last.after == ' ') last.after = is_space(c) ? ' ' : c;
  }

  void number(std::string_view text, std::size_t begin, std::size_t& at) {
    Token token{begin, at};
    token.number = 0;
    std::size_t here = begin;
    while (here < text.size()) {
      std::size_t next = here;
      const int value = digit_value(next_code_point(text, next));
      if (value < 0) break;
      token.number = std::min(token.number, 99999999) * 10 + value;
      ++token.digits;
      here = next;
    }
    token.end = at = here;
    tokens_.push_back(token);
  }

  void word(std::string_view text, std::size_t begin, std::size_t& at) {
    while (at < text.size()) {
      std::size_t next = at;
      const char32_t c = next_code_point(text, next);
      if (!is_letter(c) || (is_spaceless(c) && c > 0x3000)) break;
      at = next;
    }
    Token token{begin, at};
    if (at - begin < 40) token.month = month_named(fold_case(text.substr(begin, at - begin)), hints_.language);
    tokens_.push_back(token);
  }

  std::string folded(const Token& token) const { return fold_case(text_.substr(token.begin, token.end - token.begin)); }

  bool has(std::size_t i) const { return i < tokens_.size(); }
  // Adjacent on the left with a letter or digit run of the same kind is excluded by tokenising; a longer number
  // chain (1.2.2025.4, phone numbers) is not a date.
  bool separated(std::size_t i) const {
    if (i == 0) return true;
    const Token& before = tokens_[i - 1];
    return before.number < 0 || !before.glued || before.after == ' ' || before.after == '|' || before.after == '(' || before.after == ',';
  }

  std::optional<FoundDate> made(std::optional<Day> day, std::size_t first, std::size_t last) const {
    if (!day) return std::nullopt;
    return FoundDate{*day, tokens_[first].begin, tokens_[last].end};
  }

  // 2025-11-20, 20.11.2025, 11/20/2025, 2025. 11. 20.
  std::optional<FoundDate> numeric(std::size_t i) const {
    if (!has(i + 2) || !separated(i)) return std::nullopt;
    const Token &a = tokens_[i], &b = tokens_[i + 1], &c = tokens_[i + 2];
    if (a.number < 0 || b.number < 0 || c.number < 0 || a.after != b.after) return std::nullopt;
    if (a.after != '-' && a.after != '/' && a.after != '.' && a.after != 0x2011 && a.after != 0x2013) return std::nullopt;
    if ((!a.glued || !b.glued) && a.after != '.') return std::nullopt;
    if (c.glued && has(i + 3) && tokens_[i + 3].number >= 0 && c.after == a.after) return std::nullopt;
    if (a.digits == 4 && b.digits <= 2 && c.digits <= 2) return made(day_of(a.number, b.number, c.number), i, i + 2);
    if (c.digits != 4 || a.digits > 2 || b.digits > 2) return std::nullopt;
    const bool month_first_only = b.number > 12, day_first_only = a.number > 12;
    bool month_first = hints_.order == NumericOrder::month_first && a.after != '.';
    if (month_first_only) month_first = true;
    if (day_first_only) month_first = false;
    if (!month_first_only && !day_first_only && a.number != b.number && hints_.order == NumericOrder::unknown && a.after != '.')
      return std::nullopt;
    return made(month_first ? day_of(c.number, a.number, b.number) : day_of(c.number, b.number, a.number), i, i + 2);
  }

  // 2025年11月20日, 2025년 11월 20일
  std::optional<FoundDate> east_asian(std::size_t i) const {
    if (!has(i + 5)) return std::nullopt;
    auto part = [&](std::size_t k, std::initializer_list<std::string_view> signs) {
      if (tokens_[k].number < 0 || tokens_[k + 1].number >= 0) return false;
      const std::string_view rest = text_.substr(tokens_[k + 1].begin);
      return std::any_of(signs.begin(), signs.end(), [&](std::string_view s) { return rest.starts_with(s); });
    };
    if (!part(i, {"年", "년"}) || !part(i + 2, {"月", "월"}) || !part(i + 4, {"日", "일", "号"})) return std::nullopt;
    return made(day_of(tokens_[i].number, tokens_[i + 2].number, tokens_[i + 4].number), i, i + 5);
  }

  // 20 tháng 11, 2025
  std::optional<FoundDate> vietnamese(std::size_t i) const {
    if (!has(i + 3) || tokens_[i].number < 0 || tokens_[i + 1].number >= 0 || tokens_[i + 2].number < 0) return std::nullopt;
    if (folded(tokens_[i + 1]) != "tháng") return std::nullopt;
    std::size_t year = i + 3;
    if (tokens_[year].number < 0 && has(year + 1)) ++year;
    if (tokens_[year].digits != 4) return std::nullopt;
    return made(day_of(tokens_[year].number, tokens_[i + 2].number, tokens_[i].number), i, year);
  }

  bool is_year(std::size_t k) const { return has(k) && tokens_[k].digits == 4; }
  bool is_day(std::size_t k) const { return has(k) && tokens_[k].number >= 1 && tokens_[k].number <= 31 && tokens_[k].digits <= 2; }
  // The token after `k` (step 1) or before it (step -1), fillers left out; npos if none.
  std::size_t beside(std::size_t k, int step) const {
    for (int skipped = 0; skipped < 3; ++skipped) {
      k = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(k) + step);
      if (!has(k)) break;
      if (tokens_[k].number >= 0 || tokens_[k].month || !is_filler(folded(tokens_[k]))) return k;
    }
    return std::string_view::npos;
  }

  // 20 November 2025, November 20th, 2025, 2025. november 20.
  std::optional<FoundDate> named(std::size_t m) const {
    const int month = tokens_[m].month;
    if (!month) return std::nullopt;
    const std::size_t before = beside(m, -1), after = beside(m, 1);
    const std::size_t after2 = has(after) ? beside(after, 1) : std::string_view::npos;
    auto date = [&](std::size_t year, std::size_t day) {
      const auto [low, high] = std::minmax({year, m, day});
      return made(day_of(tokens_[year].number, month, tokens_[day].number), low, high);
    };
    if (is_day(after) && is_year(after2))
      if (auto found = date(after2, after)) return found;
    if (is_day(before) && is_year(after))
      if (auto found = date(after, before)) return found;
    if (is_year(before) && is_day(after))
      if (auto found = date(before, after)) return found;
    if (is_year(before) && has(before) && is_day(beside(before, -1)))
      if (auto found = date(before, beside(before, -1))) return found;
    return std::nullopt;
  }

  std::string_view text_;
  const DateHints& hints_;
  std::vector<Token> tokens_;
};

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int to_int(std::string_view digits) {
  int value = 0;
  for (char c : digits) value = value * 10 + (c - '0');
  return value;
}

std::optional<Day> day_of_epoch(std::string_view digits) {
  if (digits.size() == 13) digits.remove_suffix(3);
  if (digits.size() != 10 && digits.size() != 9) return std::nullopt;
  const std::chrono::sys_seconds time{std::chrono::seconds{to_int(digits.substr(0, 9)) * (digits.size() == 10 ? 10LL : 1LL)}};
  const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(time)};
  return day_of(static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
                static_cast<int>(static_cast<unsigned>(date.day())));
}

// YYYY-MM-DD, YYYY/MM/DD, YYYYMMDD, each with anything that is no digit behind it.
std::optional<Day> leading_iso(std::string_view v) {
  if (v.size() < 8 || !all_digits(v.substr(0, 4))) return std::nullopt;
  if (all_digits(v.substr(0, 8)) && (v.size() == 8 || v[8] == 'T' || v[8] == ' '))
    return day_of(to_int(v.substr(0, 4)), to_int(v.substr(4, 2)), to_int(v.substr(6, 2)));
  if (v[4] != '-' && v[4] != '/' && v[4] != '.') return std::nullopt;
  const auto second = v.find(v[4], 5);
  if (second == std::string_view::npos || second > 7) return std::nullopt;
  const std::string_view month = v.substr(5, second - 5);
  std::size_t end = second + 1;
  while (end < v.size() && end < second + 3 && v[end] >= '0' && v[end] <= '9') ++end;
  const std::string_view day = v.substr(second + 1, end - second - 1);
  if (!all_digits(month) || !all_digits(day)) return std::nullopt;
  if (end < v.size() && v[end] >= '0' && v[end] <= '9') return std::nullopt;
  return day_of(to_int(v.substr(0, 4)), to_int(month), to_int(day));
}

}  // namespace

std::string Day::iso() const {
  std::array<char, 11> out{};
  int rest = year * 10000 + month * 100 + day;
  for (int i = 9; i >= 0; --i) {
    if (i == 4 || i == 7) {
      out[static_cast<std::size_t>(i)] = '-';
      continue;
    }
    out[static_cast<std::size_t>(i)] = static_cast<char>('0' + rest % 10);
    rest /= 10;
  }
  return out.data();
}

NumericOrder numeric_order(std::string_view tag) {
  const std::string lower = ascii_lower(tag);
  if (lower.empty()) return NumericOrder::unknown;
  if (!lower.starts_with("en")) return NumericOrder::day_first;
  if (lower.size() < 5 || lower.ends_with("us") || lower.ends_with("ph")) return NumericOrder::month_first;
  return NumericOrder::day_first;
}

std::optional<Day> parse_date(std::string_view value, const DateHints& hints) {
  const std::string_view v = trim(value);
  if (auto day = leading_iso(v)) return day;
  if (all_digits(v)) return day_of_epoch(v);
  if (auto found = find_date(v, hints)) return found->day;
  return std::nullopt;
}

std::optional<FoundDate> find_date(std::string_view text, const DateHints& hints, std::size_t from) {
  return Scanner(text, hints).find(from);
}

std::optional<Day> date_of_url(std::string_view url) {
  UrlParts parts;
  if (!split_url(url, &parts)) return std::nullopt;
  const std::string_view path = parts.path;
  for (std::size_t i = 1; i < path.size(); ++i) {
    if (path[i - 1] != '/' && path[i - 1] != '-' && path[i - 1] != '_') continue;
    if (path.size() < i + 8 || (path[i] != '1' && path[i] != '2')) continue;
    if (auto day = leading_iso(path.substr(i))) return day;
    const std::string_view eight = path.substr(i, 8);
    const bool ends = i + 8 == path.size() || path[i + 8] == '/' || path[i + 8] == '-' || path[i + 8] == '_' || path[i + 8] == '.';
    if (all_digits(eight) && ends)
      if (auto day = day_of(to_int(eight.substr(0, 4)), to_int(eight.substr(4, 2)), to_int(eight.substr(6, 2)))) return day;
  }
  return std::nullopt;
}

}  // namespace marrow
