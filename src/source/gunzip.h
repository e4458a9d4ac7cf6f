// Gunzip: packed bytes -> the bytes of one gzip member (RFC 1952), as they come, by the piece. The one door to ISA-L, whose
// inflate is twice as fast as zlib's; archives and packed files spend more on that than on anything else of reading.
// Checks the member's checksum and length, and never takes a byte from behind the member. One thread, 90 kB.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

namespace marrow {

class Gunzip {
 public:
  Gunzip();
  Gunzip(Gunzip&&) noexcept;
  Gunzip& operator=(Gunzip&&) noexcept;
  ~Gunzip();

  // Before each member; the first needs none.
  void restart();

  struct Step {
    std::size_t taken = 0, made = 0;  // bytes of `in`, bytes written to `out`
    bool ended = false;               // the member, and its checksum holds
    const char* fault = nullptr;      // what is wrong with it; static text. Then restart()
  };
  // Takes what it can of `in` and writes what there is room for. What it holds back comes with the next call, also of no input:
  // a member is cut short where there is no more, nothing was made and it has not ended.
  Step decode(std::string_view in, char* out, std::size_t size);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace marrow
