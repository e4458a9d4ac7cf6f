// SiteKnowledge: a SiteMemory made ready for questions. Const once made, shared by all threads; what it answers does not
// depend on the order in which pages were seen. Views into it live as long as it does.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "memory/page_memory.h"
#include "memory/site_memory.h"

namespace marrow {

// A place for a list, over the pages that have it.
struct Place {
  std::uint32_t pages = 0;
  float onward = 0;                           // mean p(onward reading)
  std::array<float, kMemoryKinds> kinds{};    // mean probability of each kind
  float repeats = 0;   // chance that a target stands in the same place on another of these pages, 0..1
  float self = 0;      // share of the pages that are themselves in the list
  float targets = 0;   // mean number
};

struct KnownPage {
  std::uint64_t key = 0;
  PageKind kind = PageKind::article;
  std::uint32_t title = 0, begins = 0;
  std::string_view url;
};

class HostKnowledge {
 public:
  // Pages drawn, and whether this one is among them.
  std::uint32_t pages() const { return static_cast<std::uint32_t>(sampled_.size()); }
  bool sampled(std::uint64_t key) const;
  // On how many of the drawn pages.
  std::uint32_t pages_with_text(std::uint32_t hash) const;
  // nullptr where no drawn page has it.
  const Place* place(std::uint32_t hash) const;
  const Place* path(std::uint32_t hash) const;
  // Pages of the host that are known by name, whether or not they were drawn.
  const KnownPage* page(std::uint64_t key) const;
  bool opens_some_page(std::uint32_t opening) const;
  bool opens(std::uint32_t opening, const KnownPage& page) const;
  // The one page whose body begins so; nullptr where there is none or more than one.
  const KnownPage* beginning(std::uint32_t hash) const;

 private:
  friend class SiteKnowledge;
  void add_templates(const FairSample::Pages& pages);
  void add_known(const FairSample::Pages& pages);

  std::vector<std::uint64_t> sampled_;  // sorted, as all below
  std::vector<std::pair<std::uint32_t, std::uint32_t>> texts_;  // hash, pages: those on two or more
  std::unordered_map<std::uint32_t, Place> places_, paths_;
  std::vector<KnownPage> known_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> openings_, beginnings_;  // hash, index into known_
};

class SiteKnowledge {
 public:
  explicit SiteKnowledge(SiteMemory memory);
  SiteKnowledge(SiteKnowledge&&) = default;
  SiteKnowledge(const SiteKnowledge&) = delete;  // views into a copy's URLs would be the original's
  // What is known of the host of a URL; nullptr where that is nothing.
  const HostKnowledge* host(std::string_view url) const;

 private:
  SiteMemory memory_;  // owns the URLs
  std::map<std::string, HostKnowledge, std::less<>> hosts_;
};

}  // namespace marrow
