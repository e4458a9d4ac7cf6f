// What do these bytes look like? For inputs whose name does not say, and to refuse what is no page.
// Takes the first bytes of an input, gives a guess; never reads on. Any thread.
#pragma once

#include <string_view>

namespace marrow {

enum class Look : unsigned char { text, html, jsonl, binary };

struct Sniffed {
  Look look = Look::text;
  std::string_view name;  // of binary: "a PDF document", "a PNG image" …
};

// Bytes that sniff() wants to see; more are not looked at, fewer will do.
inline constexpr std::size_t kSniffBytes = 4096;

Sniffed sniff(std::string_view head);

// Only the question whether it is binary, for inputs whose kind is known by name.
std::string_view looks_binary(std::string_view head);  // "" if not

}  // namespace marrow
