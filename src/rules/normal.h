// Normal forms: what patterns and word lists are compared on. Takes text as it stands on the page, gives it in
// one spelling, into a string of the caller's (reused, so that no page costs mallocs). Any thread.
//
//   token_form("postNav related_list2")  -> "post-nav related-list-2"
//   name_form("Article  MAIN")           -> "article main"
//   phrase_form("L’essentiel…\u200e")    -> "l'essentiel..."
#pragma once

#include <string>
#include <string_view>

namespace marrow {

// class and id: lower case; names (split at space) keep their space, tokens inside a name (split at any other
// ASCII sign, at camelCase humps and before final digits) are joined by '-'.
void token_form(std::string_view value, std::string& out);

// role, itemprop, rel, lang: ASCII lower case, one space between names.
void name_form(std::string_view value, std::string& out);

// itemtype: name_form without the vocabulary: "https://schema.org/NewsArticle" -> "newsarticle".
void type_form(std::string_view value, std::string& out);

// Text compared with phrases: case and accents folded, typographic quotes, dashes and dots as ASCII, invisible
// signs (joiners, tatweel, vowel marks of Arabic and Hebrew) gone, one ' ' for any white space.
void phrase_form(std::string_view text, std::string& out);

// href: the path of a URL as "/seg/seg/", lower case, "" for other schemes.
void path_form(std::string_view url, std::string& out);

// host: as it stands in the URL, without "www."; "" for what has none.
std::string_view host_form(std::string_view url);

}  // namespace marrow
