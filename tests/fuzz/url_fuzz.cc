// Addresses: the first line is the page's, the rest a reference on it.
#include "base/text.h"
#include "base/url.h"
#include "base/url_host.h"
#include "fuzz/fuzz.h"
#include "sink/name.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace marrow;
  const std::string_view text = fuzz::text_of(data, size);
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string base = resolve_url("", text.substr(0, end));
  const std::string url = resolve_url(base, text.substr(std::min(end + 1, text.size())));
  for (const std::string& one : {base, url}) {
    if (one.empty()) continue;
    UrlParts parts;
    fuzz::expect(split_url(one, &parts), "what was resolved can be split");
    fuzz::expect(!parts.host.empty(), "and has a host");
    fuzz::expect(resolve_url("", one) == one, "and is its own normal form");
    url_key(one);
    const std::string stripped = strip_tracking(one);
    fuzz::expect(strip_tracking(stripped) == stripped, "tracking is stripped once");
  }
  const std::string name = safe_name(text);
  fuzz::expect(!name.empty() && name.size() <= kMaxNameBytes && name.find('/') == std::string::npos && name[0] != '.', "a safe name");
  return 0;
}
