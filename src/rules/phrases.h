// PhraseTable: thousands of literal phrases searched at once in short texts. Takes phrases and texts in
// phrase_form (rules/normal.h), calls back for each phrase that stands in a text between word boundaries (of any
// script: Han, Kana, Thai … have one between any two characters). Phrases are found by their first eight or four bytes: the cost
// does not grow with their number, and unlike RE2's \b it knows letters other than ASCII. Add, then const: shared by threads.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "base/scan.h"
#include "page/document.h"

namespace marrow {

enum class PhraseAt : std::uint8_t {
  whole,     // the text is the phrase; signs before and behind do not count ("Related:", "» more «")
  start,     // the text begins with it; signs at its end count ("next:" is not "next")
  end,       // the text ends with it; a full stop behind it makes it a sentence's end and no match
  anywhere,
};

struct Phrase {
  Id rule = kNone;              // CompiledRules::signals
  std::uint16_t max_words = 0;  // of the text; 0 = any
  std::uint16_t fields = 0;     // a bit for each Field it is meant for
  PhraseAt at = PhraseAt::whole;
};

class PhraseTable {
 public:
  // False where nothing is left of the phrase once its outer signs are dropped.
  bool add(std::string_view phrase_form, const Phrase& phrase);
  bool empty() const { return entries_.empty(); }
  // In a text of more words than this none but an `end` phrase stands.
  std::uint32_t most_words() const { return most_words_; }
  std::size_t size() const { return entries_.size(); }

  // hit(const Phrase&) for each; `cut` = the text is the end of a longer one (no `whole`, no `start`).
  template <typename Hit>
  void scan(std::string_view text, std::uint32_t words, bool cut, Hit&& hit) const {
    const Frame frame = frame_of(text);
    if (!cut && frame.begin < frame.end) scan_at(leading_, text, words, frame, frame.begin, hit);
    // ASCII alone, as most texts are in this form: 64 bytes at a time.
    std::size_t at = frame.begin;
    if (is_ascii(text)) {
      for (; at < frame.end; at += 64) {
        for (std::uint64_t starts = ascii_word_starts(text, at); starts != 0; starts &= starts - 1) {
          const std::size_t start = at + static_cast<std::size_t>(std::countr_zero(starts));
          if (start >= frame.end) break;
          scan_at(inside_, text, words, frame, start, hit);
        }
      }
      return;
    }
    for (; at < frame.end; at = next_start(text, at, frame.end)) scan_at(inside_, text, words, frame, at, hit);
  }

 private:
  struct Entry {
    Phrase phrase;
    std::uint32_t begin, size;  // of texts_
    std::uint32_t next;         // index + 1 of the next in its list
  };
  // Lists of phrases, each the index + 1 of its first: by a hash of the first eight bytes, of the first four where there are no eight, by
  // the first byte where there are no four.
  struct Lists {
    static constexpr std::size_t kLists = std::size_t{1} << 13;
    std::vector<std::uint32_t> eights = std::vector<std::uint32_t>(kLists), fours = eights, bytes = std::vector<std::uint32_t>(256);
    std::vector<bool> begins = std::vector<bool>(std::size_t{1} << 16);  // hashes of first four bytes: 8 KiB that spare most words the rest

    std::uint32_t& list_of(std::string_view phrase);
  };
  struct Frame {
    std::size_t begin, end;  // the text without outer signs
    bool sentence;           // a full stop follows
  };

  static Frame frame_of(std::string_view text);
  static bool is_boundary(std::string_view text, std::size_t at);
  static std::size_t next_start(std::string_view text, std::size_t at, std::size_t end);
  static bool holds(PhraseAt where, const Frame& frame, std::size_t begin, std::size_t end) {
    switch (where) {
      case PhraseAt::whole: return begin == frame.begin && end == frame.end;
      case PhraseAt::start: return begin == frame.begin;
      case PhraseAt::end: return end == frame.end && !frame.sentence;
      case PhraseAt::anywhere: return true;
    }
    return false;
  }
  template <typename Hit>
  void scan_at(const Lists& lists, std::string_view text, std::uint32_t words, const Frame& frame, std::size_t at, Hit& hit) const {
    const std::size_t left = text.size() - at;  // not up to frame.end: the signs at the end of a `start` phrase count
    const auto scan_list = [&](std::uint32_t first) {
      for (std::uint32_t i = first; i != 0; i = entries_[i - 1].next) {
        const Entry& entry = entries_[i - 1];
        const Phrase& phrase = entry.phrase;
        if (entry.size > left || (phrase.max_words != 0 && words > phrase.max_words)) continue;
        if (std::memcmp(texts_.data() + entry.begin, text.data() + at, entry.size) != 0) continue;
        if (holds(phrase.at, frame, at, at + entry.size) && is_boundary(text, at + entry.size)) hit(phrase);
      }
    };
    scan_list(lists.bytes[static_cast<unsigned char>(text[at])]);
    if (left < 4) return;
    const std::uint32_t hash = hash_of_four(text.data() + at);
    if (!lists.begins[hash >> 16]) return;
    scan_list(lists.fours[hash % Lists::kLists]);
    if (left >= 8) scan_list(lists.eights[hash_of_eight(text.data() + at) % Lists::kLists]);
  }

  static bool is_ascii(std::string_view text);
  static std::uint32_t hash_of_four(const char* at) {
    std::uint32_t bytes = 0;
    std::memcpy(&bytes, at, sizeof bytes);
    bytes *= 0x9E3779B1U;
    return bytes ^ bytes >> 15;
  }
  static std::size_t hash_of_eight(const char* at) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, at, sizeof bytes);
    return static_cast<std::size_t>(bytes * 0x9E3779B97F4A7C15ULL >> 40);
  }

  Lists leading_;  // whole and start: looked for where the text begins, and there alone
  Lists inside_;   // end and anywhere
  std::vector<Entry> entries_;
  std::string texts_;
  std::uint32_t most_words_ = 0;
};

}  // namespace marrow
