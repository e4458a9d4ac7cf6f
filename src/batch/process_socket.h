// Socket: one end of a stream between two processes, with whole messages on it. Takes and gives bytes; false where the
// other end is gone, in the middle of a message too. No signal (SIGPIPE) ever. One thread at a time.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace marrow {

class Socket {
 public:
  explicit Socket(int fd = -1) : fd_(fd) {}
  ~Socket() { close(); }
  Socket(Socket&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Socket& operator=(Socket&& other) noexcept {
    close();
    fd_ = std::exchange(other.fd_, -1);
    return *this;
  }
  // Two ends of one stream; false without descriptors left.
  static bool pair(Socket& one, Socket& other);

  int fd() const { return fd_; }
  bool is_open() const { return fd_ >= 0; }
  void close();

  // A message of two parts, told apart by their sizes.
  bool send(std::string_view head, std::string_view body) const;
  bool receive(std::string& head, std::string& body, std::size_t max_bytes) const;
  bool readable(std::chrono::milliseconds patience) const;  // also at the end: then receive() says false

  // Plain numbers, and a descriptor to go with them (SCM_RIGHTS).
  bool send_number(std::int64_t number, int descriptor = -1) const;
  bool receive_number(std::int64_t& number, Socket* descriptor = nullptr) const;

 private:
  int fd_;
};

}  // namespace marrow
