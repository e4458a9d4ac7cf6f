#include "rules/xpath.h"

#include <vector>

#include "base/text.h"

namespace marrow {
namespace {

// Brackets inside brackets: no honest expression comes near.
constexpr int kMaxDepth = 12;

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == ':' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// One condition of a step in disjunctive form: a list of alternatives, each a string to append to the compound.
using Alternatives = std::vector<std::string>;

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool all(std::string* selector, std::string* attribute) {
    std::vector<std::string> paths;
    do {
      std::string path;
      if (!whole_path(&path, attribute)) return false;
      paths.push_back(std::move(path));
      skip();
    } while (take("|"));
    if (at_ != text_.size()) return fail("what follows is not understood");
    for (const std::string& path : paths) *selector += (selector->empty() ? "" : ", ") + path;
    return true;
  }
  std::string reason() const {
    std::string rest(text_.substr(at_, 40));
    return reason_ + (rest.empty() ? "" : " at '" + rest + "'");
  }

 private:
  void skip() {
    while (at_ < text_.size() && is_blank_ascii(text_[at_])) ++at_;
  }
  bool take(std::string_view token) {
    skip();
    if (text_.substr(at_, token.size()) != token) return false;
    at_ += token.size();
    return true;
  }
  bool take_word(std::string_view word) {
    skip();
    if (text_.substr(at_, word.size()) != word) return false;
    const std::size_t end = at_ + word.size();
    if (end < text_.size() && is_name(text_[end])) return false;
    at_ = end;
    return true;
  }
  bool fail(const char* reason) {
    if (reason_.empty()) reason_ = reason;
    return false;
  }

  bool whole_path(std::string* out, std::string* attribute) {
    skip();
    if (take("(")) return fail("a set in brackets has no selector");
    if (!take("//")) take("/");  // the root has one child only: where a path starts from needs no saying
    return steps(out, attribute, 0);
  }

  // Steps from here on.
  bool steps(std::string* out, std::string* attribute, int depth) {
    std::string join;
    for (int count = 0;; ++count) {
      skip();
      if (take("@")) {
        std::string name;
        if (!name_of(&name)) return false;
        if (!attribute || out->empty()) return fail("an attribute alone is no element");
        *attribute = ascii_lower(name);
        return true;
      }
      if (!step(out, join, depth, count > 1)) return false;
      skip();
      if (take("//")) join = " ";
      else if (take("/")) join = " > ";
      else return true;
    }
  }

  bool name_of(std::string* out) {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_name(text_[at_]) && text_.substr(at_, 2) != "::") ++at_;
    *out = text_.substr(begin, at_ - begin);
    return !out->empty() || fail("a name is missing");
  }

  // `chained`: two steps or more stand before this one.
  bool step(std::string* out, std::string join, int depth, bool chained) {
    if (take("text()")) return fail("text nodes are no elements");
    if (take("..")) return chained ? fail("the parent of a chain has no selector") : (*out = "*:has(> " + *out + ")", true);
    if (take("following-sibling::")) join = " ~ ";
    else if (take("descendant::") || take("descendant-or-self::")) join = out->empty() ? "" : " ";
    else if (take("child::")) join = out->empty() ? "" : " > ";
    else if (take("parent::")) return upward(out, depth, true, chained);
    else if (take("ancestor::")) return upward(out, depth, false, chained);
    else if (take("self::")) return self_step(out, depth);
    else if (take("preceding-sibling::") || take("following::") || take("preceding::") || take("ancestor-or-self::")) return fail("this axis has no selector");
    std::string tag;
    if (!tag_test(&tag)) return false;
    std::string conditions;
    if (!predicates(&conditions, depth)) return false;
    *out += join + compound(tag, conditions);
    return true;
  }

  // a/self::b[x]: the last compound, tested again.
  bool self_step(std::string* out, int depth) {
    std::string tag, conditions;
    if (out->empty()) return fail("self:: needs a step before it");
    if (!tag_test(&tag) || !predicates(&conditions, depth)) return false;
    *out += (tag == "*" ? "" : ":is(" + tag + ")") + conditions;
    return true;
  }

  // a/parent::b -> b:has(> a); a/ancestor::b -> b:has(a); a/ancestor::b[1] is the nearest: no other b between.
  bool upward(std::string* out, int depth, bool parent, bool chained) {
    std::string tag, conditions;
    if (!tag_test(&tag)) return false;
    if (chained || out->empty()) return fail("the ancestor of a chain has no selector");
    const bool nearest = take("[1]");
    if (!predicates(&conditions, depth)) return false;
    const std::string above = compound(tag, conditions);
    const std::string inner = *out;
    *out = above + ":has(" + (parent ? "> " : "") + inner + ")";
    if (nearest && !parent) *out += ":not(:has(" + above + ":has(" + inner + ")))";
    return true;
  }

  bool tag_test(std::string* tag) {
    skip();
    if (take("*")) {
      *tag = "*";
      return true;
    }
    if (take("node()")) {
      *tag = "*";
      return true;
    }
    if (!name_of(tag)) return false;
    if (tag->find(':') != std::string::npos) return fail("a tag with a prefix has no selector");
    *tag = ascii_lower(*tag);
    return true;
  }

  static std::string compound(const std::string& tag, const std::string& conditions) {
    return tag == "*" && !conditions.empty() ? conditions : tag + conditions;
  }

  bool predicates(std::string* out, int depth) {
    while (take("[")) {
      Alternatives alternatives;
      if (depth >= kMaxDepth) return fail("nested too deep");
      if (!expression(&alternatives, depth + 1)) return false;
      if (!take("]")) return fail("']' is missing");
      *out += joined(alternatives);
    }
    return true;
  }

  static std::string joined(const Alternatives& alternatives) {
    if (alternatives.size() == 1) return alternatives[0];
    std::string out = ":is(";
    for (std::size_t i = 0; i < alternatives.size(); ++i) out += (i > 0 ? ", " : "") + alternatives[i];
    return out + ")";
  }

  bool expression(Alternatives* out, int depth) {
    do {
      std::string conditions;
      do {
        std::string one;
        if (!term(&one, depth)) return false;
        conditions += one;
      } while (take_word("and"));
      out->push_back(conditions);
    } while (take_word("or"));
    return true;
  }

  bool term(std::string* out, int depth) {
    skip();
    if (depth >= kMaxDepth) return fail("nested too deep");
    if (take("not(")) {
      Alternatives inner;
      if (!expression(&inner, depth + 1)) return false;
      if (!take(")")) return fail("')' is missing");
      *out = ":not(";
      for (std::size_t i = 0; i < inner.size(); ++i) *out += (i > 0 ? ", " : "") + inner[i];
      *out += ')';
      return true;
    }
    if (take("(")) {
      Alternatives inner;
      if (!expression(&inner, depth + 1)) return false;
      if (!take(")")) return fail("')' is missing");
      *out = joined(inner);
      return true;
    }
    if (take("contains(")) return two_arguments(out, '*');
    if (take("starts-with(")) return two_arguments(out, '^');
    if (take("ends-with(")) return two_arguments(out, '$');
    if (take("@")) return attribute_term(out);
    if (take("position()=") || take("position() =")) return number(out);
    skip();
    if (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') return number(out);
    if (take("last()")) return fail("last() has no selector");
    if (take("self::")) {
      std::string tag;
      if (!tag_test(&tag)) return false;
      std::string conditions;
      if (!predicates(&conditions, depth)) return false;
      *out = ":is(" + compound(tag, conditions) + ")";
      return true;
    }
    if (text_term(out)) return true;
    if (!reason_.empty()) return false;
    return inner_path(out, depth);
  }

  bool number(std::string* out) {
    skip();
    const std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') ++at_;
    if (at_ == begin || text_[begin] == '0') return fail("a position is missing");
    *out = ":nth(" + std::string(text_.substr(begin, at_ - begin)) + ")";
    return true;
  }

  // [.//div[@class="x"]], [img], [parent::div]: elements inside or above.
  bool inner_path(std::string* out, int depth) {
    std::string join = "> ";
    if (take(".//") || take("descendant::")) join = "";
    else if (take("./")) join = "> ";
    else if (take("following-sibling::")) join = "~ ";
    else if (take("parent::") || take("ancestor::") || take("preceding-sibling::") || take("..")) return fail("this axis has no selector in a condition");
    else if (take("//")) return fail("a condition on the whole page has no selector");
    std::string inner;
    std::string ignored;
    if (!steps(&inner, &ignored, depth + 1)) return false;
    if (!ignored.empty()) inner += "[" + ignored + "]";
    skip();
    if (at_ < text_.size() && (text_[at_] == '=' || text_[at_] == '!' || text_[at_] == '<' || text_[at_] == '>')) return fail("a comparison of elements has no selector");
    *out = ":has(" + join + inner + ")";
    return true;
  }

  bool literal(std::string* out) {
    skip();
    if (at_ >= text_.size() || (text_[at_] != '"' && text_[at_] != '\'')) return fail("a quoted text is missing");
    const std::size_t end = text_.find(text_[at_], at_ + 1);
    if (end == std::string_view::npos) return fail("a quote is not closed");
    *out = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    if (out->find('"') != std::string::npos && out->find('\'') != std::string::npos) return fail("both quotes in one text");
    return true;
  }

  static std::string quoted(const std::string& value) {
    const char quote = value.find('"') == std::string::npos ? '"' : '\'';
    return quote + value + quote;
  }

  // contains(@class, "x"), contains(concat(" ", normalize-space(@class), " "), " x "), contains(., "x").
  bool two_arguments(std::string* out, char how) {
    std::string name, value;
    bool padded = false, text = false;
    if (!subject(&name, &padded, &text)) return false;
    if (!take(",")) return fail("',' is missing");
    if (!literal(&value)) return false;
    if (!take(")")) return fail("')' is missing");
    if (value.empty()) return fail("an empty text is in everything");
    if (text) {
      if (how != '*') return fail("a text that begins so has no selector");
      *out = ":contains(" + quoted(value) + ")";
      return true;
    }
    const bool word = value.size() > 2 && value.front() == ' ' && value.back() == ' ';
    if (padded && word) {
      *out = "[" + name + "~=" + quoted(value.substr(1, value.size() - 2)) + "]";
      return true;
    }
    if (padded && value.front() == ' ') value.erase(0, 1);
    if (padded && !value.empty() && value.back() == ' ') value.pop_back();
    if (value.empty()) return fail("an empty text is in everything");
    *out = "[" + name + how + "=" + quoted(value) + "]";
    return true;
  }

  bool subject(std::string* name, bool* padded, bool* text) {
    if (take("@")) {
      if (!name_of(name)) return false;
      *name = ascii_lower(*name);
      return true;
    }
    if (take("concat(")) {
      std::string pad;
      *padded = true;
      if (!literal(&pad) || !take(",")) return fail("concat() of this kind has no selector");
      if (!subject(name, padded, text) || !take(",")) return fail("concat() of this kind has no selector");
      if (!literal(&pad) || !take(")")) return fail("concat() of this kind has no selector");
      return true;
    }
    if (take("normalize-space(")) {
      skip();
      if (take(")")) {
        *text = true;
        return true;
      }
      return subject(name, padded, text) && (take(")") || fail("')' is missing"));
    }
    if (take("translate(") || take("lower-case(") || take("string-length(")) return fail("this function has no selector");
    if (take("text()") || take("string()") || take("string(.)") || take(".")) {
      *text = true;
      return true;
    }
    return fail("this subject has no selector");
  }

  bool attribute_term(std::string* out) {
    std::string name, value;
    if (!name_of(&name)) return false;
    name = ascii_lower(name);
    if (take("!=")) {
      if (!literal(&value)) return false;
      *out = "[" + name + "]:not([" + name + "=" + quoted(value) + "])";
      return true;
    }
    if (!take("=")) {
      *out = "[" + name + "]";
      return true;
    }
    if (!literal(&value)) return false;
    *out = "[" + name + "=" + quoted(value) + "]";
    return true;
  }

  // text()="x", .="x", normalize-space(text())="x": carried as "contains", which is wider; said so by the importer.
  bool text_term(std::string* out) {
    const std::size_t before = at_;
    std::string name, value;
    bool padded = false, text = false;
    const bool function = take("normalize-space(");
    if (function) at_ = before;
    if (!function && text_.substr(at_, 6) != "text()" && !(text_[at_ < text_.size() ? at_ : 0] == '.' && text_.substr(at_, 2) != ".." && text_.substr(at_, 2) != "./")) return false;
    if (!subject(&name, &padded, &text)) return false;
    if (!take("=")) {
      at_ = before;
      return fail("this condition on text has no selector");
    }
    if (!literal(&value)) return false;
    if (value.empty()) return fail("an empty text is in everything");
    *out = text ? ":contains(" + quoted(value) + ")" : "[" + name + "~=" + quoted(value) + "]";
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string reason_;
};

}  // namespace

bool selector_of_xpath(std::string_view xpath, std::string* selector, std::string* attribute, std::string* reason) {
  selector->clear();
  if (attribute) attribute->clear();
  Reader reader(xpath);
  if (reader.all(selector, attribute)) return true;
  *reason = reader.reason();
  return false;
}

}  // namespace marrow
