// Help: the outline as text for a terminal. Takes the outline and a width, gives whole pages. Pure.
#pragma once

#include <string>

#include "cli/outline.h"

namespace marrow::cli {

inline constexpr unsigned kHelpColumns = 96;  // longer lines are hard to read

std::string program_help(const Outline& outline, unsigned columns);
std::string group_help(const Outline& outline, const std::string& group, unsigned columns);
std::string verb_help(const Outline& outline, const Outline::Entry& entry, unsigned columns);

// Paragraphs wrapped at words, every line after `indent` spaces.
std::string wrapped(std::string_view text, unsigned columns, unsigned indent);

}  // namespace marrow::cli
