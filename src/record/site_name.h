// The name of a site inside titles and bylines: found by og:site_name, host and the kinds of names sites have, and cut
// off at the separators of titles. Takes and gives texts; knows no page. Any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace marrow {

// Letters and digits only, case folded: "The Daily-News" = "thedailynews". Same letters, same name.
std::string squeezed(std::string_view text);

// A title's parts and the separator in front of each ("" before the first).
struct TitlePart {
  std::size_t begin, end;
  std::string_view sign;
};
std::vector<TitlePart> title_parts(std::string_view title);

// Does the part of a title behind a separator name the site? Generous: "Arch Linux Forums" on bbs.archlinux.org.
bool names_site(std::string_view part, std::string_view site, std::string_view host);
// The same of a part in front, where a headline may hold the site's name as a word: strict.
bool is_site_name(std::string_view part, std::string_view site, std::string_view host);

// Drops the site's name behind the last separators, with the sections between it and the headline where the title
// is a path ("Topic / Board / Forum"); never the whole title.
std::string without_tail(std::string_view title, std::string_view site, std::string_view host);
// "How it works | Site", "Site: How it works" -> "How it works", where the other part is the site's name.
std::string without_site(std::string_view title, std::string_view site, std::string_view host);

}  // namespace marrow
