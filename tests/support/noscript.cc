#include "support/noscript.h"

#include <algorithm>
#include <array>
#include <vector>

#include "support/tree_compare.h"

namespace marrow::test {
namespace {

constexpr auto npos = std::string_view::npos;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'; }

bool stands_at(std::string_view text, std::size_t at, std::string_view word) {
  if (at > text.size() || text.size() - at < word.size()) return false;
  return std::equal(word.begin(), word.end(), text.begin() + static_cast<std::ptrdiff_t>(at),
                    [](char a, char b) { return a == lower(b); });
}

// The next end tag of that name from `at` on, npos if there is none.
std::size_t find_end_tag(std::string_view text, std::string_view name, std::size_t at) {
  for (; (at = text.find("</", at)) != npos; ++at) {
    const std::size_t behind = at + 2 + name.size();
    if (stands_at(text, at + 2, name) && behind < text.size() &&
        (is_blank(text[behind]) || text[behind] == '/' || text[behind] == '>'))
      return at;
  }
  return npos;
}

std::size_t behind(std::size_t at, std::size_t size) { return at == npos ? npos : at + size; }

// Script has an inner life: "<!-- <script> … </script> -->". Its end tag, npos if there is none.
std::size_t find_script_end(std::string_view text, std::size_t at) {
  bool comment = false, script = false;
  for (std::size_t dashes = 0; at < text.size(); ++at) {
    if (!comment && stands_at(text, at, "<!--")) {
      comment = true;
      dashes = at + 2;
      at += 3;
      continue;
    }
    if (comment && text[at] == '>' && at >= dashes + 2 && text[at - 1] == '-' && text[at - 2] == '-') comment = script = false;
    if (text[at] != '<') continue;
    if (find_end_tag(text.substr(0, std::min(text.size(), at + 9)), "script", at) == at) {
      if (!script) return at;
      script = false;
    } else if (comment && !script && stands_at(text, at + 1, "script") && at + 7 < text.size() &&
               (is_blank(text[at + 7]) || text[at + 7] == '/' || text[at + 7] == '>')) {
      script = true;
    }
  }
  return npos;
}

// Behind the '>' of a tag whose name begins at `at`.
std::size_t tag_stop(std::string_view text, std::size_t at) {
  enum { names, value, single, twice, bare } state = names;
  bool named = false;  // does a name stand before here, that '=' may give a value?
  at = std::min(text.find_first_of(" \t\n\f\r/>", at), text.size());
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (state == single || state == twice) {
      if (c == (state == single ? '\'' : '"')) state = names, named = false;
    } else if (state == value && (c == '"' || c == '\'')) {
      state = c == '"' ? twice : single;
    } else if (state == value && !is_blank(c) && c != '>') {
      state = bare;
    } else if (c == '>') {
      return at + 1;
    } else if (state == bare) {
      if (is_blank(c)) state = names, named = false;
    } else if (state == names) {
      if (c == '=' && named) {
        state = value;
      } else if (c == '/') {
        named = false;
      } else if (!is_blank(c)) {
        named = true;
      }
    }
  }
  return npos;
}

constexpr std::array<std::string_view, 8> kRaw = {"style", "textarea", "title", "iframe", "noembed", "noframes", "xmp", "script"};

// Behind what begins with the '<' at `at`, npos if it has no end. Text is one character.
std::size_t stop_of(std::string_view text, std::size_t at) {
  const char c = at + 1 < text.size() ? text[at + 1] : '\0';
  const char d = at + 2 < text.size() ? text[at + 2] : '\0';
  if (stands_at(text, at, "<!-->")) return at + 5;
  if (stands_at(text, at, "<!--->")) return at + 6;
  if (stands_at(text, at, "<!--")) {
    const std::size_t plain = behind(text.find("-->", at + 4), 3), odd = behind(text.find("--!>", at + 4), 4);
    return std::min(plain, odd);
  }
  if (c == '!' || c == '?' || (c == '/' && d != '\0' && !is_letter(d))) return behind(text.find('>', at + 2), 1);
  if (c == '/' && is_letter(d)) return tag_stop(text, at + 2);
  if (!is_letter(c)) return at + 1;
  const std::size_t name_stop = std::min(text.find_first_of(" \t\n\f\r/>", at), text.size());
  const std::size_t stop = tag_stop(text, at + 1);
  if (stop == npos) return npos;
  std::string name(text.substr(at + 1, name_stop - at - 1));
  std::transform(name.begin(), name.end(), name.begin(), lower);
  if (name == "plaintext") return npos;
  if (std::find(kRaw.begin(), kRaw.end(), name) == kRaw.end()) return stop;
  return name == "script" ? find_script_end(text, stop) : find_end_tag(text, name, stop);
}

bool holds_any(std::string_view text, std::initializer_list<std::string_view> tags) {
  for (std::size_t at = text.find('<'); at != npos; at = text.find('<', at + 1))
    for (const std::string_view tag : tags)
      if (stands_at(text, at + 1, tag)) return true;
  return false;
}

// What begins in [begin, end) and does not stop there; npos if all does.
std::size_t left_open(std::string_view text, std::size_t begin, std::size_t end) {
  for (std::size_t at = text.find('<', begin); at < end; at = text.find('<', at)) {
    const std::size_t stop = stop_of(text, at);
    const bool half = at + 2 == end && text[at + 1] == '/';  // "</" right before the end tag
    if (stop > end || half) return at;
    at = stop;
  }
  return npos;
}

}  // namespace

std::string end_noscripts(std::string_view html, bool* unsure) {
  std::string page(html);
  *unsure = false;
  std::vector<TagPlace> places = noscripts_of(page);
  std::size_t done = 0;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const TagPlace place = places[i];
    const std::size_t end = find_end_tag(page, "noscript", place.end);
    if (end == npos) break;
    if (place.begin < done) continue;  // inside another
    done = end;
    const std::string_view inside = std::string_view(page).substr(place.end, end - place.end);
    *unsure = *unsure || holds_any(inside, {"![cdata["});
    const std::size_t open = left_open(page, place.end, end);
    if (open == npos) continue;
    *unsure = *unsure || holds_any(inside, {"svg", "math", "select", "template"}) || holds_any(page, {"frameset"});
    page.erase(open, end - open);
    done = open;
    places = noscripts_of(page);  // the rest of the page is read otherwise now
  }
  return page;
}

}  // namespace marrow::test
