#include "rules/path.h"

#include "base/text.h"

namespace marrow {
namespace {

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// A reader over the selector; the first fault stops it.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  bool list(std::vector<Path::Selector>* out, int depth, bool relative) {
    do {
      skip_blanks();
      out->emplace_back();
      if (!selector(&out->back(), depth, relative)) return false;
      skip_blanks();
    } while (take(','));
    return true;
  }
  bool at_end() const { return at_ == text_.size(); }
  bool fail(std::string message) {
    if (fault_.message.empty()) fault_ = {at_, std::move(message)};
    return false;
  }
  const Path::Fault& fault() const { return fault_; }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  bool skip_blanks() {
    const std::size_t before = at_;
    while (at_ < text_.size() && is_blank_ascii(text_[at_])) ++at_;
    return at_ > before;
  }

  bool selector(Path::Selector* out, int depth, bool relative) {
    Path::Join join = Path::Join::none;
    if (relative) {
      join = combinator();
      if (join == Path::Join::none) join = Path::Join::descendant;
    }
    for (;;) {
      out->joins.push_back(join);
      out->compounds.emplace_back();
      if (!compound(&out->compounds.back(), depth)) return false;
      const bool blank = skip_blanks();
      if (at_end() || peek() == ',' || peek() == ')') return true;
      join = combinator();
      if (join == Path::Join::none) {
        if (!blank) return fail("unexpected character in a selector");
        join = Path::Join::descendant;
      }
    }
  }

  Path::Join combinator() {
    Path::Join join = Path::Join::none;
    if (take('>')) join = Path::Join::child;
    else if (take('+')) join = Path::Join::next;
    else if (take('~')) join = Path::Join::later;
    if (join != Path::Join::none) skip_blanks();
    return join;
  }

  bool name(std::string* out, const char* what) {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_name(text_[at_])) ++at_;
    if (at_ == begin) return fail(std::string("expected ") + what);
    *out = text_.substr(begin, at_ - begin);
    return true;
  }

  bool quoted(std::string* out) {
    const char quote = peek();
    const std::size_t end = text_.find(quote, at_ + 1);
    if (end == std::string_view::npos) return fail("a quote is not closed");
    *out = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    return true;
  }

  bool compound(Path::Compound* out, int depth) {
    const std::size_t begin = at_;
    if (is_name(peek())) {
      if (!name(&out->tag, "a tag")) return false;
      out->tag = ascii_lower(out->tag);
    } else {
      take('*');
    }
    for (;;) {
      const char c = peek();
      if (c == '#' || c == '.') {
        ++at_;
        std::string value;
        if (!name(&value, c == '#' ? "an id behind #" : "a class behind .")) return false;
        out->attributes.push_back(c == '#' ? Path::Attribute{"id", value, Path::Test::equals, Path::Of::id}
                                          : Path::Attribute{"class", value, Path::Test::word, Path::Of::cls});
      } else if (c == '[') {
        if (!attribute(out)) return false;
      } else if (c == ':') {
        if (!pseudo(out, depth)) return false;
      } else {
        break;
      }
    }
    return at_ > begin || fail("expected a tag, .class, #id, [attribute] or :test");
  }

  bool attribute(Path::Compound* out) {
    ++at_;
    Path::Attribute attribute;
    skip_blanks();
    const std::size_t begin = at_;
    while (at_ < text_.size() && (is_name(text_[at_]) || text_[at_] == ':')) ++at_;
    attribute.name = ascii_lower(text_.substr(begin, at_ - begin));
    if (attribute.name.empty()) return fail("expected the name of an attribute");
    attribute.of = attribute.name == "class" ? Path::Of::cls : attribute.name == "id" ? Path::Of::id : Path::Of::other;
    skip_blanks();
    if (take(']')) {
      out->attributes.push_back(std::move(attribute));
      return true;
    }
    switch (peek()) {
      case '~': attribute.test = Path::Test::word; ++at_; break;
      case '*': attribute.test = Path::Test::contains; ++at_; break;
      case '^': attribute.test = Path::Test::begins; ++at_; break;
      case '$': attribute.test = Path::Test::ends; ++at_; break;
      default: attribute.test = Path::Test::equals;
    }
    if (!take('=')) return fail("expected = ~= *= ^= $= or ]");
    skip_blanks();
    const bool quote = peek() == '"' || peek() == '\'';
    if (quote ? !quoted(&attribute.value) : !name(&attribute.value, "a value")) return false;
    skip_blanks();
    if (!take(']')) return fail("expected ]");
    if (attribute.value.empty() && attribute.test != Path::Test::equals) return fail("an empty value matches nothing");
    out->attributes.push_back(std::move(attribute));
    return true;
  }

  bool number(std::uint32_t* out) {
    std::uint32_t value = 0;
    const std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9' && value < 100000)
      value = value * 10 + static_cast<std::uint32_t>(text_[at_++] - '0');
    if (at_ == begin || value == 0) return fail("expected a number from 1 on");
    *out = value;
    return true;
  }

  bool pseudo(Path::Compound* out, int depth) {
    const std::size_t begin = at_++;
    std::string what;
    if (!name(&what, "a test behind :")) return false;
    if (!take('(')) {
      at_ = begin;
      return fail("':" + what + "' is not known or needs (…)");
    }
    if (depth >= Path::kMaxDepth) return fail("nested too deep");
    skip_blanks();
    bool read = false;
    if (what == "is") {
      read = list(&out->is.emplace_back(), depth + 1, false);
    } else if (what == "not") {
      read = list(&out->is_not.emplace_back(), depth + 1, false);
    } else if (what == "has") {
      read = list(&out->has.emplace_back(), depth + 1, true);
    } else if (what == "contains") {
      if (peek() != '"' && peek() != '\'') return fail("expected a quoted text");
      read = quoted(&out->contains.emplace_back());
    } else if (what == "nth") {
      read = number(&out->nth);
    } else if (what == "nth-of-type") {
      read = number(&out->nth_of_type);
    } else {
      at_ = begin;
      return fail("':" + what + "' is not known; known are :is :not :has :contains :nth :nth-of-type");
    }
    if (!read) return false;
    skip_blanks();
    return take(')') || fail("expected )");
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Path::Fault fault_;
};

bool positional(const Path::Selector& selector) {
  bool counted = false;
  for (const Path::Compound& compound : selector.compounds) {
    if (!compound.attributes.empty() || !compound.is.empty() || !compound.has.empty() || !compound.contains.empty())
      return false;
    counted |= compound.nth != 0 || compound.nth_of_type != 0;
  }
  return counted;
}

}  // namespace

bool Path::parse(std::string_view selector, Path* path, Fault* fault) {
  path->selectors_.clear();
  Parser parser(selector);
  const bool fits = selector.size() <= kMaxBytes;
  if (!fits) parser.fail("the selector is too long");
  const bool read = fits && parser.list(&path->selectors_, 0, false) &&
                    (parser.at_end() || parser.fail("unexpected character in a selector"));
  if (read) path->arrange();
  else *fault = parser.fault();
  return read;
}

bool Path::positional_only() const {
  for (const Selector& selector : selectors_)
    if (positional(selector)) return true;
  return false;
}

}  // namespace marrow
