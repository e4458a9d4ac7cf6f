// JsonTypes: which schema.org types the JSON-LD of a page names: one scan of its quoted strings, where each type asked
// for by itself would be a search of its own through what may be most of a page. Takes a Document; says of a type
// whether it stands there in quotes, in whatever key.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "page/document.h"

namespace marrow {

class JsonTypes {
 public:
  // All that may be asked for, sorted.
  static constexpr std::array<std::string_view, 19> kNames = {
      "Article", "BlogPosting", "BreadcrumbList", "CollectionPage", "DiscussionForumPosting", "Event", "FAQPage",
      "ItemList", "LocalBusiness", "NewsArticle", "Offer", "Organization", "Person", "Product", "QAPage", "Recipe",
      "Service", "TechArticle", "WebPage"};
  static_assert(std::is_sorted(kNames.begin(), kNames.end()));

  void compute(const Document& document) {
    named_ = 0;
    for (const std::string_view json : document.json_ld) scan(json);
  }
  bool has(std::string_view type) const { return (named_ & bit_of(type)) != 0; }

 private:
  static std::uint64_t bit_of(std::string_view name) {
    const auto at = std::lower_bound(kNames.begin(), kNames.end(), name);
    return at != kNames.end() && *at == name ? std::uint64_t{1} << (at - kNames.begin()) : 0;
  }

  void scan(std::string_view json) {
    const char* at = json.data();
    const char* const end = at + json.size();
    const char* open = nullptr;  // behind the last quote
    while (at < end) {
      const void* const quote = std::memchr(at, '"', static_cast<std::size_t>(end - at));
      if (!quote) return;
      const char* const here = static_cast<const char*>(quote);
      if (open && here > open && *open >= 'A' && *open <= 'W')
        named_ |= bit_of({open, static_cast<std::size_t>(here - open)});
      open = at = here + 1;
    }
  }

  std::uint64_t named_ = 0;
};

}  // namespace marrow
