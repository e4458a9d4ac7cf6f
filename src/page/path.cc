#include "page/path.h"

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace marrow {
namespace {

constexpr std::size_t kMaxName =
    24;  // bytes of an id or class that are shown: generated ones are long
constexpr std::size_t kMaxClasses = 2;  // beside an id: one; the rest rarely tells more

void append_name(std::string& out, char sign, std::string_view name) {
  out += sign;
  if (name.size() <= kMaxName) {
    out += name;
    return;
  }
  std::size_t end = kMaxName;
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xc0) == 0x80) --end;
  out.append(name.substr(0, end)).append("~");
}

std::string step(const Element& element) {
  std::string out(element.name);
  const std::string_view id = trim(element.id);
  if (!id.empty()) append_name(out, '#', id);
  std::string_view classes = element.cls;
  for (std::size_t shown = id.empty() ? 0 : 1; shown < kMaxClasses; ++shown) {
    classes.remove_prefix(std::min(classes.find_first_not_of(" \t\r\n\f"), classes.size()));
    const std::size_t end = std::min(classes.find_first_of(" \t\r\n\f"), classes.size());
    if (end == 0) break;
    append_name(out, '.', classes.substr(0, end));
    classes.remove_prefix(end);
  }
  return out;
}

}  // namespace

std::string path_of(const Document& document, Id element, int levels) {
  std::vector<Id> chain;
  for (Id e = element; e != kNone; e = document.elements[e].parent) {
    if (static_cast<int>(chain.size()) == levels) {
      chain.push_back(kNone);
      break;
    }
    chain.push_back(e);
  }
  std::string out;
  for (auto it = chain.rbegin(); it != chain.rend(); ++it) {
    if (!out.empty()) out += " > ";
    out += *it == kNone ? "..." : step(document.elements[*it]);
  }
  return out;
}

}  // namespace marrow
