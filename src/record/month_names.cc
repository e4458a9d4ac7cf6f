#include "record/month_names.h"

#include <algorithm>
#include <iterator>

namespace marrow {
namespace {

struct MonthName {
  std::string_view name, language;  // language "" = the same month wherever the name is used
  int month;
};

constexpr MonthName kNames[] = {
#include "record/month_names.inc"
};

}  // namespace

int month_named(std::string_view folded, std::string_view language) {
  auto at = std::lower_bound(std::begin(kNames), std::end(kNames), folded,
                             [](const MonthName& a, std::string_view b) { return a.name < b; });
  for (; at != std::end(kNames) && at->name == folded; ++at)
    if (at->language.empty() || at->language == language) return at->month;
  return 0;
}

}  // namespace marrow
