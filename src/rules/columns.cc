#include "rules/columns.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "rules/normal.h"
#include "rules/path.h"

namespace marrow {
namespace {

// Of a text longer than kLongText words, or than any phrase but those at the end may stand in, only the end is read for phrases
// that stand at the end. 160 bytes hold the longest phrases of any script.
constexpr std::uint32_t kLongText = 100;
constexpr std::size_t kTailBytes = 160;

// Kinds of the memo beside the fields: a link's URL, which is looked at as href and for its host.
constexpr std::uint8_t kWholeUrl = kFields;
constexpr std::uint32_t kNotCounted = 0xFFFFFFFF;
// The fields that are texts, by Columns::text_number.
constexpr std::array kTexts = {Field::text, Field::heading, Field::link_text, Field::title};

std::string_view tail_of(std::string_view text) {
  std::size_t at = text.size() - kTailBytes;
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
  // Begin behind a space, so that no half word is taken for a whole one.
  const std::size_t space = text.find(' ', at);
  return text.substr(space == std::string_view::npos ? at : space + 1);
}

}  // namespace

bool Columns::has_rules(Field field) const {
  const auto i = static_cast<std::size_t>(field);
  const FieldPatterns& p = rules_.patterns[i];
  return !rules_.words[i].empty() || !p.short_texts.empty() || !p.raw.empty() ||
         (is_text(field) && (!rules_.phrases.empty() || !rules_.texts.short_texts.empty()));
}

// Does the rule hold where it is asked, and nothing stand against it?
bool Columns::may_set(Id rule, std::string_view form) const {
  const CompiledSignal& signal = rules_.signals[rule];
  return scopes_->holds(signal.scope) && !(signal.unless && signal.unless->matches(form));
}

void Columns::set(Id rule, std::string_view form, std::uint64_t* row) {
  if (!may_set(rule, form)) return;
  if (fired_) fired_->push_back(rule);
  const Id column = rules_.signals[rule].column;
  row[column / 64] |= std::uint64_t{1} << (column % 64);
}

void Columns::add_raw(Field field, std::string_view value, std::uint64_t* row) {
  const FieldPatterns& patterns = rules_.patterns[static_cast<std::size_t>(field)];
  for (std::size_t i = 0; i < patterns.raw.size(); ++i)
    if (patterns.raw[i].matches(value)) set(patterns.raw_rules[i], value, row);
}

void Columns::add(Field field, std::string_view value, std::uint64_t* row) {
  normal_form(field, false, value, form_);
  const WordTable& table = rules_.words[static_cast<std::size_t>(field)];
  if (field == Field::href) {
    if (!table.empty()) {
      path_form(value, phrase_);
      table.scan(phrase_, [&](Id rule) { set(rule, form_, row); });
    }
  } else {
    table.scan(form_, [&](Id rule) { set(rule, form_, row); });
  }
  const FieldPatterns& patterns = rules_.patterns[static_cast<std::size_t>(field)];
  if (!patterns.short_texts.empty()) {
    patterns.short_texts.match(form_, scratch_);
    for (const int i : scratch_.found) set(patterns.short_rules[static_cast<std::size_t>(i)], form_, row);
  }
  add_raw(field, value, row);
}

// The rows kept for a key: to be filled where *fresh is set. Valid until the next call.
std::uint64_t* Columns::remembered(std::string_view key, std::uint8_t kind, std::size_t rows, bool* fresh) {
  std::uint32_t* at = memo_.find(key, kind, fresh);
  if (*fresh) {
    *at = static_cast<std::uint32_t>(memo_rows_.size() / stride_);
    memo_rows_.resize(memo_rows_.size() + rows * stride_, 0);
  }
  return &memo_rows_[*at * stride_];
}

void Columns::join(const std::uint64_t* from, std::uint64_t* row) const {
  for (std::size_t i = 0; i < stride_; ++i) row[i] |= from[i];
}

void Columns::add_memo(Field field, std::string_view value, std::uint64_t* row) {
  bool fresh = false;
  std::uint64_t* kept = remembered(value, static_cast<std::uint8_t>(field), 1, &fresh);
  if (fresh) add(field, value, kept);
  join(kept, row);
}

void Columns::add_url(std::string_view url, std::uint64_t* row) {
  bool fresh = false;
  std::uint64_t* kept = remembered(url, kWholeUrl, 1, &fresh);
  if (fresh) {
    add(Field::href, url, kept);
    if (const std::string_view host = host_form(url); !host.empty()) {
      // The memo of hosts may move what is kept of the URL.
      const auto at = kept - memo_rows_.data();
      host_row_.assign(stride_, 0);
      add_memo(Field::host, host, host_row_.data());
      kept = memo_rows_.data() + at;
      join(host_row_.data(), kept);
    }
  }
  join(kept, row);
}

std::size_t Columns::text_number(Field field) {
  switch (field) {
    case Field::text: return 0;
    case Field::heading: return 1;
    case Field::link_text: return 2;
    default: return 3;
  }
}

void Columns::set_text(Id rule, std::string_view text, std::uint16_t fields, std::uint64_t* rows) {
  if (!may_set(rule, text)) return;
  const Id column = rules_.signals[rule].column;
  for (std::size_t i = 0; i < kTextFields; ++i) {
    const bool asked = (fields >> static_cast<unsigned>(kTexts[i]) & 1U) != 0;
    if (!asked) continue;
    if (fired_ && fired_field_ == kTexts[i]) fired_->push_back(rule);
    rows[i * stride_ + column / 64] |= std::uint64_t{1} << (column % 64);
  }
}

void Columns::add_text(std::string_view text, std::uint32_t words, std::uint64_t* rows) {
  const bool is_short = words <= kShortText;
  const PatternSet& patterns = is_short ? rules_.texts.short_texts : rules_.texts.any_length;
  const std::vector<Id>& rules = is_short ? rules_.texts.short_rules : rules_.texts.any_rules;
  if (!patterns.empty()) {
    patterns.match(text, scratch_);
    for (const int i : scratch_.found) {
      const Id rule = rules[static_cast<std::size_t>(i)];
      const CompiledSignal& signal = rules_.signals[rule];
      if (signal.max_words == 0 || words <= signal.max_words) set_text(rule, text, signal.fields, rows);
    }
  }
  for (std::size_t i = 0; i < kTextFields; ++i)
    if (!fired_ || fired_field_ == kTexts[i]) add_raw(kTexts[i], text, rows + i * stride_);
  if (rules_.phrases.empty()) return;
  const bool cut = words > std::min(kLongText, rules_.phrases.most_words()) && text.size() > kTailBytes;
  phrase_form(cut ? tail_of(text) : text, phrase_);
  rules_.phrases.scan(phrase_, words, cut, [&](const Phrase& phrase) { set_text(phrase.rule, text, phrase.fields, rows); });
}

void Columns::add_text_memo(Field field, std::string_view text, std::uint32_t words, std::uint64_t* row) {
  bool fresh = false;
  std::uint64_t* kept = remembered(text, static_cast<std::uint8_t>(Field::text), kTextFields, &fresh);
  if (fresh) add_text(text, words == kNotCounted ? static_cast<std::uint32_t>(count_words(text)) : words, kept);
  join(kept + text_number(field) * stride_, row);
}

void Columns::row_of(Field field, std::string_view value, const ActiveScopes& scopes, std::uint64_t* row,
                     std::vector<Id>* fired) {
  fired_ = fired;
  fired_field_ = field;
  stride_ = (rules_.names.size() + 63) / 64;
  scopes_ = &scopes;
  if (is_text(field)) {
    text_rows_.assign(kTextFields * stride_, 0);
    add_text(value, static_cast<std::uint32_t>(count_words(value)), text_rows_.data());
    join(&text_rows_[text_number(field) * stride_], row);
  } else {
    add(field, value, row);
  }
  fired_ = nullptr;
}

void Columns::fill(const Document& document, const ActiveScopes& scopes, Matches* matches) {
  scopes_ = &scopes;
  scratch_.fallbacks = 0;
  memo_.clear();
  memo_rows_.clear();
  stride_ = std::max<std::size_t>(1, (rules_.names.size() + 63) / 64);
  matches->stride = stride_;
  matches->element_bits.assign(document.elements.size() * stride_, 0);
  matches->block_bits.assign(document.blocks.size() * stride_, 0);
  matches->link_bits.assign(document.links.size() * stride_, 0);
  elements(document, matches);
  path_signals(document, matches);
  blocks(document, matches);
  links(document, matches);
  matches->fallbacks = scratch_.fallbacks;
}

void Columns::elements(const Document& document, Matches* matches) {
  const bool tags = has_rules(Field::tag);
  for (std::size_t i = 0; i < document.elements.size(); ++i) {
    const Element& element = document.elements[i];
    std::uint64_t* row = &matches->element_bits[i * stride_];
    if (!element.cls.empty()) add_memo(Field::cls, element.cls, row);
    if (!element.id.empty()) add_memo(Field::id, element.id, row);
    if (tags) add_memo(Field::tag, element.name, row);
    if (element.first_attr < element.end_attr) attributes(document, element, row);
  }
}

void Columns::attributes(const Document& document, const Element& element, std::uint64_t* row) {
  for (Id i = element.first_attr; i < element.end_attr; ++i) {
    const Attr& attr = document.attrs[i];
    if (attr.value.empty()) continue;
    if (attr.name == "role") add_memo(Field::role, attr.value, row);
    else if (attr.name == "itemprop") add_memo(Field::itemprop, attr.value, row);
    else if (attr.name == "itemtype") add_memo(Field::itemtype, attr.value, row);
  }
}

void Columns::path_signals(const Document& document, Matches* matches) {
  std::uint32_t steps = Path::kMaxSteps;
  for (const PathSignal& signal : rules_.paths) {
    if (!scopes_->holds(rules_.signals[signal.rule].scope)) continue;
    for (std::size_t i = 0; i < document.elements.size(); ++i)
      if (signal.path.matches(document, static_cast<Id>(i), steps))
        set(signal.rule, {}, &matches->element_bits[i * stride_]);
  }
}

void Columns::blocks(const Document& document, Matches* matches) {
  const bool headings = has_rules(Field::heading);
  const bool languages = has_rules(Field::lang);
  for (std::size_t i = 0; i < document.blocks.size(); ++i) {
    const Block& block = document.blocks[i];
    std::uint64_t* row = &matches->block_bits[i * stride_];
    if (block.words <= kShortText) {
      add_text_memo(Field::text, block.text, block.words, row);
    } else {  // long texts hardly repeat
      text_rows_.assign(kTextFields * stride_, 0);
      add_text(block.text, block.words, text_rows_.data());
      join(&text_rows_[text_number(Field::text) * stride_], row);
    }
    if (headings && block.heading != kNone) {
      const Block& heading = document.blocks[block.heading];
      add_text_memo(Field::heading, heading.text, heading.words, row);
    }
    if (!languages) continue;
    std::string_view lang = document.lang;
    for (Id up = block.element; up != kNone; up = document.elements[up].parent) {
      const std::string_view own = document.attr(up, "lang");
      if (own.empty()) continue;
      lang = own;
      break;
    }
    if (!lang.empty()) add_memo(Field::lang, lang, row);
  }
}

void Columns::links(const Document& document, Matches* matches) {
  const bool titles = has_rules(Field::title);
  for (std::size_t i = 0; i < document.links.size(); ++i) {
    const Link& link = document.links[i];
    std::uint64_t* row = &matches->link_bits[i * stride_];
    if (!link.url.empty()) add_url(link.url, row);
    else if (!link.href.empty()) add_memo(Field::href, link.href, row);
    if (!link.text.empty()) add_text_memo(Field::link_text, link.text, kNotCounted, row);
    if (!link.rel.empty()) add_memo(Field::rel, link.rel, row);
    if (titles && link.element != kNone) {
      const std::string_view title = document.attr(link.element, "title");
      if (!title.empty()) add_text_memo(Field::title, title, kNotCounted, row);
    }
  }
}

}  // namespace marrow
