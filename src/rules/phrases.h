// PhraseTable: thousands of literal phrases searched at once in short texts. Takes phrases and texts in
// phrase_form (rules/normal.h), calls back for each phrase that stands in a text between word boundaries (of any
// script: Han, Kana, Thai … have one between any two characters). A trie over bytes: its cost does not grow with
// the number of phrases, and unlike RE2's \b it knows letters other than ASCII. Add, then const: shared by threads.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
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
  // Once all are added, before the first scan: lays the children of each node side by side.
  void seal();
  bool empty() const { return phrases_.empty(); }
  // In a text of more words than this none but an `end` phrase stands.
  std::uint32_t most_words() const { return most_words_; }
  std::size_t size() const { return phrases_.size(); }

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
          if (inside_.may_begin(text, start)) scan_at(inside_, text, words, frame, start, hit);
        }
      }
      return;
    }
    for (; at < frame.end; at = next_start(text, at, frame.end)) scan_at(inside_, text, words, frame, at, hit);
  }

 private:
  struct Made {  // while phrases are added
    std::uint32_t child = 0, sibling = 0;  // 0 = none
    std::uint32_t first = 0;
    unsigned char byte = 0;
  };
  struct Node {
    std::uint32_t first = 0;     // phrases that end here: index + 1
    std::uint32_t children = 0;  // their first node; the others stand behind it
    std::uint32_t count = 0;
  };
  struct Entry {
    Phrase phrase;
    std::uint32_t next;  // index + 1
  };
  struct Trie {
    std::vector<bool> pairs = std::vector<bool>(std::size_t{1} << 16);  // first two bytes of a phrase: 8 KiB that spare most words the walk
    std::vector<Made> made = std::vector<Made>(1);                      // [0] is the root
    std::vector<Node> nodes = std::vector<Node>(1);                     // the same, in another order; [0] is the root
    std::vector<unsigned char> bytes = std::vector<unsigned char>(1);   // the byte that leads to each node

    std::vector<bool> fours = std::vector<bool>(std::size_t{1} << 16);  // hashes of the first four bytes
    std::vector<bool> short_pairs = pairs;                              // as `pairs`, of phrases of less than four bytes alone

    // False where no phrase begins like text[at ...].
    bool may_begin(std::string_view text, std::size_t at) const {
      return text.size() - at < 4 || fours[four(text.data() + at)] || short_pairs[pair(text[at], text[at + 1])];
    }
    std::uint32_t child(std::uint32_t node, unsigned char byte) const {
      const Node& parent = nodes[node];
      for (std::uint32_t at = parent.children; at < parent.children + parent.count; ++at)
        if (bytes[at] == byte) return at;
      return 0;
    }
    std::uint32_t add(std::string_view text);  // the node made for it
    void seal();
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
  void scan_at(const Trie& trie, std::string_view text, std::uint32_t words, const Frame& frame, std::size_t at, Hit& hit) const {
    if (at + 1 < text.size() && !trie.pairs[pair(text[at], text[at + 1])]) return;
    std::uint32_t node = trie.child(0, static_cast<unsigned char>(text[at]));
    for (std::size_t i = at + 1; node != 0; ++i) {
      if (trie.nodes[node].first != 0 && is_boundary(text, i)) {
        for (std::uint32_t p = trie.nodes[node].first; p != 0; p = phrases_[p - 1].next) {
          const Phrase& phrase = phrases_[p - 1].phrase;
          if (phrase.max_words != 0 && words > phrase.max_words) continue;
          if (holds(phrase.at, frame, at, i)) hit(phrase);
        }
      }
      if (i >= text.size()) break;  // not frame.end: the signs at the end of a `start` phrase count
      node = trie.child(node, static_cast<unsigned char>(text[i]));
    }
  }

  static bool is_ascii(std::string_view text);
  static std::size_t four(const char* at) {
    std::uint32_t bytes = 0;
    std::memcpy(&bytes, at, sizeof bytes);
    return bytes * 0x9E3779B1U >> 16;
  }
  static std::size_t pair(char a, char b) {
    return static_cast<std::size_t>(static_cast<unsigned char>(a)) << 8 | static_cast<unsigned char>(b);
  }

  Trie leading_;  // whole and start: looked for where the text begins, and there alone
  Trie inside_;   // end and anywhere
  std::vector<Entry> phrases_;
  std::uint32_t most_words_ = 0;
};

}  // namespace marrow
