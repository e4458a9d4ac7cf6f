#include "record/site_name.h"

#include <gtest/gtest.h>

namespace marrow {
namespace {

TEST(SiteName, IsDropped) {
  const struct {
    const char *title, *site, *want;
  } rows[] = {
      {"How it works | The Post", "The Post", "How it works"},
      {"How it works - The Post", "The Post", "How it works"},
      {"The Post: How it works", "The Post", "How it works"},
      {"How it works - part two", "The Post", "How it works - part two"},
      {"How it works — example.org", "", "How it works"},
      {"New to Astronomy – Which telescope?", "Astronomy", "New to Astronomy – Which telescope?"},
      {"How it works: a guide | Clay", "How it works: a guide | Clay", "How it works: a guide | Clay"},
      {"Odd refresh rate - Doom's Forum", "", "Odd refresh rate"},
      {"Odd refresh rate / Hardware / Example Forums", "", "Odd refresh rate"},
      {"The blog", "", "The blog"},
      {"The Post", "The Post", "The Post"},
      {"", "The Post", ""},
  };
  for (const auto& row : rows) EXPECT_EQ(without_site(row.title, row.site, "www.example.org"), row.want) << row.title;
  EXPECT_EQ(without_site("Sorting - Python 3.14 manual", "", "docs.python.org"), "Sorting");
}

}  // namespace
}  // namespace marrow
