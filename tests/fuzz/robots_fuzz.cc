// robots.txt: the first line is the address asked for, the rest the file.
#include "base/text.h"
#include "fuzz/fuzz.h"
#include "fetch/robots.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace marrow;
  const std::string_view text = fuzz::text_of(data, size);
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view url = text.substr(0, end);
  const Robots robots = Robots::parse(text.substr(std::min(end + 1, text.size())), "marrow");
  const Robots::Decision decision = robots.decide(url);
  fuzz::expect(decision.line > 0 || decision.allowed, "what no rule forbids is allowed");
  fuzz::expect(robots.decide("/robots.txt").allowed, "robots.txt itself may be fetched");
  const std::string once = normalize_robots_path(url, true);
  fuzz::expect(normalize_robots_path(once, true) == once, "the normal form is its own normal form");
  if (const auto delay = robots.crawl_delay()) fuzz::expect(delay->count() >= 0, "no delay goes back in time");
  return 0;
}
