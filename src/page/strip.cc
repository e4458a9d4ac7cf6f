#include "page/strip.h"

#include <algorithm>
#include <cstring>

#include "page/references.h"
#include "page/strip_attributes.h"
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

bool is_json_ld(std::string_view type) {
  return contains_word(type, "application/ld") ? contains_word(type, "json") : contains_word(type, "application/json+ld");
}

class Stripper {
 public:
  // `buffer` takes room_for() all we read.
  Stripper(std::string_view html, const StripLimits& limits, StripOutput& out, OpenElements& tree, TextsAside& texts, char* buffer)
      : at_(html.data()), end_(at_ + html.size()), input_end_(end_), limits_(limits), result_(out), tree_(tree), texts_(texts),
        attributes_(limits, out), out_(buffer), begin_(buffer), tag_end_(buffer) {}

  void run() {
    while (true) {
      while (at_ < end_) {
        text(find(at_, end_, '<'));
        if (at_ < end_) markup();
      }
      if (!in_noscript()) break;
      end_ = input_end_;
    }
    if (tame_references(begin_, out_) >= TextsAside::kFirstMark) texts_.distrust();
    result_.html = view(begin_, out_);
  }

 private:
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
    if (cdata && closed_ && tree_.foreign_in_table()) part_cdata();
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
    const bool attributes_aside = limits_.attributes_aside && !needs_attributes(tag) && !tree_.in_foreign();
    put(at_, name_stop);
    TagFacts facts;
    const char* to = attributes_.strip(name_stop, end_, tag, attributes_aside, out_, facts, &closed_);
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
      if (!tag.has(kDropContent)) put(at_, raw_stop);
      at_ = raw_stop;
    }
    if (tag.name == Name::svg_ && !facts.self_closing && done == OpenElements::Done::foreign && tree_.in_svg())
      if (const char* close = plain_svg_end(at_, end_)) at_ = close;
  }

  // A page of frames has no content of its own, and rules of its own: hand it on as it is.
  void frames(char* mark, std::size_t aside) {
    out_ = mark;
    result_.aside_attrs.resize(aside);
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

  const char* at_;
  const char* end_;                  // of the input, or of the noscript that we are in
  const char* const input_end_;
  const StripLimits& limits_;
  StripOutput& result_;
  OpenElements& tree_;
  TextsAside& texts_;
  AttributeStripper attributes_;
  char* out_;
  char* const begin_;
  const char* tag_end_;              // == out_ right behind a tag we wrote
  const char* space_end_ = nullptr;  // == out_ right behind white space we wrote
  bool closed_ = true;               // did the thing just scanned end before the input did?
  bool fresh_pre_ = false;           // right behind <pre>, where the parser drops a newline
  bool waiting_text_ = false;        // text that no start tag or comment has followed yet
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
