#include "page/strip.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "page/references.h"
#include "page/strip_names.h"
#include "page/strip_scan.h"
#include "page/strip_texts.h"
#include "page/strip_tree.h"

namespace marrow {
namespace {

using namespace strip_names;
using namespace strip_scan;

// Nothing we write is longer than what we read, but for the white space that stands for a tag left out
// (shorter than the tag), the mark that keeps texts apart (shorter than the comment), a margin all the same; and the mark of
// three bytes behind a CDATA section, which has twelve at least.
constexpr std::size_t kSlack = 64;
constexpr std::size_t room_for(std::size_t bytes) { return bytes + bytes / 4 + kSlack; }

std::string_view view(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}

bool contains_word(std::string_view text, std::string_view lower) {
  return std::search(text.begin(), text.end(), lower.begin(), lower.end(),
                     [](char a, char b) { return (a | 0x20) == b; }) != text.end();
}

// Styles that hide: the only ones anybody reads. With a character reference inside we cannot tell.
bool hides(std::string_view style) {
  if (style.find('&') != std::string_view::npos) return true;
  return (contains_word(style, "none") && contains_word(style, "display")) ||
         (contains_word(style, "hidden") && contains_word(style, "visibility"));
}

// Tags whose attributes the parser compares, hands on to other elements or spells anew. <a> alone among the
// formatting elements never stands there twice.
bool needs_attributes(const Tag& tag) {
  switch (tag.name) {
    case Name::a_:
      return false;
    case Name::html_:
    case Name::body_:
    case Name::frameset_:
    case Name::isindex_:
    case Name::svg_:
    case Name::math_:
      return true;
    default:
      return tag.has(kFormatting);
  }
}

// Bytes that the parser may make something else of: references, line ends, and what may begin or be a code point that
// it replaces (controls, 0x7F to 0x9F, non-characters).
constexpr auto kDecoded = [] {
  std::array<bool, 256> decoded{};
  for (std::size_t c = 0; c < 256; ++c)
    decoded[c] = (c < 0x20 && c != '\t' && c != '\n') || c == '&' || c == 0x7F || c == 0xC2 || c == 0xEF || c >= 0xF0;
  return decoded;
}();

// Must the parser see a value to say what it is?
bool needs_decoding(std::string_view value) {
  return std::any_of(value.begin(), value.end(), [](char c) { return kDecoded[static_cast<unsigned char>(c)]; });
}

bool is_json_ld(std::string_view type) {
  return contains_word(type, "application/ld") ? contains_word(type, "json") : contains_word(type, "application/json+ld");
}

class Stripper {
 public:
  // `buffer` takes room_for() all we read.
  Stripper(std::string_view html, const StripLimits& limits, StripOutput& out, OpenElements& tree, TextsAside& texts, char* buffer)
      : at_(html.data()), end_(at_ + html.size()), input_end_(end_), limits_(limits), result_(out), tree_(tree), texts_(texts),
        out_(buffer), begin_(buffer), tag_end_(buffer) {}

  void run() {
    while (true) {
      while (at_ < end_) {
        text(find(at_, end_, '<'));
        if (at_ < end_) markup();
      }
      if (!in_noscript()) break;
      end_ = input_end_;
    }
    tame_references(begin_, out_);
    result_.html = view(begin_, out_);
  }

 private:
  // Attributes of one tag that decide something.
  struct TagFacts {
    std::string_view type;
    bool self_closing = false;
    bool html_encoding = false;
    bool font_attribute = false;
    std::uint32_t hash = 0;
  };

  bool in_noscript() const { return end_ != input_end_; }

  // Browsers that run scripts read <noscript> as text that ends at its end tag. So whatever is left open inside
  // ("<noscript><iframe /></noscript>" is met on real pages, and would swallow the rest of the page) ends there too.
  void enter_noscript() {
    if (in_noscript() || noscript_left_open_) return;
    bool closed = false;
    const char* const close = raw_end(at_, end_, "noscript", 8, &closed);
    if (closed) end_ = close;
    noscript_left_open_ = !closed;
  }

  // What was scanned last did not end: with the input, or with the noscript around it.
  void left_open() { result_.truncated_input |= !in_noscript(); }

  void put(const char* begin, const char* end) {
    std::memcpy(out_, begin, static_cast<std::size_t>(end - begin));
    out_ += end - begin;
  }

  // What was left out parted two texts. Keep them parted where the tokenizer could read on across the
  // gap ("&am<!-- -->p;", "<<!-- -->b>") or where the place of white space matters.
  void gap() {
    const bool in_text = out_ != tag_end_ && out_ != space_end_;
    const bool after_space = out_ == space_end_ && tree_.in_table();
    // Gumbo moves text that waits to be written out of the form that </form> ends; a comment writes it.
    const bool waits = waiting_text_ && tree_.form_open();
    if (!in_text && !after_space && !fresh_pre_ && !waits) return;
    put("<!>", "<!>" + 3);
    waiting_text_ = false;
    tag_end_ = out_;
    fresh_pre_ = false;
  }

  void text(const char* to) {
    if (to == at_) return;
    fresh_pre_ = false;
    waiting_text_ = true;
    if (tree_.in_pre()) {
      texts_.watch(at_, to);
      put(at_, to);
    } else if (texts_.on()) {
      collapse_aside(to);
    } else {
      collapse(to);
    }
    at_ = to;
  }

  // A run of white space as one blank, a line break if one is in it, none behind a blank. Where the run ends.
  const char* put_blanks(const char* at, const char* to) {
    bool line = false;
    for (; at < to && is_blank(*at); ++at) line = line || *at == '\n' || *at == '\r';
    if (out_ == space_end_) return at;
    *out_++ = line ? '\n' : ' ';
    space_end_ = out_;
    return at;
  }

  void collapse(const char* to) {
    const char* at = at_;
    while (at < to) {
      if (!is_blank(*at)) {
        const char* word = at;
        while (at < to && !is_blank(*at)) ++at;
        put(word, at);
        seen_text_ = true;
        continue;
      }
      at = put_blanks(at, to);
    }
  }

  // The same, but that words the parser gives back as they are go aside, as many as stand side by side.
  void collapse_aside(const char* to) {
    const char* at = at_;
    char *begin = nullptr, *end = nullptr;  // of plain words in the markup
    while (at < to) {
      if (!is_blank(*at)) {
        const char* const word = at;
        while (at < to && !is_blank(*at)) ++at;
        const bool plain = TextsAside::is_plain(word, at);
        if (!plain) {
          if (begin != nullptr) put_aside(begin, end);
          begin = nullptr;
          texts_.watch(word, at);
        } else if (begin == nullptr) {
          begin = out_;
        }
        put(word, at);
        if (plain) end = out_;
        seen_text_ = true;
        continue;
      }
      at = put_blanks(at, to);
    }
    if (begin != nullptr) put_aside(begin, end);
  }

  // What was just written to the markup up to `end`, and at most a blank behind it, moves up behind the mark.
  void put_aside(char* begin, char* end) {
    char* const to = texts_.put(begin, end, begin);
    if (to == nullptr) return;
    const bool blank = end != out_;
    if (blank) *to = *end;
    out_ = to + (blank ? 1 : 0);
    space_end_ = blank ? out_ : nullptr;  // the stretch's own blanks are gone
  }

  void markup() {
    const char c = at_ + 1 < end_ ? at_[1] : '\0';
    if (is_letter(c)) return start_tag();
    if (c == '/' && at_ + 2 < end_) {
      if (is_letter(at_[2])) return end_tag();
      return drop(bogus_end(at_ + 2, end_, &closed_));
    }
    if (c == '/' && in_noscript()) return drop(end_);
    if (c == '!') return declaration();
    if (c == '?') return drop(bogus_end(at_ + 1, end_, &closed_));
    // A '<' that opens nothing is text.
    fresh_pre_ = false;
    seen_text_ = waiting_text_ = true;
    *out_++ = *at_++;
  }

  void drop(const char* to) {
    if (!closed_) left_open();
    at_ = to;
    if (closed_ || in_noscript()) gap();
  }

  void declaration() {
    const std::size_t left = static_cast<std::size_t>(end_ - at_);
    if (left >= 4 && std::memcmp(at_, "<!--", 4) == 0) return drop(comment_end(at_ + 4, end_, &closed_));
    const bool cdata = left >= 9 && std::memcmp(at_, "<![CDATA[", 9) == 0 && tree_.in_foreign();
    const bool doctype = left >= 9 && contains_word(view(at_ + 2, at_ + 9), "doctype");
    if (!cdata && !doctype) return drop(bogus_end(at_ + 2, end_, &closed_));
    const char* to = cdata ? cdata_end(at_ + 9, end_, &closed_) : bogus_end(at_, end_, &closed_);
    if (!closed_ && in_noscript()) return drop(to);
    if (!closed_) left_open();
    put(at_, to);
    at_ = to;
    // Debian's Gumbo ends the program where text follows such a section in a table; a comment writes what it holds back.
    if (cdata && tree_.foreign_in_table()) part_cdata();
  }

  void part_cdata() {
    put("<!>", "<!>" + 3);
    waiting_text_ = false;
    tag_end_ = out_;
  }

  const char* name_end(const char* name) const {
    while (name < end_ && !is_blank(*name) && *name != '/' && *name != '>') ++name;
    return name;
  }

  void end_tag() {
    const char* const name = at_ + 2;
    const char* const name_stop = name_end(name);
    bool ignored = false;
    const char* to = tag_end(name_stop, end_, &ignored, &closed_);
    if (!closed_) return drop(to);
    const Tag tag = find_tag(name, static_cast<std::size_t>(name_stop - name));
    at_ = to;
    if (!tree_.end(tag)) return part_text();
    fresh_pre_ = false;
    put(name - 2, name_stop);
    *out_++ = '>';
    tag_end_ = out_;
  }

  // A tag left out for depth still parts words.
  void part_text() {
    if (out_ == tag_end_ || out_ == space_end_) return;
    *out_++ = ' ';
    space_end_ = out_;
  }

  void start_tag() {
    const char* const name = at_ + 1;
    const char* const name_stop = name_end(name);
    const Tag tag = find_tag(name, static_cast<std::size_t>(name_stop - name));
    char* const mark = out_;
    const std::size_t aside = result_.aside_attrs.size();
    if (tag.name == Name::isindex_) texts_.distrust();  // its prompt becomes a text
    aside_ = limits_.attributes_aside && !needs_attributes(tag) && !tree_.in_foreign();
    put(at_, name_stop);
    TagFacts facts;
    const char* to = attributes(name_stop, tag, facts);
    if (!closed_) {
      out_ = mark;
      result_.aside_attrs.resize(aside);
      return drop(to);
    }
    if (tag.name == Name::frameset_ && !seen_text_ && !seen_body_) return frames(mark, aside);
    seen_body_ |= tag.name == Name::body_;
    const OpenElements::Done done =
        tree_.start({tag, facts.self_closing, facts.html_encoding, facts.font_attribute, facts.hash});
    at_ = to;
    if (done == OpenElements::Done::cut) {
      out_ = mark;
      result_.aside_attrs.resize(aside);
      ++result_.depth_cut;
      return part_text();
    }
    const bool html = done == OpenElements::Done::html;
    if (html && tag.name == Name::noscript_) enter_noscript();
    const char* raw_stop = nullptr;
    if (html && tag.has(kRaw)) {
      raw_stop = raw_text(tag, view(name, name_stop), facts);
      if (!closed_) left_open();
      if (!closed_ && in_noscript()) {
        out_ = mark;
        result_.aside_attrs.resize(aside);
        return drop(end_);
      }
    }
    // The slash counts in svg and math only; behind an unquoted value it would join it.
    if (facts.self_closing && (done == OpenElements::Done::foreign)) {
      *out_++ = ' ';
      *out_++ = '/';
    }
    *out_++ = '>';
    if (result_.aside_attrs.size() > aside)
      result_.aside.push_back({static_cast<std::size_t>(mark - begin_), static_cast<std::uint32_t>(aside),
                               static_cast<std::uint32_t>(result_.aside_attrs.size())});
    tag_end_ = out_;
    waiting_text_ &= done == OpenElements::Done::foreign;
    fresh_pre_ = html && tag.has(kPre);
    if (raw_stop != nullptr) {
      if (!tag.has(kDropContent)) {
        texts_.watch(at_, raw_stop);
        put(at_, raw_stop);
      }
      at_ = raw_stop;
    }
    if (tag.name == Name::svg_ && !facts.self_closing && done == OpenElements::Done::foreign && tree_.in_svg())
      if (const char* close = plain_svg_end(at_, end_)) at_ = close;
  }

  // A page of frames has no content of its own, and rules of its own: hand it on as it is.
  void frames(char* mark, std::size_t aside) {
    out_ = mark;
    result_.aside_attrs.resize(aside);
    texts_.watch(at_, input_end_);
    put(at_, input_end_);
    at_ = end_ = input_end_;
  }

  // Where the text of a raw element ends (`closed_`: at its end tag).
  const char* raw_text(const Tag& tag, std::string_view name, const TagFacts& facts) {
    if (tag.name == Name::plaintext_) {
      closed_ = !in_noscript();  // to the end of the input, and that is right
      return end_;
    }
    if (tag.name != Name::script_) {
      char lower[16];
      for (std::size_t i = 0; i < name.size(); ++i) lower[i] = static_cast<char>(name[i] | 0x20);
      return raw_end(at_, end_, lower, static_cast<unsigned>(name.size()), &closed_);
    }
    const char* const to = script_end(at_, end_, &closed_);
    if (is_json_ld(facts.type)) {
      result_.json_ld.push_back(view(at_, to));
    } else {
      result_.bytes_script += static_cast<std::size_t>(to - at_);
    }
    return to;
  }

  // Writes the attributes worth keeping; gives the position behind the tag.
  const char* attributes(const char* at, const Tag& tag, TagFacts& facts) {
    std::uint32_t count = 0;
    std::uint64_t seen = 0;  // names met, by AttrFact::bit
    closed_ = false;
    while (true) {
      while (at < end_ && (is_blank(*at) || *at == '/')) {
        if (*at == '/' && at + 1 < end_ && at[1] == '>') facts.self_closing = true;
        ++at;
      }
      if (at >= end_) return end_;
      if (*at == '>') {
        closed_ = true;
        return at + 1;
      }
      const char* const name = at++;
      while (at < end_ && !is_blank(*at) && *at != '/' && *at != '>' && *at != '=') ++at;
      const char* const name_stop = at;
      const char* value = at;
      while (value < end_ && is_blank(*value)) ++value;
      const char* value_stop = value;
      if (value < end_ && *value == '=') {
        ++value;
        while (value < end_ && is_blank(*value)) ++value;
        if (value == end_) return end_;
        value_stop = value;
        if (*value == '"' || *value == '\'') {
          value_stop = find(value + 1, end_, *value);
          if (value_stop == end_) return end_;
          ++value_stop;
        } else {
          while (value_stop < end_ && !is_blank(*value_stop) && *value_stop != '>') ++value_stop;
        }
        at = value_stop;
      } else {
        value = value_stop = name_stop;
      }
      attribute(tag, view(name, name_stop), view(value, value_stop), facts, count, seen);
    }
  }

  void attribute(const Tag& tag, std::string_view name, std::string_view raw, TagFacts& facts,
                 std::uint32_t& count, std::uint64_t& seen) {
    const AttrFact fact = find_attr(name.data(), name.size());
    const Attr kind = fact.kind;
    const bool quoted = !raw.empty() && (raw[0] == '"' || raw[0] == '\'');
    const std::string_view value = quoted ? raw.substr(1, raw.size() - 2) : raw;
    bool keep = kind != Attr::drop;
    if (keep) {
      if ((seen >> fact.bit & 1) != 0) return;  // of equal names the first one counts
      seen |= std::uint64_t{1} << fact.bit;
      if (kind == Attr::style) keep = hides(value);
      if (kind == Attr::value) keep = tag.name == Name::li_;
      if (kind == Attr::encoding) facts.html_encoding = contains_word(value, "text/html") || contains_word(value, "application/xhtml+xml");
      if (kind == Attr::type && tag.name == Name::script_) facts.type = value;
    }
    // The parser compares formatting elements by all their attributes; <a> alone never stands there twice.
    if (tag.has(kFormatting) && tag.name != Name::a_) {
      keep = true;
      for (const char c : name) facts.hash = (facts.hash ^ static_cast<unsigned char>(c)) * 0x01000193U;
      for (const char c : value) facts.hash = (facts.hash ^ static_cast<unsigned char>(c)) * 0x01000193U;
      if (tag.name == Name::font_)
        facts.font_attribute |= (name.size() == 4 && (contains_word(name, "face") || contains_word(name, "size"))) ||
                                (name.size() == 5 && contains_word(name, "color"));
    }
    if (!keep) return;
    if (++count > limits_.max_attrs) {
      ++result_.attrs_cut;
      return;
    }
    if (aside_) {
      // Whether an <input> is hidden decides where it may stand.
      const bool in_tag = needs_decoding(value) || (kind == Attr::type && tag.name == Name::input_);
      result_.aside_attrs.push_back({attr_name(fact), {}, in_tag});
      if (!in_tag) {
        const std::string_view kept = bounded(raw);
        result_.aside_attrs.back().value = quoted ? kept.substr(1, kept.size() - (kept.size() == raw.size() ? 2 : 1)) : kept;
        return;
      }
    }
    *out_++ = ' ';
    put(name.data(), name.data() + name.size());
    if (!raw.empty()) put_value(raw, quoted);
  }

  void put_value(std::string_view raw, bool quoted) {
    *out_++ = '=';
    const std::string_view kept = bounded(raw);
    put(kept.data(), kept.data() + kept.size());
    if (quoted && kept.size() < raw.size()) *out_++ = raw[0];
  }

  // The part of a value, with the quote before it, that is not over the limit.
  std::string_view bounded(std::string_view raw) {
    if (raw.size() <= limits_.max_value) return raw;
    std::size_t size = limits_.max_value;
    while (size > 1 && (raw[size] & 0xC0) == 0x80) --size;
    ++result_.attrs_cut;
    return raw.substr(0, size);
  }

  const char* at_;
  const char* end_;                  // of the input, or of the noscript that we are in
  const char* const input_end_;
  const StripLimits& limits_;
  StripOutput& result_;
  OpenElements& tree_;
  TextsAside& texts_;
  char* out_;
  char* const begin_;
  const char* tag_end_;              // == out_ right behind a tag we wrote
  const char* space_end_ = nullptr;  // == out_ right behind white space we wrote
  bool closed_ = true;               // did the thing just scanned end before the input did?
  bool fresh_pre_ = false;           // right behind <pre>, where the parser drops a newline
  bool waiting_text_ = false;        // text that no start tag or comment has followed yet
  bool aside_ = false;               // are the attributes of this tag put aside?
  bool noscript_left_open_ = false;  // no </noscript> follows
  bool seen_text_ = false;
  bool seen_body_ = false;
};

}  // namespace

StripOutput::StripOutput() : open_(std::make_unique<OpenElements>()) {}
StripOutput::~StripOutput() = default;
StripOutput::StripOutput(StripOutput&&) noexcept = default;
StripOutput& StripOutput::operator=(StripOutput&&) noexcept = default;

char* StripOutput::reserve(std::size_t size) {
  if (size > capacity_) {
    capacity_ = std::max(size, capacity_ * 2);
    buffer_.reset(new char[capacity_]);
  }
  return buffer_.get();
}

void StripOutput::clear(std::size_t size, std::uint32_t max_depth) {
  json_ld.clear();
  aside.clear();
  aside_attrs.clear();
  texts_.clear();
  texts_ends_.clear();
  bytes_in = size;
  bytes_script = 0;
  depth_cut = attrs_cut = 0;
  truncated_input = false;
  open_->reset(max_depth);
}

// False where a mark may stand in the page that is none of ours.
bool StripOutput::strip_once(std::string_view page, const StripLimits& limits) {
  clear(page.size(), limits.max_depth);
  TextsAside texts(*this, limits.texts_aside);
  Stripper(page, limits, *this, *open_, texts, reserve(room_for(page.size()))).run();
  return !texts.forged();
}

void strip(std::string_view html, const StripLimits& limits, StripOutput& out) {
  StripLimits bounds = limits;
  if (html.find(TextsAside::kMarkLead) != std::string_view::npos) bounds.texts_aside = false;
  if (out.strip_once(html, bounds)) return;
  bounds.texts_aside = false;
  static_cast<void>(out.strip_once(html, bounds));
}

}  // namespace marrow
