// URL lists: a file (also .gz, .zst, or "-") -> URLs in order. A line is a URL, "id<TAB>url", or a
// JSON object with "url" and, if wanted, "id"; '#' begins a comment line, blank lines are left out.
// A line that is none of these is a fault with its place, and the others go on. Holds one line at a
// time; no look at the network.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/result.h"

namespace marrow {

struct ListedUrl {
  std::string id;   // "" = none given
  std::string url;  // absolute, normalised
};

// Calls `take` for each URL and `fault` ("PATH:LINE: not a URL: …") for each line that has none.
Status read_url_list(const std::string& path, const std::function<void(ListedUrl)>& take,
                     const std::function<void(const std::string&)>& fault);

}  // namespace marrow
