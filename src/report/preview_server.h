// PreviewServer: pages made on demand, over HTTP, for one person on this machine. The only door to cpp-httplib. Takes a path and a
// query, asks its owner for the HTML or JSON, answers. It listens on 127.0.0.1 alone and answers only who knows its token (128 random
// bits at the head of the path), came by this address (Host: so no name that an attacker points here, DNS rebinding) and from
// nowhere else (Origin, Sec-Fetch-Site). GET alone; no file is ever named by a request. The owner is called by one thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace marrow {

struct PreviewAnswer {
  std::string type = "text/html; charset=utf-8";
  std::string text;
};

class PreviewServer {
 public:
  // `path`: behind the token, "" or "version" …; `number`: of ?n=, -1 where there is none. nullopt: not found.
  using Answer = std::function<std::optional<PreviewAnswer>(std::string_view path, std::int64_t number)>;

  // Begins to listen; port 0 = any that is free.
  static Result<PreviewServer> start(int port, Answer answer);
  PreviewServer(PreviewServer&&) noexcept;
  ~PreviewServer();  // stops
  const std::string& address() const;  // "http://127.0.0.1:40123/3f…/"

 private:
  struct State;
  explicit PreviewServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace marrow
