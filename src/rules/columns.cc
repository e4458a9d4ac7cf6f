#include "rules/columns.h"

#include <algorithm>

#include "base/text.h"
#include "base/url.h"
#include "rules/normal.h"

namespace marrow {
namespace {

// Of a text longer than kLongText words only the end is read for phrases that stand at the end; nothing else of
// a phrase list applies to it. 160 bytes hold the longest phrases of any script.
constexpr std::uint32_t kLongText = 100;
constexpr std::size_t kTailBytes = 160;
// Elements an `a path is this` question may cost: see Path::matches. A page of 3,000 elements and 100 selectors
// of three steps needs about 400,000.
constexpr std::uint32_t kPathSteps = 4'000'000;

std::string_view tail_of(std::string_view text) {
  std::size_t at = text.size() - kTailBytes;
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
  // Begin behind a space, so that no half word is taken for a whole one.
  const std::size_t space = text.find(' ', at);
  return text.substr(space == std::string_view::npos ? at : space + 1);
}

std::string_view host_of(std::string_view url) {
  UrlParts parts;
  return split_url(url, &parts) ? host_without_www(parts.host) : std::string_view();
}

}  // namespace

bool Columns::has_rules(Field field) const {
  const auto i = static_cast<std::size_t>(field);
  const FieldPatterns& p = rules_.patterns[i];
  return !rules_.words[i].empty() || !p.any_length.empty() || !p.short_texts.empty() || !p.raw.empty() ||
         (is_text(field) && !rules_.phrases.empty());
}

void Columns::set(Id rule, std::string_view form, std::uint64_t* row) {
  const CompiledSignal& signal = rules_.signals[rule];
  if (!scopes_->holds(signal.scope)) return;
  if (signal.unless && signal.unless->matches(form)) return;
  if (fired_) fired_->push_back(rule);
  row[signal.column / 64] |= std::uint64_t{1} << (signal.column % 64);
}

void Columns::add_patterns(Field field, std::string_view value, std::string_view form, std::uint32_t words,
                           std::uint64_t* row) {
  const FieldPatterns& patterns = rules_.patterns[static_cast<std::size_t>(field)];
  const bool is_short = words <= kShortText;
  const PatternSet& set_for = is_short ? patterns.short_texts : patterns.any_length;
  const std::vector<Id>& rules = is_short ? patterns.short_rules : patterns.any_rules;
  if (!set_for.empty()) {
    set_for.match(form, scratch_);
    for (int i : scratch_.found) {
      const Id rule = rules[static_cast<std::size_t>(i)];
      if (rules_.signals[rule].max_words == 0 || words <= rules_.signals[rule].max_words) set(rule, form, row);
    }
  }
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
  add_patterns(field, value, form_, 0, row);
}

void Columns::add_memo(Field field, std::string_view value, std::uint64_t* row) {
  bool fresh = false;
  std::uint32_t* at = memo_.find(value, static_cast<std::uint8_t>(field), &fresh);
  if (fresh) {
    *at = static_cast<std::uint32_t>(memo_rows_.size() / stride_);
    memo_rows_.resize(memo_rows_.size() + stride_, 0);
    std::uint64_t* fill = &memo_rows_[*at * stride_];
    if (is_text(field)) add_text(field, value, static_cast<std::uint32_t>(count_words(value)), fill);
    else add(field, value, fill);
  }
  const std::uint64_t* from = &memo_rows_[*at * stride_];
  for (std::size_t i = 0; i < stride_; ++i) row[i] |= from[i];
}

void Columns::add_text(Field field, std::string_view text, std::uint32_t words, std::uint64_t* row) {
  add_patterns(field, text, text, words, row);
  if (rules_.phrases.empty()) return;
  const bool cut = words > kLongText && text.size() > kTailBytes;
  phrase_form(cut ? tail_of(text) : text, phrase_);
  const auto mask = static_cast<std::uint16_t>(1U << static_cast<unsigned>(field));
  rules_.phrases.scan(phrase_, words, cut, [&](const Phrase& phrase) {
    if ((phrase.fields & mask) != 0) set(phrase.rule, text, row);
  });
}

void Columns::row_of(Field field, std::string_view value, const ActiveScopes& scopes, std::uint64_t* row,
                     std::vector<Id>* fired) {
  fired_ = fired;
  stride_ = (rules_.names.size() + 63) / 64;
  scopes_ = &scopes;
  if (is_text(field)) add_text(field, value, static_cast<std::uint32_t>(count_words(value)), row);
  else add(field, value, row);
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
  std::uint32_t steps = kPathSteps;
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
    add_text(Field::text, block.text, block.words, row);
    if (headings && block.heading != kNone) add_memo(Field::heading, document.blocks[block.heading].text, row);
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
    const std::string_view href = link.url.empty() ? link.href : link.url;
    if (!href.empty()) add(Field::href, href, row);
    if (const std::string_view host = host_of(link.url); !host.empty()) add_memo(Field::host, host, row);
    if (!link.text.empty()) add_memo(Field::link_text, link.text, row);
    if (!link.rel.empty()) add_memo(Field::rel, link.rel, row);
    if (titles && link.element != kNone) {
      const std::string_view title = document.attr(link.element, "title");
      if (!title.empty()) add_memo(Field::title, title, row);
    }
  }
}

}  // namespace marrow
