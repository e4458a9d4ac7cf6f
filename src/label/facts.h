// PageFacts: what the features of blocks and links are computed from: one scan of every block's text, sums
// over containers (prefix sums: the blocks of an element are a range), the page's own frequent words,
// repeated paths and repeated items. Takes a Document, never changes it; scratch reused from page to page.
// No list of words of any language: function words are those frequent on the page itself.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

#include "label/json_types.h"
#include "page/document.h"

namespace marrow {

struct BlockFacts {
  float words = 0, chars = 0, link_density = 0;
  float commas = 0, ends = 0, sentences = 0;  // commas and end marks of any script
  float capital_words = 0;                    // words that start with an upper-case letter
  float upper = 0, digits = 0, letters = 0, spaceless = 0;  // code points
  float quotes = 0, separators = 0;           // | · • » / > between labels
  float function_words = 0;                   // words among the page's most frequent short ones
  float familiarity = 0;                      // mean ln(count on the page) of its longer words
  float title_share = 0;                      // share of its words that stand in the page's title
  float title_cover = 0;                      // share of the title's words that stand in it
  float bold_share = 0, code_share = 0, italic_share = 0;
  float lines = 1;
  bool ends_terminal = false, ends_ellipsis = false, ends_colon = false, ends_comma = false;
  bool starts_upper = false, starts_lower = false, starts_digit = false, starts_symbol = false;
  bool has_year = false, has_clock = false, has_money = false, has_copyright = false, has_at = false;
  bool has_question = false;
  bool in_p = false;  // its element is p (or a block inside one)
};

// Sums over a range of blocks, by difference of two prefix rows.
struct Sums {
  float blocks = 0, words = 0, chars = 0, link_chars = 0, link_words = 0, p_words = 0, ends = 0, commas = 0, long_blocks = 0,
        headings = 0, hidden_words = 0;
};

class PageFacts {
 public:
  void compute(const Document& document);

  const Document& document() const { return *document_; }
  const BlockFacts& block(Id b) const { return blocks_[b]; }
  Sums sums(Id first_block, Id end_block) const;
  Sums of_element(Id e) const { return sums(document_->elements[e].first_block, document_->elements[e].end_block); }
  Sums page() const { return sums(0, static_cast<Id>(document_->blocks.size())); }

  Id headline() const { return headline_; }         // the block most like the title, kNone
  std::uint64_t path(Id element) const { return paths_[element]; }   // hash of its own step: tag and first class
  struct PathFacts {
    std::uint64_t key = 0;
    std::uint32_t blocks = 0;
    float words = 0, chars = 0, link_chars = 0;
  };
  const PathFacts& path_facts(Id block) const { return path_table_[path_slot_[block]]; }
  std::uint32_t path_slot(Id block) const { return path_slot_[block]; }  // < path_slots(); equal for blocks of one path
  std::size_t path_slots() const { return path_table_.size(); }

  // The nearest ancestor that has at least two siblings like itself (tag and class), kNone; and how many.
  Id item(Id element) const { return items_[element]; }
  std::uint32_t siblings(Id element) const { return siblings_[element]; }  // of the same signature, itself included

  // Does the page's JSON-LD name this type? Known are those of label/json_types.h.
  bool json_type(std::string_view type) const { return types_.has(type); }

  // Title words shared by other texts (link texts): hash set lookups.
  float share_in_title(std::string_view text) const;

 private:
  void scan(Id b);
  void count_words();
  void compare_words(Id b);
  void paths();
  void repeated_items();
  void find_headline();

  struct WordSlot {
    std::uint64_t hash = 0;
    std::uint32_t count = 0;   // in blocks that are not mostly links
    std::uint16_t length = 0;  // code points
    bool title = false;
    bool function = false;
  };
  WordSlot& slot_of(std::uint64_t hash);
  const WordSlot* find(std::uint64_t hash) const;

  const Document* document_ = nullptr;
  std::vector<BlockFacts> blocks_;
  std::vector<Sums> prefix_;
  std::vector<WordSlot> words_;
  std::vector<std::uint64_t> word_hashes_;     // of all blocks, in order
  std::vector<std::uint32_t> word_begin_;      // first hash of each block
  std::vector<std::uint8_t> word_lengths_;
  std::size_t title_words_ = 0;
  std::vector<std::uint64_t> paths_;
  std::vector<PathFacts> path_table_;
  std::vector<std::uint32_t> path_slot_;
  std::vector<Id> items_;
  std::vector<std::uint32_t> siblings_;
  struct Sibling {
    std::uint64_t key;
    std::uint32_t count;
  };
  std::vector<Sibling> sibling_table_;
  std::vector<std::uint32_t> sibling_slot_;
  Id headline_ = kNone;
  JsonTypes types_;
};

// How many steps up from an element the nearest one of each of `tags` stands, itself 1, 0 = there is none. Gives the steps to
// the root.
template <const auto& tags>
int steps_to_tags(const Document& document, Id element, std::array<int, std::tuple_size_v<std::remove_cvref_t<decltype(tags)>>>& steps) {
  static constexpr auto kPlace = [] {
    std::array<std::uint8_t, 256> places{};
    for (std::size_t i = 0; i < tags.size(); ++i) places[static_cast<std::size_t>(tags[i])] = static_cast<std::uint8_t>(i + 1);
    return places;
  }();
  std::array<int, std::tuple_size_v<std::remove_cvref_t<decltype(tags)>> + 1> found{};
  int depth = 0;
  for (Id e = element; e != kNone; e = document.elements[e].parent) {
    ++depth;
    int& at = found[kPlace[static_cast<std::size_t>(document.elements[e].tag)]];
    if (at == 0) at = depth;
  }
  std::copy(found.begin() + 1, found.end(), steps.begin());
  return depth;
}

}  // namespace marrow
