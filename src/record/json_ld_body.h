// The text that a page's JSON-LD carries of its own item, for pages whose text is drawn by script: article body,
// description of a product, an article, a job …, questions with their answers, posts with their comments, the steps of
// a recipe. Takes the contents of <script type="application/ld+json">, gives plain paragraphs in the data's order, each
// once. Reads no other state that scripts leave in a page: only this one has a meaning that everyone agrees on.
// Never fails: broken JSON gives what could be mended, or nothing. Any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace marrow {

std::vector<std::string> read_json_ld_body(const std::vector<std::string_view>& scripts);

}  // namespace marrow
