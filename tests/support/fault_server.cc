#include "support/fault_server.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace marrow::test {
namespace {

using std::chrono::milliseconds;

constexpr int kLookEvery = 20;                      // milliseconds between looks whether the test has ended
constexpr std::size_t kMaxHead = std::size_t{64} << 10;  // of a request

// Waits until the socket is ready, the other side has gone (-1) or the time is up (0).
int wait_for(int fd, short events, int millis) {
  pollfd one{fd, events, 0};
  const int ready = poll(&one, 1, millis);
  if (ready <= 0) return 0;
  if (one.revents & (POLLERR | POLLNVAL)) return -1;
  return 1;
}

std::string path_of(const std::string& target) { return target.substr(0, target.find('?')); }

}  // namespace

std::string http_head(std::string_view status, std::string_view fields) {
  return "HTTP/1.1 " + std::string(status) + "\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n" +
         std::string(fields) + "\r\n";
}

std::string http_answer(std::string_view body, std::string_view fields, std::string_view status) {
  return http_head(status, std::string(fields) + "Content-Length: " + std::to_string(body.size()) + "\r\n") +
         std::string(body);
}

void FaultServer::Peer::send(std::string_view bytes) {
  while (!bytes.empty() && !gone_) {
    if (server_.ended_ || wait_for(fd_, POLLOUT, kLookEvery) < 0) {
      gone_ = true;
      return;
    }
    const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    } else if (errno != EAGAIN && errno != EINTR) {
      gone_ = true;
    }
  }
}

void FaultServer::Peer::repeat(std::string_view bytes, std::size_t times) {
  for (std::size_t i = 0; i < times && !gone_; ++i) send(bytes);
}

void FaultServer::Peer::trickle(std::string_view bytes, milliseconds pause_between) {
  for (std::size_t at = 0; !gone_; at = (at + 1) % bytes.size()) {
    send(bytes.substr(at, 1));
    pause(pause_between);
  }
}

void FaultServer::Peer::pause(milliseconds time) {
  for (const auto until = Clock::now() + time; !gone_ && Clock::now() < until;) {
    const auto left = std::chrono::ceil<milliseconds>(until - Clock::now());
    char byte;
    if (server_.ended_ || wait_for(fd_, POLLRDHUP, static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, kLookEvery))) != 0)
      gone_ = server_.ended_ || recv(fd_, &byte, 1, MSG_PEEK | MSG_DONTWAIT) <= 0;
  }
}

void FaultServer::Peer::hang() {
  while (!gone_) pause(milliseconds{1000});
}

void FaultServer::Peer::reset() {
  reset_ = true;
  gone_ = true;
}

FaultServer::FaultServer(const char* address) : address_(address) {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in at{};
  at.sin_family = AF_INET;
  inet_pton(AF_INET, address, &at.sin_addr);
  socklen_t size = sizeof at;
  if (bind(listener_, reinterpret_cast<const sockaddr*>(&at), size) == 0 && listen(listener_, 1024) == 0 &&
      getsockname(listener_, reinterpret_cast<sockaddr*>(&at), &size) == 0)
    port_ = ntohs(at.sin_port);
  acceptor_ = std::thread([this] { accept_all(); });
}

FaultServer::~FaultServer() {
  hang_up();
  acceptor_.join();
  for (std::thread& thread : threads_) thread.join();
}

void FaultServer::hang_up() { ended_ = true; }

void FaultServer::on(const std::string& path, Script script) { scripts_[path] = std::move(script); }

void FaultServer::on(const std::string& path, const std::string& answer) {
  scripts_[path] = [answer](Peer& peer) { peer.send(answer); };
}

void FaultServer::accept_all() {
  while (!ended_) {
    if (wait_for(listener_, POLLIN, kLookEvery) <= 0) continue;
    const int fd = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd >= 0) threads_.emplace_back([this, fd] { serve(fd); });
  }
  close(listener_);  // who comes now is refused at once
}

void FaultServer::serve(int fd) {
  std::string head;
  while (!ended_ && head.find("\r\n\r\n") == std::string::npos && head.size() < kMaxHead) {
    const int ready = wait_for(fd, POLLIN, kLookEvery);
    if (ready == 0) continue;
    char bytes[4096];
    const ssize_t got = ready < 0 ? -1 : recv(fd, bytes, sizeof bytes, 0);
    if (got <= 0) break;
    head.append(bytes, static_cast<std::size_t>(got));
  }
  const std::size_t from = head.find(' ') + 1;
  const std::string target = head.substr(from, head.find(' ', from) - from);
  if (!target.empty() && !ended_) {
    int before = 0;
    {
      const std::lock_guard lock(mutex_);
      for (const Visit& visit : visits_) before += path_of(visit.target) == path_of(target);
      visits_.push_back({target, head, Clock::now()});
    }
    Peer peer(*this, fd, head, target, before);
    const auto script = scripts_.find(path_of(target));
    if (script != scripts_.end())
      script->second(peer);
    else
      peer.send(http_answer("not here", {}, "404 Not Found"));
    if (peer.reset_) {
      const linger at_once{1, 0};
      setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    }
  }
  close(fd);
}

std::vector<FaultServer::Visit> FaultServer::visits() const {
  const std::lock_guard lock(mutex_);
  return visits_;
}

std::vector<FaultServer::Visit> FaultServer::visits(const std::string& path) const {
  std::vector<Visit> some;
  for (Visit& visit : visits())
    if (path_of(visit.target) == path) some.push_back(std::move(visit));
  return some;
}

}  // namespace marrow::test
