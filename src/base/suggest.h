// "Did you mean": the nearest of a list of known names to a name somebody mistyped. Takes a word and the
// candidates, gives the best of them or nothing; never guesses far (a third of the letters at most).
// Distance: optimal string alignment (insert, delete, replace, swap two neighbours each cost one; Damerau
// 1964), on bytes, ASCII case folded. Any thread.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace marrow {

std::size_t edit_distance(std::string_view a, std::string_view b);

// The nearest candidate, "" if none is near. The first of equals wins.
std::string_view suggest(std::string_view word, std::span<const std::string_view> candidates);

// "did you mean 'pattern'?", or "" if none is near.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace marrow
