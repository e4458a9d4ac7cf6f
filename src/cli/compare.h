// Compare: what changed verdict between two versions of a page, or between two rule sets on any number of pages: for
// `marrow explain A B`. Takes what explain was asked, gives texts to its `emit` (one a page); decides nothing, prints nothing.
#pragma once

#include <functional>
#include <string>

#include "base/result.h"
#include "marrow.h"

namespace marrow::cli {

enum class CompareForm : unsigned char { text, json, html };

struct Comparison {
  CleanOptions options;       // of both sides
  std::string before, after;  // pages; with `on`, rule files or folders read after those of `options` ("none" = no further ones)
  std::string on;             // pages for two rule sets
  std::string url;            // of the page, "" if not known
  CompareForm form = CompareForm::text;
};

struct Compared {
  std::size_t pages = 0, changed = 0;
};

// `failed`: pages that cannot be read, by message; the others go on. `emit` false ends early.
Result<Compared> compare(const Comparison& asked, const std::function<Status(const std::string&)>& emit,
                         const std::function<void(const InputFailure&)>& failed, const std::function<bool()>& stopped);

}  // namespace marrow::cli
