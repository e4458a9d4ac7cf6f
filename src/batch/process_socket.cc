#include "batch/process_socket.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace marrow {
namespace {

// What the kernel may hold of one message: a mean page goes over without the two processes taking turns.
constexpr int kBufferBytes = 1 << 20;

struct Sizes {
  std::uint64_t head, body;
};

bool read_whole(int fd, char* to, std::size_t size) {
  while (size > 0) {
    const ssize_t got = ::recv(fd, to, size, MSG_WAITALL);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    to += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

// Grows as the bytes come: a size that lies costs what was sent, not what was said.
bool read_into(int fd, std::string& text, std::uint64_t size) {
  constexpr std::uint64_t kStep = std::uint64_t{16} << 20;
  // The last message is written over: nothing is set to zero that need not be.
  std::uint64_t at = 0;
  while (at < size) {
    text.resize(std::min(size, std::max<std::uint64_t>(text.size(), at + kStep)));
    if (!read_whole(fd, text.data() + at, text.size() - at)) return false;
    at = text.size();
  }
  text.resize(size);
  return true;
}

}  // namespace

bool Socket::pair(Socket& one, Socket& other) {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return false;
  for (const int fd : ends) {
    ::setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &kBufferBytes, sizeof kBufferBytes);
    ::setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &kBufferBytes, sizeof kBufferBytes);
  }
  one = Socket(ends[0]);
  other = Socket(ends[1]);
  return true;
}

void Socket::close() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

bool Socket::send(std::string_view head, std::string_view body) const {
  const Sizes sizes{head.size(), body.size()};
  std::array<iovec, 3> parts{{{const_cast<Sizes*>(&sizes), sizeof sizes},  // sendmsg() does not write to it
                              {const_cast<char*>(head.data()), head.size()},
                              {const_cast<char*>(body.data()), body.size()}}};
  std::size_t first = 0;
  while (first < parts.size()) {
    msghdr message{};
    message.msg_iov = parts.data() + first;
    message.msg_iovlen = parts.size() - first;
    const ssize_t sent = ::sendmsg(fd_, &message, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) return false;
    auto left = static_cast<std::size_t>(sent);
    while (first < parts.size() && left >= parts[first].iov_len) left -= parts[first++].iov_len;
    if (first == parts.size()) break;
    parts[first].iov_base = static_cast<char*>(parts[first].iov_base) + left;
    parts[first].iov_len -= left;
  }
  return true;
}

bool Socket::receive(std::string& head, std::string& body, std::size_t max_bytes) const {
  Sizes sizes{};
  if (!read_whole(fd_, reinterpret_cast<char*>(&sizes), sizeof sizes)) return false;
  if (sizes.head > max_bytes || sizes.body > max_bytes) return false;
  return read_into(fd_, head, sizes.head) && read_into(fd_, body, sizes.body);
}

bool Socket::readable(std::chrono::milliseconds patience) const {
  pollfd poll_fd{fd_, POLLIN, 0};
  const auto end = std::chrono::steady_clock::now() + patience;
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()).count();
    const int ready = ::poll(&poll_fd, 1, static_cast<int>(std::clamp<long long>(left, 0, 1 << 30)));
    if (ready > 0) return true;
    if (ready == 0 || errno != EINTR) return false;
  }
}

bool Socket::send_number(std::int64_t number, int descriptor) const {
  iovec part{&number, sizeof number};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  if (descriptor >= 0) {
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    cmsghdr* rights = CMSG_FIRSTHDR(&message);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(rights), &descriptor, sizeof descriptor);
  }
  ssize_t sent = 0;
  do sent = ::sendmsg(fd_, &message, MSG_NOSIGNAL);
  while (sent < 0 && errno == EINTR);
  return sent == static_cast<ssize_t>(sizeof number);
}

bool Socket::receive_number(std::int64_t& number, Socket* descriptor) const {
  iovec part{&number, sizeof number};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  ssize_t got = 0;
  do got = ::recvmsg(fd_, &message, MSG_CMSG_CLOEXEC);
  while (got < 0 && errno == EINTR);
  if (got != static_cast<ssize_t>(sizeof number)) return false;
  for (cmsghdr* c = CMSG_FIRSTHDR(&message); c != nullptr; c = CMSG_NXTHDR(&message, c)) {
    if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS) continue;
    int received = -1;
    std::memcpy(&received, CMSG_DATA(c), sizeof received);
    Socket owned(received);
    if (descriptor != nullptr) *descriptor = std::move(owned);
  }
  return true;
}

}  // namespace marrow
