// JSONL pages: one JSON object a line with "html" or "text", and "id", "url", "fetched_at", "status" if known.
// Takes a ByteStream, gives an Input or an InputFailure (named path:line) a line; blank lines are left out.
// "charset" is left aside: a JSON string is Unicode already, whatever the page was fetched as.
// The only door to simdjson of this stage. Holds one line at a time.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "source/input.h"
#include "source/stream.h"

namespace marrow {

class JsonlReader {
 public:
  // `name` for messages; `stem` for the ids of lines that have none: "STEM:LINE".
  JsonlReader(std::string name, std::string stem, std::unique_ptr<ByteStream> bytes, std::size_t max_line);
  ~JsonlReader();
  bool next(Source::Item& item);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace marrow
