#include "fetch/crawl_scope.h"

#include "base/url.h"

namespace marrow {
namespace {

// With its port: another port is another site.
std::string site_of(std::string_view url) {
  UrlParts parts;
  if (!split_url(url, &parts)) return {};
  std::string site(host_without_www(parts.host));
  if (!parts.port.empty()) site.append(":").append(parts.port);
  return site;
}

}  // namespace

void CrawlScope::seed(std::string_view url) {
  if (std::string site = site_of(url); !site.empty()) hosts_.insert(std::move(site));
}

bool CrawlScope::admit(std::string& url) const {
  if (filter_.admit(url) != UrlFilter::Verdict::taken) return false;
  return external_ || hosts_.contains(site_of(url));
}

}  // namespace marrow
