// repair_json: one pass over the bytes with a stack of open brackets.
#include <string>
#include <string_view>

#include "base/text.h"
#include "record/entities.h"
#include "record/json_ld.h"

namespace marrow {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

class Repairer {
 public:
  explicit Repairer(std::string_view in) : in_(in) { out_.reserve(in.size() + 16); }

  std::string run() {
    out_ += '[';  // several objects may stand glued in one script
    while (at_ < in_.size()) step();
    if (in_string_) out_ += '"';
    drop_comma();
    while (!open_.empty()) {
      drop_comma();
      if (!out_.empty() && out_.back() == ':') out_ += "null";
      out_ += open_.back();
      open_.pop_back();
    }
    out_ += ']';
    return std::move(out_);
  }

 private:
  void step() {
    const char c = in_[at_];
    if (in_string_)
      in_string(c);
    else if (!skip_comment())
      outside(c);
  }

  void in_string(char c) {
    ++at_;
    if (c == '\\') return escape();
    if (c == '"') {
      if (closes()) {
        out_ += '"';
        in_string_ = false;
      } else {
        out_ += "\\\"";
      }
      return;
    }
    if (c == '\n')
      out_ += "\\n";
    else if (static_cast<unsigned char>(c) < 0x20)
      out_ += ' ';
    else
      out_ += c;
  }

  void escape() {
    const char c = at_ < in_.size() ? in_[at_] : '\0';
    constexpr std::string_view kGood = "\"\\/bfnrt";
    if (kGood.find(c) != std::string_view::npos || (c == 'u' && four_hex(at_ + 1))) {
      out_ += '\\';
      out_ += c;
      ++at_;
    } else if (c == '\'') {
      out_ += c;
      ++at_;
    } else {
      out_ += "\\\\";
    }
  }

  bool four_hex(std::size_t from) const {
    if (from + 4 > in_.size()) return false;
    for (std::size_t i = from; i < from + 4; ++i) {
      const char lower = static_cast<char>(in_[i] | 0x20);
      if (!((in_[i] >= '0' && in_[i] <= '9') || (lower >= 'a' && lower <= 'f'))) return false;
    }
    return true;
  }

  // A quote ends its string where JSON may go on behind it: , } ] : or the end.
  bool closes() const {
    std::size_t i = at_;
    while (i < in_.size() && is_blank(in_[i])) ++i;
    if (i == in_.size()) return true;
    if (in_[i] == ',') {  // `"a", and "b"` goes on as prose, `"a", "b"` as JSON
      for (++i; i < in_.size() && is_blank(in_[i]); ++i) {
      }
      constexpr std::string_view kStart = "\"{[}]-0123456789tfn/";
      return i == in_.size() || kStart.find(in_[i]) != std::string_view::npos;
    }
    return in_[i] == '}' || in_[i] == ']' || in_[i] == ':';
  }

  bool skip_comment() {
    const std::string_view rest = in_.substr(at_);
    auto skip_to = [&](std::string_view end, std::size_t from) {
      const auto found = rest.find(end, from);
      at_ = found == std::string_view::npos ? in_.size() : at_ + found + end.size();
      return true;
    };
    if (rest.starts_with("/*")) return skip_to("*/", 2);
    if (rest.starts_with("//<![CDATA[") || rest.starts_with("//]]>")) {
      at_ += rest[2] == '<' ? 11 : 5;
      return true;
    }
    if (rest.starts_with("//")) return skip_to("\n", 2);
    for (std::string_view wrapper : {"<![CDATA[", "]]>", "<!--", "-->"}) {
      if (!rest.starts_with(wrapper)) continue;
      at_ += wrapper.size();
      return true;
    }
    return false;
  }

  void outside(char c) {
    ++at_;
    if (c == '"') {
      glue();
      in_string_ = true;
      out_ += '"';
    } else if (c == '{' || c == '[') {
      glue();
      open_ += c == '{' ? '}' : ']';
      out_ += c;
    } else if (c == '}' || c == ']') {
      close(c);
    } else if (c == ',') {
      if (!out_.empty() && out_.back() != ',' && out_.back() != '[' && out_.back() != '{') out_ += c;
    } else if (!is_blank(c) && c != ';' && static_cast<unsigned char>(c) >= 0x20) {
      if (!open_.empty()) out_ += c;  // words between objects are no JSON
    }
  }

  // }{ and "a" "b": a comma was left out.
  void glue() {
    const char last = out_.back();
    if (last == '}' || last == ']' || (last == '"' && !open_.empty())) out_ += ',';
  }

  void close(char c) {
    if (open_.find(c) == std::string::npos) return;  // closes what was never opened
    drop_comma();
    while (open_.back() != c) {
      out_ += open_.back();
      open_.pop_back();
    }
    out_ += c;
    open_.pop_back();
  }

  void drop_comma() {
    if (!out_.empty() && out_.back() == ',') out_.pop_back();
  }

  std::string_view in_;
  std::size_t at_ = 0;
  std::string out_, open_;
  bool in_string_ = false;
};

}  // namespace

std::string repair_json(std::string_view text) {
  std::string decoded;
  if (text.find("{&quot;") != std::string_view::npos || text.find("{ &quot;") != std::string_view::npos) {
    decoded = decode_entities(text);
    text = decoded;
  }
  return Repairer(text).run();
}

}  // namespace marrow
