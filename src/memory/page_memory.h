// What one page tells of its site, as small plain values, and their bytes (FORMAT.md). PageTemplate: the hashes of its
// block texts and of the targets of its lists, with what the models said of each list: what recurs on other pages is
// template. PageIdentity: its URL, title and the beginnings of its body's blocks: what other pages may quote.
// Both are bounded: of a page with more, the smallest hashes are kept, so that two such pages still agree on what they
// share. Any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "label/verdict.h"

namespace marrow {

inline constexpr std::size_t kMemoryKinds = 9;  // RelatedKind without none

// Bounds a page, far above what usual pages have (the development set: 95 % have under 700 texts and 130 lists).
inline constexpr std::size_t kMaxTexts = 1024;
inline constexpr std::size_t kMaxLists = 192;
inline constexpr std::size_t kMaxTargets = 48;   // of one list
inline constexpr std::size_t kMaxOpenings = 10;
inline constexpr std::size_t kMaxUrl = 512;      // bytes; pages with longer URLs are known, but not named

struct ListSeen {
  std::uint32_t place = 0;  // hash of its links' path and the heading over it
  std::uint32_t path = 0;   // of its links' path alone
  bool self = false;        // it links to the page it stands on
  std::uint8_t onward = 0;  // mean p(onward reading) of its links, 0..255
  std::array<std::uint8_t, kMemoryKinds> kinds{};  // mean probability of each kind, 0..255
  std::vector<std::uint32_t> targets;              // hashes, sorted
};

struct PageTemplate {
  std::vector<std::uint32_t> texts;  // hashes, sorted, each once
  std::vector<ListSeen> lists;
};

struct PageIdentity {
  PageKind kind = PageKind::article;
  std::uint32_t title = 0;     // hash, 0 = none
  std::uint32_t begins = 0;    // hash of a longer beginning of the body than an opening, 0 = the body is shorter
  std::vector<std::uint32_t> openings;  // of the body's first blocks and of the page's own summary, sorted
  std::string url;
};

std::string to_bytes(const PageTemplate& page);
std::string to_bytes(const PageIdentity& page);
// False where the bytes are none of ours.
bool from_bytes(std::string_view bytes, PageTemplate& page);
bool from_bytes(std::string_view bytes, PageIdentity& page);

}  // namespace marrow
