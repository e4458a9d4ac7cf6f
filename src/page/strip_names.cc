#include "page/strip_names.h"

#include <array>
#include <bit>
#include <string_view>
#include <utility>

namespace marrow::strip_names {
namespace {

// A name of up to 16 bytes as two words in lower case: compared and hashed without a loop over strings.
struct Key {
  std::uint64_t low = 0, high = 0;
  constexpr bool operator==(const Key&) const = default;
};

constexpr std::size_t kMaxName = 16;

constexpr Key key_of(const char* name, std::size_t size) {
  Key key;
  for (std::size_t i = 0; i < size; ++i) {
    auto c = static_cast<unsigned char>(name[i]);
    if (c >= 'A' && c <= 'Z') c = static_cast<unsigned char>(c + 32);
    (i < 8 ? key.low : key.high) |= std::uint64_t{c} << (8 * (i & 7));
  }
  return key;
}

constexpr std::uint32_t hash_of(const Key& key) {
  std::uint64_t h = key.low * 0x9E3779B97F4A7C15ULL ^ std::rotl(key.high * 0xC2B2AE3D27D4EB4FULL, 29);
  h ^= h >> 29;
  return static_cast<std::uint32_t>((h * 0x9E3779B97F4A7C15ULL) >> 32);
}

template <typename Value, std::size_t Slots>
struct Table {
  struct Slot {
    Key key;
    Value value{};
  };
  std::array<Slot, Slots> slots{};

  constexpr void add(std::string_view name, Value value) {
    const Key key = key_of(name.data(), name.size());
    std::size_t at = hash_of(key) % Slots;
    while (slots[at].key.low != 0) at = (at + 1) % Slots;
    slots[at] = {key, value};
  }
  const Slot* find(const Key& key, std::uint32_t hash) const {
    for (std::size_t at = hash % Slots; slots[at].key.low != 0; at = (at + 1) % Slots)
      if (slots[at].key == key) return &slots[at];
    return nullptr;
  }
};

constexpr auto make_tags() {
  Table<Tag, 512> table;
  table.add("annotation-xml", Tag{Name::annotation_xml_, 0, 0});
#define MARROW_STRIP_TAG(name, facts) table.add(#name, Tag{Name::name##_, facts, 0});
#include "page/strip_tags.inc"
#undef MARROW_STRIP_TAG
  return table;
}

// The attributes that later stages read (document.h, rules, metadata); all others are left out.
constexpr std::string_view kKept[] = {
    "about",    "alt",       "aria-hidden", "aria-label", "charset",       "cite",      "class",
    "colspan",  "content",   "data-href",   "data-lang",  "data-language", "data-lazy-src",
    "data-nosnippet", "data-original", "data-src", "data-title", "data-url", "datetime", "dir",
    "height",   "hidden",    "href",        "hreflang",   "http-equiv",    "id",        "itemid",
    "itemprop", "itemref",   "itemscope",   "itemtype",   "label",         "lang",      "name",
    "open",     "property",  "rel",         "resource",   "reversed",      "role",      "rowspan",
    "src",      "start",     "title",       "typeof",     "vocab",         "width",     "xml:lang",
};

// Kept where they decide something.
constexpr std::pair<std::string_view, Attr> kAsked[] = {
    {"style", Attr::style}, {"value", Attr::value}, {"type", Attr::type}, {"encoding", Attr::encoding}};

constexpr auto make_attrs() {
  static_assert(std::size(kKept) + std::size(kAsked) <= 64);
  Table<AttrFact, 256> table;
  std::uint8_t bit = 0;
  for (const std::string_view name : kKept) table.add(name, {Attr::keep, bit++});
  for (const auto& [name, kind] : kAsked) table.add(name, {kind, bit++});
  return table;
}

constexpr auto kTags = make_tags();
constexpr auto kAttrs = make_attrs();

}  // namespace

Tag find_tag(const char* name, std::size_t size) {
  if (size > kMaxName) {
    std::uint32_t hash = static_cast<std::uint32_t>(size);
    for (std::size_t i = 0; i < size; ++i) {
      const auto c = static_cast<unsigned char>(name[i]);
      hash = (hash ^ (c >= 'A' && c <= 'Z' ? c + 32U : c)) * 0x01000193U;
    }
    return {Name::other, 0, hash};
  }
  const Key key = key_of(name, size);
  const std::uint32_t hash = hash_of(key);
  const auto* slot = kTags.find(key, hash);
  Tag tag = slot ? slot->value : Tag{};
  tag.hash = hash;
  return tag;
}

AttrFact find_attr(const char* name, std::size_t size) {
  if (size == 0 || size > kMaxName) return {};
  const Key key = key_of(name, size);
  const auto* slot = kAttrs.find(key, hash_of(key));
  return slot ? slot->value : AttrFact{};
}

std::string_view attr_name(AttrFact fact) {
  return fact.bit < std::size(kKept) ? kKept[fact.bit] : kAsked[fact.bit - std::size(kKept)].first;
}

}  // namespace marrow::strip_names
