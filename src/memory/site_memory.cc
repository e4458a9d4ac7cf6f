#include "memory/site_memory.h"

#include <algorithm>
#include <utility>

#include "base/sha256.h"
#include "memory/bytes.h"
#include "memory/page_memory.h"

namespace marrow {
namespace {

constexpr std::uint16_t kVersion = 1;
constexpr std::size_t kDigestBytes = 64;  // sha256 in hexadecimal digits
constexpr std::size_t kMaxHost = 255;

Error refused(std::string_view origin, const std::string& why) {
  return {ErrorKind::stop_run, std::string(origin) + ": " + why};
}

void put_sample(std::string& out, const FairSample& sample) {
  put(out, static_cast<std::uint32_t>(sample.a_host()));
  put(out, static_cast<std::uint32_t>(sample.hosts().size()));
  for (const auto& [host, pages] : sample.hosts()) {
    put(out, static_cast<std::uint8_t>(host.size()));
    out += host;
    put(out, static_cast<std::uint32_t>(pages.size()));
    for (const auto& [key, page] : pages) {
      put(out, key);
      put(out, page.stamp);
      put(out, static_cast<std::uint32_t>(page.bytes.size()));
      out += page.bytes;
    }
  }
}

template <typename Page>
bool get_sample(ByteReader& in, FairSample& sample) {
  sample.lower(in.get<std::uint32_t>());
  const std::uint32_t hosts = in.get<std::uint32_t>();
  Page page;
  for (std::uint32_t h = 0; h < hosts && in.good(); ++h) {
    const std::string_view host = in.take(in.get<std::uint8_t>());
    const std::uint32_t pages = in.get<std::uint32_t>();
    for (std::uint32_t p = 0; p < pages && in.good(); ++p) {
      const auto key = in.get<std::uint64_t>();
      const auto stamp = in.get<std::uint64_t>();
      const std::string_view bytes = in.take(in.get<std::uint32_t>());
      if (!in.good() || !from_bytes(bytes, page)) return false;
      sample.add(host, key, {stamp, std::string(bytes)});
    }
  }
  return in.good();
}

}  // namespace

SiteMemory::SiteMemory()
    : templates_(kTemplatesAHost, kTemplatePages, kLeastTemplates), known_(kKnownAHost, kKnownPages, 1) {}

bool SiteMemory::wants(const PageSummary& page) const {
  return templates_.wants(page.host, page.key) || known_.wants(page.host, page.key);
}

void SiteMemory::add(const PageSummary& page) {
  if (page.host.empty() || page.host.size() > kMaxHost) return;
  if (!page.page_template.empty()) templates_.add(page.host, page.key, {page.stamp, page.page_template});
  if (!page.identity.empty()) known_.add(page.host, page.key, {page.stamp, page.identity});
}

void SiteMemory::merge(const SiteMemory& other) {
  templates_.merge(other.templates_);
  known_.merge(other.known_);
}

std::string SiteMemory::encode() const {
  std::string out(kMagic);
  put(out, kVersion);
  put_sample(out, templates_);
  put_sample(out, known_);
  return out + sha256_hex(out);
}

Result<SiteMemory> SiteMemory::decode(std::string_view bytes, std::string_view origin) {
  if (!bytes.starts_with(kMagic)) return refused(origin, "this is not a site memory of marrow");
  if (bytes.size() < kMagic.size() + sizeof kVersion + kDigestBytes)
    return refused(origin, "this site memory is cut short; make it again");
  ByteReader head(bytes.substr(kMagic.size()));
  if (head.get<std::uint16_t>() > kVersion) return refused(origin, "this site memory was made by a newer marrow");
  const std::string_view content = bytes.substr(0, bytes.size() - kDigestBytes);
  if (sha256_hex(content) != bytes.substr(content.size()))
    return refused(origin, "this site memory is damaged (its checksum does not fit); make it again");
  ByteReader in(content.substr(kMagic.size() + sizeof kVersion));
  SiteMemory memory;
  if (!get_sample<PageTemplate>(in, memory.templates_) || !get_sample<PageIdentity>(in, memory.known_) || !in.at_end())
    return refused(origin, "this site memory is damaged; make it again");
  return memory;
}

}  // namespace marrow
