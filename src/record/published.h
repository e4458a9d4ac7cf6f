// The days a page was published and last changed. From JSON-LD, meta tags, microdata, <time>, the URL and date
// lines near the headline. Null is better than an invented one. Any thread.
#pragma once

#include <optional>
#include <string_view>

#include "record/dates.h"
#include "record/self_description.h"

namespace marrow {

struct PageDates {
  std::optional<Day> published, modified;
};

// `not_after`: the day the page was fetched, if known.
PageDates decide_dates(const SelfDescription& facts, std::optional<Day> not_after);

}  // namespace marrow
