// Shell: what every report's page begins and ends with. Takes a title, style sheets, a script and the page's own HTML (already
// escaped), gives a whole document that needs nothing but itself. Its Content-Security-Policy allows the one style element and
// the one script by their SHA-256 and nothing else: no fetch, no frame, no form, no inline handler, no image. Pure.
// Source: Content Security Policy Level 3, 2.3.1 (hash-source).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace marrow {

struct Shell {
  std::string_view title;                // escaped here
  std::vector<std::string_view> styles;  // names of assets, joined into one element
  std::vector<std::string_view> scripts;
  std::string_view connect = "'none'";   // connect-src; the preview's pages ask their own server
};

std::string whole_page(const Shell& shell, std::string_view body, std::string_view data_json = {});

}  // namespace marrow
