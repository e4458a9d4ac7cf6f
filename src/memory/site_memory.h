// SiteMemory: what the pages of each host have in common, gathered page by page. Takes PageSummaries (observe.h) in any
// order and on any number of machines: merge() is associative, commutative and idempotent, so a batch may be split
// anywhere. Judges nothing itself: freeze it into a SiteKnowledge (knowledge.h) and label with that.
//
//   SiteMemory memory;
//   memory.add(summary);                     // of every page of a first pass
//   memory.merge(*SiteMemory::decode(bytes, "old.memory"));
//   const SiteKnowledge knowledge(memory);   // const from here, shared by threads
//
// Bounded whatever comes in: kTemplatePages pages of about 2 kB and kKnownPages of about 150 bytes (FairSample), so
// some 400 MB at most; a host with a million pages costs kTemplatesAHost pages of 2 kB, and its share of the known pages.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "memory/fair_sample.h"

namespace marrow {

// What is template shows on a few pages: of 16 drawn at random, a text that stands on half of the host's pages is seen on
// more than two with a probability of 0.998.
inline constexpr std::size_t kTemplatesAHost = 16;
inline constexpr std::size_t kTemplatePages = std::size_t{1} << 17;
inline constexpr std::size_t kLeastTemplates = 3;  // below that nothing can be said to recur
inline constexpr std::size_t kKnownAHost = std::size_t{1} << 20;
inline constexpr std::size_t kKnownPages = std::size_t{1} << 20;

struct PageSummary {
  std::string host;         // without "www."
  std::uint64_t key = 0;    // hash of the page's url_key
  std::uint64_t stamp = 0;  // when it was fetched as a number that grows with time, 0 = not known
  std::string page_template, identity;  // bytes of PageTemplate and PageIdentity; "" = not asked for
};

class SiteMemory {
 public:
  // The first bytes of every such file.
  static constexpr std::string_view kMagic = "marrow site memory\n";

  SiteMemory();
  bool wants(const PageSummary& page) const;
  void add(const PageSummary& page);
  void merge(const SiteMemory& other);
  bool empty() const { return templates_.pages() == 0 && known_.pages() == 0; }

  const FairSample& templates() const { return templates_; }
  const FairSample& known() const { return known_; }

  // The file format of FORMAT.md. decode() refuses what is foreign, damaged or of a newer version and names `origin`.
  std::string encode() const;
  static Result<SiteMemory> decode(std::string_view bytes, std::string_view origin);

 private:
  FairSample templates_, known_;
};

}  // namespace marrow
