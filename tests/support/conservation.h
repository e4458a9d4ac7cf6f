// The law of conservation: every block and every link of a page has exactly one verdict, and verdicts that point to
// other things point to things that are there. Checked on every page that a test touches.
//
//   EXPECT_EQ(check_conservation(document, labels), "");
#pragma once

#include <string>

#include "label/verdict.h"
#include "page/document.h"

namespace marrow::test {

// "" or the first violation, with the number of its block or link.
std::string check_conservation(const Document& document, const Labels& labels);

}  // namespace marrow::test
