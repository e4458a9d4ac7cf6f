// WordTable: literal words searched in values that are made of tokens: class and id ("post-nav related"), role and
// itemprop names, URL path segments, hosts. Takes values in their normal form, calls back with the rule of each word that
// stands in one as whole tokens. Cost: one hash a token. Add, then const: shared by threads.
//
// Layout words are no evidence: a token behind with, has, no, without, not ("content-with-sidebar") or behind
// padding, margin, border, text, float … ("padding-bottom") does not count (kQualifiers, in words.cc).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "page/document.h"

namespace marrow {

class WordTable {
 public:
  enum class Style : std::uint8_t {
    tokens,    // class, id: tokens joined by '-', names by ' '
    names,     // role, itemprop, rel, tag: names joined by ' '
    segments,  // href: path segments between '/'
    host,      // the host itself or one it is a sub-domain of
  };
  explicit WordTable(Style style) : style_(style) {}
  void add(std::string word, Id rule);
  void seal();  // after the last add()
  bool empty() const { return entries_.empty(); }

  template <typename Hit>
  void scan(std::string_view form, Hit&& hit) const {
    if (entries_.empty()) return;
    for (std::size_t at = first(form); at < form.size(); at = next(form, at)) {
      const std::size_t end = token_end(form, at);
      const std::uint64_t key = hash(form.substr(at, end - at));
      for (std::size_t slot = key & mask_; slots_[slot].entry != 0; slot = (slot + 1) & mask_) {
        if (slots_[slot].key != key) continue;
        for (std::uint32_t e = slots_[slot].entry; e != 0; e = entries_[e - 1].next)
          if (stands_at(form, at, entries_[e - 1].word)) hit(entries_[e - 1].rule);
        break;
      }
    }
  }

 private:
  struct Entry {
    std::string word;
    Id rule;
    std::uint32_t next;  // index + 1 of the next with the same first token
  };
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t entry = 0;  // index + 1
  };

  static std::uint64_t hash(std::string_view token);
  std::size_t first(std::string_view form) const;
  std::size_t next(std::string_view form, std::size_t at) const;
  std::size_t token_end(std::string_view form, std::size_t at) const;
  bool stands_at(std::string_view form, std::size_t at, std::string_view word) const;

  Style style_;
  std::vector<Entry> entries_;
  std::vector<Slot> slots_;
  std::size_t mask_ = 0;
};

}  // namespace marrow
