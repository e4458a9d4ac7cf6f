// observe: a labelled page -> what it tells of its site. What goes into the summary is what the page shows and what the
// models alone say of it, not what a memory made of that: a memory does not feed on itself.
// Nothing for a page without a URL. Any thread, each with its own Judge.
#pragma once

#include <optional>
#include <string_view>

#include "label/judge.h"
#include "label/verdict.h"
#include "memory/site_memory.h"

namespace marrow {

struct Observed {
  const Document& document;
  const Labels& labels;
  const Judge* judge = nullptr;      // of this page; nullptr for plain texts
  std::string_view title;            // of the record
  std::string_view fetched_at;       // RFC 3339, "" = not known
};

std::optional<PageSummary> observe(const Observed& page);
// Host, key and stamp only: enough to ask a memory whether it wants the page.
std::optional<PageSummary> name_page(std::string_view url, std::string_view fetched_at);

}  // namespace marrow
