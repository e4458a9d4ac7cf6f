// The title in a link's text. "Previous post The quiet case for slow ferments" is a label and a title in one link, set apart by
// markup of their own; a card that is one link has its title in a heading. Where markup draws no border, the text stays as it is:
// no phrase is known in every language. Takes a page and one of its links (not an image), gives its title, white space collapsed.
#pragma once

#include <string>

#include "label/verdict.h"
#include "page/document.h"

namespace marrow {

std::string title_in_link(const Document& document, const Link& link, RelatedKind kind);

// Is `lead` the label of what `rest` names? It is short, and has no word of the slug while the title has (slugs are made from
// titles); where the URL has no slug, only before and after (`kind`) have labels.
bool is_label_before(std::string_view lead, std::string_view rest, std::string_view url, RelatedKind kind);

}  // namespace marrow
