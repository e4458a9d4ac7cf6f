#include "base/toml_plain.h"

#include <charconv>

#include "base/text.h"

namespace marrow {
namespace {

using Type = TomlValue::Type;

// Arrays and inline tables inside each other; rule files have two. Bounds the recursion.
constexpr int kMaxDepth = 8;
constexpr std::size_t kMaxDigits = 15;  // of numbers that a double holds exactly

bool is_bare(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_control(char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F; }

// Every step answers "is it plain so far?".
class Plain {
 public:
  explicit Plain(std::string_view text) : text_(text) {}

  bool read(TomlValue* root) {
    root->type = Type::table;
    root->at = {1, 1};
    TomlValue* table = root;
    for (;;) {
      if (!skip_lines()) return false;
      if (at_ == text_.size()) return true;
      if (peek() == '[' ? !header(root, &table) : !member(table)) return false;
      if (!end_of_line()) return false;
    }
  }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char c) {
    if (peek() != c || at_ == text_.size()) return false;
    ++at_;
    return true;
  }
  void blanks() {
    while (peek() == ' ' || peek() == '\t') ++at_;
  }

  TomlAt here() {
    column_ += static_cast<std::uint32_t>(count_code_points(text_.substr(counted_, at_ - counted_)));
    counted_ = at_;
    return {line_, column_};
  }
  bool new_line() {
    if (peek() == '\r') ++at_;
    if (!take('\n')) return false;
    ++line_;
    column_ = 1;
    counted_ = at_;
    return true;
  }
  bool comment() {
    while (at_ < text_.size() && text_[at_] != '\n' && text_[at_] != '\r')
      if (is_control(text_[at_++])) return false;
    return true;
  }
  // Behind a value or header: blanks, a comment, the line's end.
  bool end_of_line() {
    blanks();
    if (peek() == '#' && !comment()) return false;
    return at_ == text_.size() || new_line();
  }
  // Blanks, comments and line ends.
  bool skip_lines() {
    for (;;) {
      blanks();
      if (peek() == '#' && !comment()) return false;
      if (peek() != '\n' && peek() != '\r') return true;
      if (!new_line()) return false;
    }
  }

  std::string_view bare_key() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_bare(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  bool header(TomlValue* root, TomlValue** table) {
    const TomlAt place = here();
    ++at_;
    const bool list = take('[');
    const TomlAt key_place = here();
    const std::string_view key = bare_key();
    if (key.empty() || !take(']') || (list && !take(']'))) return false;
    const TomlMember* found = root->find(key);
    if (found && (!list || found->value.type != Type::array || !from_header(key))) return false;
    TomlValue fresh;
    fresh.type = Type::table;
    fresh.at = place;
    if (!list) {
      root->members.push_back({std::string(key), key_place, std::move(fresh)});
      *table = &root->members.back().value;
      return true;
    }
    if (!found) {
      TomlValue array;
      array.type = Type::array;
      array.at = place;
      root->members.push_back({std::string(key), key_place, std::move(array)});
      lists_.push_back(key);
    }
    for (TomlMember& one : root->members) {
      if (one.key != key) continue;
      one.value.items.push_back(std::move(fresh));
      *table = &one.value.items.back();
    }
    return true;
  }
  bool from_header(std::string_view key) const {
    for (const std::string_view one : lists_)
      if (one == key) return true;
    return false;
  }

  bool member(TomlValue* table, int depth = 0) {
    const TomlAt place = here();
    const std::string_view key = bare_key();
    if (key.empty() || table->find(key)) return false;
    blanks();
    if (!take('=')) return false;
    blanks();
    table->members.push_back({std::string(key), place, {}});
    return value(&table->members.back().value, depth);
  }

  bool value(TomlValue* out, int depth) {
    out->at = here();
    switch (peek()) {
      case '\'':
      case '"': return string(out);
      case '[': return depth < kMaxDepth && array(out, depth + 1);
      case '{': return depth < kMaxDepth && inline_table(out, depth + 1);
      case 't':
      case 'f': return boolean(out);
      default: return number(out);
    }
  }

  bool string(TomlValue* out) {
    const char quote = text_[at_++];
    const std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] != quote) {
      if (is_control(text_[at_]) || (quote == '"' && text_[at_] == '\\')) return false;
      ++at_;
    }
    if (at_ == text_.size()) return false;
    out->type = Type::string;
    out->string = text_.substr(begin, at_++ - begin);
    return peek() != quote;  // ''' and """
  }

  bool boolean(TomlValue* out) {
    const std::string_view word = bare_key();
    out->type = Type::boolean;
    out->boolean = word == "true";
    return word == "true" || word == "false";
  }

  bool number(TomlValue* out) {
    const std::size_t begin = at_;
    if (peek() == '-') ++at_;
    const std::size_t digits = at_;
    while (is_digit(peek())) ++at_;
    const std::size_t whole = at_ - digits;
    if (whole == 0 || whole > kMaxDigits || (whole > 1 && text_[digits] == '0')) return false;
    bool real = false;
    if (peek() == '.') {
      const std::size_t dot = at_++;
      while (is_digit(peek())) ++at_;
      real = true;
      if (at_ == dot + 1 || at_ - dot > kMaxDigits) return false;
    }
    if (is_bare(peek()) || peek() == '.' || peek() == ':' || peek() == '+') return false;  // dates, exponents, 1_000
    const char* first = text_.data() + begin;
    const char* last = text_.data() + at_;
    out->type = real ? Type::real : Type::integer;
    if (real) return std::from_chars(first, last, out->real).ec == std::errc();
    if (std::from_chars(first, last, out->integer).ec != std::errc()) return false;
    out->real = static_cast<double>(out->integer);
    return true;
  }

  bool array(TomlValue* out, int depth) {
    out->type = Type::array;
    ++at_;
    for (;;) {
      if (!skip_lines()) return false;
      if (take(']')) return true;
      out->items.emplace_back();
      if (!value(&out->items.back(), depth) || !skip_lines()) return false;
      if (take(',')) continue;
      return take(']');
    }
  }

  bool inline_table(TomlValue* out, int depth) {
    out->type = Type::table;
    ++at_;
    blanks();
    if (take('}')) return true;
    for (;;) {
      blanks();
      if (!member(out, depth)) return false;
      blanks();
      if (take('}')) return true;
      if (!take(',')) return false;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1, column_ = 1;
  std::size_t counted_ = 0;  // column_ is of this place
  std::vector<std::string_view> lists_;  // made by [[…]]
};

}  // namespace

bool read_plain_toml(std::string_view text, TomlValue* root) {
  *root = {};
  if (Plain(text).read(root)) return true;
  *root = {};
  return false;
}

}  // namespace marrow
