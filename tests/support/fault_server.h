// FaultServer: an HTTP server that does what no real server can be told to do: trickles, resets, lies about
// lengths, never answers. Listens on a free loopback port; a path has a script that is run on a thread of the
// connection's own, one request a connection. Paths without a script are 404 (robots.txt among them).
//
//   FaultServer web;
//   web.on("/slow", [](FaultServer::Peer& peer) { peer.send(head("200 OK")); peer.trickle("<p>", 50ms); });
//   fetch(web.url("/slow"));
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace marrow::test {

class FaultServer {
 public:
  using Clock = std::chrono::steady_clock;

  // The client's end of one connection, for a script. Every call is a no-op once the client or the test has gone.
  class Peer {
   public:
    void send(std::string_view bytes);
    void trickle(std::string_view bytes, std::chrono::milliseconds pause);  // a byte at a time, over and over
    void repeat(std::string_view bytes, std::size_t times);
    void reset();  // RST instead of an orderly end
    void hang();   // until the client gives up
    void pause(std::chrono::milliseconds time);
    bool gone() const { return gone_; }

    const std::string head;    // the request, up to and with the empty line
    const std::string target;  // "/slow?x=1"
    const int visit;           // how many requests for this path came before

   private:
    friend class FaultServer;
    Peer(FaultServer& server, int fd, std::string request, std::string path, int before)
        : head(std::move(request)), target(std::move(path)), visit(before), server_(server), fd_(fd) {}
    FaultServer& server_;
    const int fd_;
    bool gone_ = false, reset_ = false;
  };
  using Script = std::function<void(Peer&)>;
  struct Visit {
    std::string target, head;
    Clock::time_point at;
  };

  explicit FaultServer(const char* address = "127.0.0.1");
  ~FaultServer();  // ends all connections
  FaultServer(const FaultServer&) = delete;
  FaultServer& operator=(const FaultServer&) = delete;

  void on(const std::string& path, Script script);              // without query; before the first request
  void on(const std::string& path, const std::string& answer);  // these bytes, then the end
  std::string url(const std::string& path) const { return "http://" + address_ + ":" + std::to_string(port_) + path; }
  int port() const { return port_; }
  void hang_up();  // ends all connections, hanging and trickling ones too, and takes no more
  std::vector<Visit> visits() const;                             // all that came so far
  std::vector<Visit> visits(const std::string& path) const;      // of one path, without query

 private:
  void accept_all();
  void serve(int fd);

  const std::string address_;
  int listener_ = -1, port_ = 0;
  std::map<std::string, Script> scripts_;
  mutable std::mutex mutex_;
  std::vector<Visit> visits_;
  std::vector<std::thread> threads_;
  std::atomic<bool> ended_{false};
  std::thread acceptor_;
};

// "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n…\r\n\r\n"; `fields` are whole lines with their line ends.
std::string http_head(std::string_view status, std::string_view fields = {});
// A whole answer with its true length.
std::string http_answer(std::string_view body, std::string_view fields = {}, std::string_view status = "200 OK");

}  // namespace marrow::test
