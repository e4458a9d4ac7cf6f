// Result<T>: a value or an Error. From everything that touches the world (files, network, rule files).
//
//   Result<Rules> r = load(path);
//   if (!r) return r.error();
//   use(*r);
//
// An error's kind names the next action; nobody decides by its message. Messages are whole
// sentences for people: they name the thing (path, file:line:column, URL) and the reason.
#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace marrow {

enum class ErrorKind : unsigned char {
  retry,      // the same call may succeed later (time-out, 503, busy)
  skip_page,  // this page or input failed for good; the others go on
  stop_run,   // usage, job or rule error, a full disk: the run cannot go on
};

struct Error {
  ErrorKind kind = ErrorKind::stop_run;
  std::string message;
};

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}      // NOLINT: implicit by design
  Result(Error error) : state_(std::move(error)) {}  // NOLINT
  explicit operator bool() const { return state_.index() == 0; }
  T& operator*() & { return std::get<0>(state_); }
  const T& operator*() const& { return std::get<0>(state_); }
  T&& operator*() && { return std::get<0>(std::move(state_)); }
  T* operator->() { return &std::get<0>(state_); }
  const T* operator->() const { return &std::get<0>(state_); }
  const Error& error() const { return std::get<1>(state_); }

 private:
  std::variant<T, Error> state_;
};

struct Ok {};
using Status = Result<Ok>;  // for calls that return nothing: `return Ok{};`

}  // namespace marrow
