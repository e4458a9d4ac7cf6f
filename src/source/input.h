// Input: one page or text as it comes into the house, and Source: where inputs come from, in order.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

namespace marrow {

struct Input {
  enum class Content : unsigned char { html, text };
  std::string id;          // file name without .html/.html.gz/.txt, or the `id` of a JSONL line
  std::string url;         // "" if not known
  std::string bytes;       // as they came, decompressed; JSONL strings are UTF-8 already
  Content content = Content::html;
  std::string charset;     // of the HTTP header, or "utf-8" for JSONL; "" if not known
  std::string fetched_at;  // RFC 3339, "" if not known
  int status = 0;          // HTTP, 0 if not known
  bool truncated = false;  // whoever fetched it says that its end is missing (WARC-Truncated)
  std::string origin;      // for messages: the path, or path:line
};

// An input that could not be had: a message that names the thing. The others go on.
struct InputFailure {
  std::string origin;
  std::string message;
};

// A stream of inputs in a fixed order. One thread pulls. Memory: one input at a time.
class Source {
 public:
  using Item = std::variant<Input, InputFailure>;
  virtual ~Source() = default;
  // False at the end. `item` may hold what an earlier call gave: its memory is used again.
  virtual bool next(Item& item) = 0;
  // How many items there will be, 0 if that is not known beforehand. For progress only: files may come and go.
  virtual std::uint64_t expected() const { return 0; }
  // What was left out on purpose and is no failure, in words, once it is read to its end: "12 revisits, 3 images"; "" if nothing was.
  virtual std::string left_out() const { return {}; }
  // Asks next() to return false soon, also one that waits for a pipe. The only call for other threads.
  virtual void stop() {}
};

}  // namespace marrow
