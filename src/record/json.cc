#include "record/json.h"

#include <array>
#include <charconv>
#include <cmath>

#include "base/scan.h"
#include "base/text.h"

namespace marrow {
namespace {

constexpr ByteSet kEscaped("\"\\", {{0, 0x1F}});

void append_escape(char c, std::string& out) {
  constexpr std::string_view kHex = "0123456789abcdef";
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    case '\b': out += "\\b"; return;
    case '\f': out += "\\f"; return;
    default: break;
  }
  const auto byte = static_cast<unsigned char>(c);
  out += "\\u00";
  out += kHex[byte >> 4];
  out += kHex[byte & 15];
}

std::string repaired(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 16);
  for (std::size_t at = 0; at < text.size();) append_utf8(out, next_code_point(text, at));
  return out;
}

template <typename Integer>
void append_integer(Integer value, std::string& out) {
  std::array<char, 24> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out.append(digits.data(), end);
}

// A share of 0..1 with three digits; exact integers, so that every machine writes the same bytes.
void append_share(float value, std::string& out) {
  const float clamped = std::isfinite(value) ? std::min(1.0F, std::max(0.0F, value)) : 0.0F;
  const int thousandths = static_cast<int>(std::lround(clamped * 1000.0F));
  if (thousandths >= 1000) {
    out += "1.0";
    return;
  }
  out += "0.";
  std::string digits = std::to_string(1000 + thousandths).substr(1);
  while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
  out += digits;
}

void append_key(std::string_view key, std::string& out) {
  if (out.back() != '{') out += ',';
  out += '"';
  out += key;
  out += "\":";
}

void append_text(std::string_view key, std::string_view text, std::string& out) {
  append_key(key, out);
  append_json_string(text, out);
}

void append_known(std::string_view key, std::string_view text, std::string& out) {
  append_key(key, out);
  if (text.empty())
    out += "null";
  else
    append_json_string(text, out);
}

template <typename List, typename Append>
void append_list(std::string_view key, const List& list, std::string& out, Append append) {
  append_key(key, out);
  out += '[';
  bool first = true;
  for (const auto& item : list) {
    if (!first) out += ',';
    first = false;
    append(item);
  }
  out += ']';
}

void append_quality(const Quality& quality, std::string& out) {
  append_key("quality", out);
  out += '{';
  append_key("confidence", out);
  append_share(quality.confidence, out);
  append_key("words", out);
  append_integer(quality.words, out);
  append_list("flags", quality.flags, out, [&](const std::string& f) { append_json_string(f, out); });
  if (!quality.emptied_by.empty())
    append_list("emptied_by", quality.emptied_by, out, [&](const std::string& id) { append_json_string(id, out); });
  out += '}';
}

void append_related(const RelatedLink& link, std::string& out) {
  out += '{';
  append_known("url", link.url, out);
  append_text("text", link.text, out);
  append_text("kind", name_of(link.kind), out);
  out += '}';
}

void append_teaser(const Teaser& teaser, std::string& out) {
  out += '{';
  append_text("text", teaser.text, out);
  append_known("url", teaser.url, out);
  append_key("truncated", out);
  out += teaser.truncated ? "true" : "false";
  append_known("page", teaser.page, out);
  out += '}';
}

}  // namespace

void append_json_string(std::string_view text, std::string& out) {
  std::string valid;
  if (!is_valid_utf8(text)) {
    valid = repaired(text);
    text = valid;
  }
  out += '"';
  std::size_t from = 0;
  for (std::size_t i = 0; (i = find_any(text, i, kEscaped)) < text.size(); ++i) {
    out += text.substr(from, i - from);
    append_escape(text[i], out);
    from = i + 1;
  }
  out += text.substr(from);
  out += '"';
}

void append_json(const Record& record, std::string& out) {
  out += '{';
  append_text("id", record.id, out);
  append_known("url", record.url, out);
  append_known("canonical_url", record.canonical_url, out);
  append_known("fetched_at", record.fetched_at, out);
  append_key("status", out);
  if (record.status == 0)
    out += "null";
  else
    append_integer(record.status, out);
  append_known("title", record.title, out);
  append_known("author", record.author, out);
  append_known("published", record.published, out);
  append_known("modified", record.modified, out);
  append_known("site", record.site, out);
  append_known("language", record.language, out);
  append_known("description", record.description, out);
  append_known("image", record.image, out);
  append_text("kind", name_of(record.kind), out);
  append_text("body", record.body, out);
  append_list("related", record.related, out, [&](const RelatedLink& l) { append_related(l, out); });
  append_list("teasers", record.teasers, out, [&](const Teaser& t) { append_teaser(t, out); });
  append_quality(record.quality, out);
  append_known("charset", record.charset, out);
  append_known("rules", record.rules, out);
  out += '}';
}

}  // namespace marrow
