// FairSample: of each host the pages with the smallest keys, as many a host as fit into a fixed total. Keys are
// hashes of URLs, so this is an unbiased sample, the same whatever the order in which pages came, and the sample of a
// union is made from the samples of its parts: merge() is associative, commutative and idempotent.
// A page's bytes are opaque here. Of two that share a key the younger stays (stamp, then bytes).
// Bound: at most max_total pages, whatever the hosts. When there are more, the number a host is lowered (kLadder) for all
// hosts at once until they fit: large hosts lose pages, small ones keep all. One thread.
// Source: bottom-k sketches (Cohen and Kaplan, PODC 2007).
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace marrow {

struct SampledPage {
  std::uint64_t stamp = 0;  // when it was seen; larger = younger
  std::string bytes;
};

class FairSample {
 public:
  using Pages = std::map<std::uint64_t, SampledPage>;

  // `least`: fewer pages of a host than these are of no use; where not even they fit, nothing is kept.
  FairSample(std::size_t a_host, std::size_t max_total, std::size_t least);

  // Would this page stay? Spares the caller the work of making its bytes.
  bool wants(std::string_view host, std::uint64_t key) const;
  void add(std::string_view host, std::uint64_t key, SampledPage page);
  void merge(const FairSample& other);

  const std::map<std::string, Pages, std::less<>>& hosts() const { return hosts_; }
  std::size_t pages() const { return pages_; }
  std::size_t a_host() const { return a_host_; }  // as lowered
  // For a sample that was stored: what it was lowered to.
  void lower(std::size_t a_host);

 private:
  void fit();
  void cut();

  std::size_t a_host_, max_total_, least_, pages_ = 0;
  std::map<std::string, Pages, std::less<>> hosts_;
};

}  // namespace marrow
