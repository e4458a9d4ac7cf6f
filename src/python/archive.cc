#include "python/archive.h"

#include <utility>
#include <variant>

namespace marrow::python {

bool ArchiveReader::next(Input& input) {
  while (pages_.next(item_)) {
    if (auto* page = std::get_if<Input>(&item_)) {
      input = std::move(*page);
      return true;
    }
    ++damaged_;
    if (messages_.size() < kMostMessages) messages_.push_back(std::get<InputFailure>(item_).message);
  }
  return false;
}

}  // namespace marrow::python
