#include "cli/outline.h"

namespace marrow::cli {

std::size_t Outline::find(std::string_view verb) const {
  for (std::size_t i = 0; i < verbs.size(); ++i)
    if (verbs[i].text.name == verb) return i;
  return kNoVerb;
}

bool Outline::is_group(std::string_view group) const {
  for (const Group& g : groups)
    if (g.name == group) return true;
  return false;
}

std::string usage_line(const Outline& outline, const Outline::Entry& entry) {
  std::string line = outline.name + " " + entry.text.name;
  if (!entry.options.all().empty()) line += " [OPTIONS]";
  for (const Operand& operand : entry.options.positional()) {
    const std::string name = operand.name + (operand.repeats ? "..." : "");
    line += operand.required ? " " + name : " [" + name + "]";
  }
  return line;
}

std::string option_head(const Option& option) {
  std::string head = option.short_name.empty() ? "    " : "-" + option.short_name + ", ";
  head += option.name();
  if (!option.value.empty()) head += " " + option.value;
  return head;
}

}  // namespace marrow::cli
