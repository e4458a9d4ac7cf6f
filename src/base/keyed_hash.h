// Places in tables whose keys strangers choose: words, addresses, class names, hosts. The hash depends on numbers that the process
// draws when it starts, so that nobody can write 100,000 keys that all want one place and make a page take minutes (Crosby and
// Wallach, "Denial of Service via Algorithmic Complexity Attacks", 2003). For places alone: what comes out must depend neither on
// the hash nor on the order of a table, and what is stored or compared with other runs needs hash64(). Folded multiplication, as in
// wyhash. Any thread; not before main().
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace marrow {

struct HashKeys {
  std::uint64_t start, factor;
};
extern const HashKeys kHashKeys;

// The two halves of a product, one laid over the other.
inline std::uint64_t folded_product(std::uint64_t a, std::uint64_t b) {
  __extension__ using Product = unsigned __int128;
  const Product product = static_cast<Product>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

inline std::uint64_t keyed_hash(std::uint64_t value) { return folded_product(value ^ kHashKeys.start, kHashKeys.factor); }

// `kind` tells keys of several sorts in one table apart.
inline std::uint64_t keyed_hash(std::string_view text, std::uint8_t kind = 0) {
  std::uint64_t hash = kHashKeys.start ^ (text.size() << 8 | kind);
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data() + at, 8);
    hash = folded_product(hash ^ eight, kHashKeys.factor);
  }
  std::uint64_t rest = 0;
  if (at < text.size()) std::memcpy(&rest, text.data() + at, text.size() - at);
  return folded_product(hash ^ rest, kHashKeys.factor);
}

// For std::unordered_map and set, with std::equal_to<>.
struct KeyedHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return keyed_hash(text); }
};

}  // namespace marrow
