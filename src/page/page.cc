#include "page/page.h"

#include <string>

#include "base/arena.h"
#include "page/finish.h"
#include "page/parse.h"
#include "page/walk.h"

namespace marrow {

struct PageReader::State {
  explicit State(const Budget& b) : budget(b), arena(b.max_memory) {}
  Budget budget;
  Arena arena;
  Document document;
  Walker walker;
  Finisher finisher;
};

PageReader::PageReader(Budget budget) : state_(std::make_unique<State>(budget)) {}
PageReader::~PageReader() = default;
PageReader::PageReader(PageReader&&) noexcept = default;

const Document& PageReader::read_html(std::string_view bytes, const PageHints& hints) {
  State& s = *state_;
  s.document.clear();
  s.arena.reset();
  if (bytes.size() > s.budget.max_bytes) {
    bytes = bytes.substr(0, s.budget.max_bytes);
    s.document.over_budget = true;
  }
  if (const GumboInternalOutput* tree = parse_html(bytes, s.arena, s.budget)) {
    s.walker.walk(*tree, s.document, s.arena);
  } else {
    s.document.over_budget = true;
  }
  s.finisher.finish(s.document, hints.url, s.arena);
  return s.document;
}

}  // namespace marrow
