#include "label/verdict.h"

#include <array>

namespace marrow {
namespace {

constexpr std::array<std::string_view, 6> kLabels = {"body",        "related",     "teaser",
                                                     "boilerplate", "inline_link", "navigation"};
constexpr std::array<std::string_view, 10> kKinds = {"none",    "prev",   "next",      "related",   "in_article",
                                                     "popular", "latest", "more_from", "sponsored", "item"};
constexpr std::array<std::string_view, 7> kPages = {"article", "listing",       "collection", "forum",
                                                    "product", "documentation", "service"};
constexpr std::array<std::string_view, 4> kDeciders = {"pass", "model", "filter", "memory"};

}  // namespace

std::string_view name_of(Label label) { return kLabels[static_cast<std::size_t>(label)]; }
std::string_view name_of(RelatedKind kind) { return kKinds[static_cast<std::size_t>(kind)]; }
std::string_view name_of(PageKind kind) { return kPages[static_cast<std::size_t>(kind)]; }
std::string_view name_of(Decider by) { return kDeciders[static_cast<std::size_t>(by)]; }

}  // namespace marrow
