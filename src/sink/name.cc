#include "sink/name.h"

#include <array>

#include "base/text.h"

namespace marrow {
namespace {

std::string hex8(std::uint64_t hash) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (int shift = 28; shift >= 0; shift -= 4) out += kDigits[hash >> shift & 15];
  return out;
}

bool plain(char32_t c) {
  return c == '-' || c == '_' || c == '.' || (c < 128 ? is_word(c) : (is_letter(c) || is_digit(c)));
}

// Names that Windows keeps for devices, also with a suffix. People unpack results there.
bool reserved(std::string_view name) {
  constexpr std::array<std::string_view, 4> kAlone = {"con", "prn", "aux", "nul"};
  const std::string stem = ascii_lower(name.substr(0, name.find('.')));
  for (const std::string_view device : kAlone)
    if (stem == device) return true;
  return stem.size() == 4 && (stem.starts_with("com") || stem.starts_with("lpt")) && stem[3] >= '0' &&
         stem[3] <= '9';
}

}  // namespace

std::string safe_name(std::string_view id) {
  std::string name;
  bool changed = id.empty() || !is_valid_utf8(id);
  for (std::size_t at = 0; at < id.size();) {
    const std::size_t start = at;
    const char32_t c = next_code_point(id, at);
    if (name.size() + (at - start) > kMaxNameBytes - kNameHashBytes) {
      changed = true;
      break;
    }
    const bool leading_dot = (c == '.' || c == '-') && name.empty();  // hidden files; names that look like options
    if (plain(c) && c != 0xFFFD && !leading_dot) {
      name.append(id, start, at - start);
    } else {
      changed = true;
      if (!name.empty() && name.back() != '_') name += '_';
    }
  }
  while (name.ends_with('.') || name.ends_with('_')) {
    changed |= name.back() == '.' || id.back() != '_';
    if (!changed) break;
    name.pop_back();
  }
  if (name.empty()) name = "page";
  if (changed || reserved(name)) name += '-' + hex8(hash64(id));
  return name;
}

std::string NameGiver::give(std::string_view id, std::string_view url) {
  const std::string wanted = safe_name(id.empty() ? url : id);
  std::string name = wanted;
  for (std::uint64_t times = 0; !given_.insert(hash64(fold_case(name))).second; ++times) {
    std::string key(url);
    if (times > 0) key += '\n' + std::to_string(times);
    name = wanted + '-' + hex8(hash64(key));
  }
  return name;
}

}  // namespace marrow
