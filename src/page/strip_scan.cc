#include "page/strip_scan.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "page/strip_names.h"

namespace marrow::strip_scan {
namespace {

bool ends_name(char c) { return is_blank(c) || c == '/' || c == '>'; }

// Does `name` (lower case) stand at `at`, in any case?
bool has_name(const char* at, const char* end, const char* name, unsigned size) {
  if (static_cast<std::size_t>(end - at) < size) return false;
  for (unsigned i = 0; i < size; ++i)
    if ((at[i] | 0x20) != name[i]) return false;
  return true;
}

bool has_ended_name(const char* at, const char* end, const char* name, unsigned size) {
  return has_name(at, end, name, size) && at + size < end && ends_name(at[size]);
}

// Behind a quoted value that opens at `at`; nullptr where the input ends first.
const char* quoted_end(const char* at, const char* end) {
  const char* close = find(at + 1, end, *at);
  return close == end ? nullptr : close + 1;
}

}  // namespace

const char* find(const char* at, const char* end, char c) {
  if (at >= end) return end;
  const void* found = std::memchr(at, c, static_cast<std::size_t>(end - at));
  return found ? static_cast<const char*>(found) : end;
}

bool contains_word(std::string_view text, std::string_view lower) {
  return std::search(text.begin(), text.end(), lower.begin(), lower.end(), [](char a, char b) { return (a | 0x20) == b; }) != text.end();
}

const char* comment_end(const char* at, const char* end, bool* closed) {
  *closed = true;
  for (const char* close = find(at, end, '>'); close != end; close = find(close + 1, end, '>')) {
    const std::ptrdiff_t size = close - at;
    if (size == 0 || (size == 1 && at[0] == '-')) return close + 1;
    if (size >= 2 && close[-1] == '-' && close[-2] == '-') return close + 1;
    if (size >= 3 && close[-1] == '!' && close[-2] == '-' && close[-3] == '-') return close + 1;
  }
  *closed = false;
  return end;
}

const char* bogus_end(const char* at, const char* end, bool* closed) {
  const char* close = find(at, end, '>');
  *closed = close != end;
  return close == end ? end : close + 1;
}

const char* cdata_end(const char* at, const char* end, bool* closed) {
  for (const char* close = find(at, end, '>'); close != end; close = find(close + 1, end, '>')) {
    if (close - at < 2 || close[-1] != ']' || close[-2] != ']') continue;
    *closed = true;
    return close + 1;
  }
  *closed = false;
  return end;
}

const char* raw_end(const char* at, const char* end, const char* name, unsigned size, bool* closed) {
  for (const char* lt = find(at, end, '<'); lt != end; lt = find(lt + 1, end, '<')) {
    if (end - lt < 2 || lt[1] != '/' || !has_ended_name(lt + 2, end, name, size)) continue;
    *closed = true;
    return lt;
  }
  *closed = false;
  return end;
}

const char* script_end(const char* at, const char* end, bool* closed) {
  enum { plain, escaped, twice } state = plain;
  const char* dashes = at;  // where the dashes of "-->" may begin at the earliest
  *closed = true;
  while (at < end) {
    if (state == plain) {
      at = find(at, end, '<');
    } else {
      while (at < end && *at != '<' && *at != '>') ++at;
    }
    if (at == end) break;
    if (*at == '>') {
      if (at - dashes >= 2 && at[-1] == '-' && at[-2] == '-') state = plain;
      ++at;
      continue;
    }
    const bool close = at + 1 < end && at[1] == '/' && has_ended_name(at + 2, end, "script", 6);
    if (close && state != twice) return at;
    if (close) state = escaped;
    if (state == escaped && !close && has_ended_name(at + 1, end, "script", 6)) state = twice;
    if (state == plain && end - at >= 4 && std::memcmp(at, "<!--", 4) == 0) {
      state = escaped;
      dashes = at + 2;
      at += 4;
      continue;
    }
    ++at;
  }
  *closed = false;
  return end;
}

const char* tag_end(const char* at, const char* end, bool* self_closing, bool* closed) {
  *closed = false;
  *self_closing = false;
  while (at < end) {
    const char c = *at;
    if (c == '>') {
      *closed = true;
      return at + 1;
    }
    if (c == '/') {
      *self_closing = at + 1 < end && at[1] == '>';
      ++at;
      continue;
    }
    if (is_blank(c)) {
      ++at;
      continue;
    }
    ++at;  // a name, whatever it begins with
    while (at < end && !ends_name(*at) && *at != '=') ++at;
    const char* equals = at;
    while (equals < end && is_blank(*equals)) ++equals;
    if (equals == end || *equals != '=') continue;
    at = equals + 1;
    while (at < end && is_blank(*at)) ++at;
    if (at == end || *at == '>') continue;
    if (*at == '"' || *at == '\'') {
      at = quoted_end(at, end);
      if (!at) return end;
    } else {
      while (at < end && !is_blank(*at) && *at != '>') ++at;
    }
  }
  return end;
}

const char* plain_svg_end(const char* at, const char* end) {
  using strip_names::Name;
  constexpr std::size_t kMaxOpen = 64;  // nested elements; deeper drawings take the long way
  std::uint32_t open[kMaxOpen];
  std::size_t depth = 0;
  bool text_only = false;  // inside title or desc, where a start tag would be HTML
  const std::uint32_t svg = strip_names::find_tag("svg", 3).hash;
  for (at = find(at, end, '<'); at != end; at = find(at, end, '<')) {
    if (end - at < 4) return nullptr;
    bool closed = true;
    if (at[1] == '!') {
      if (std::memcmp(at, "<!--", 4) == 0) {
        at = comment_end(at + 4, end, &closed);
      } else if (end - at >= 9 && std::memcmp(at, "<![CDATA[", 9) == 0) {
        at = cdata_end(at + 9, end, &closed);
      } else {
        at = bogus_end(at, end, &closed);
      }
      if (!closed) return nullptr;
      continue;
    }
    const bool end_tag = at[1] == '/';
    const char* name = at + (end_tag ? 2 : 1);
    if (!is_letter(*name)) {
      if (end_tag || at[1] == '?') return nullptr;
      ++at;
      continue;
    }
    const char* name_end = name;
    while (name_end < end && !ends_name(*name_end)) ++name_end;
    const strip_names::Tag tag = strip_names::find_tag(name, static_cast<std::size_t>(name_end - name));
    if (end_tag) {
      std::size_t match = depth;
      while (match > 0 && open[match - 1] != tag.hash) --match;
      if (match == 0) return tag.hash == svg ? at : nullptr;
      depth = match - 1;
      text_only = false;
    } else if (text_only || tag.has(strip_names::kBreakout) || tag.name == Name::font_ || tag.name == Name::foreignobject_) {
      return nullptr;
    }
    bool self_closing = false;
    at = tag_end(name_end, end, &self_closing, &closed);
    if (!closed) return nullptr;
    if (end_tag || self_closing) continue;
    if (depth == kMaxOpen) return nullptr;
    open[depth++] = tag.hash;
    text_only = tag.name == Name::title_ || tag.name == Name::desc_;
  }
  return nullptr;
}

}  // namespace marrow::strip_scan
