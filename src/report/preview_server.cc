#include "report/preview_server.h"

#include <httplib.h>
#include <sys/random.h>

#include <charconv>
#include <thread>

namespace marrow {
namespace {

constexpr std::size_t kTokenBytes = 16;
constexpr const char* kHost = "127.0.0.1";

// Empty where the system has no randomness to give.
std::string random_token() {
  unsigned char bytes[kTokenBytes];
  if (::getrandom(bytes, sizeof bytes, 0) != static_cast<ssize_t>(sizeof bytes)) return {};
  std::string out;
  for (const unsigned char byte : bytes) {
    out += "0123456789abcdef"[byte >> 4];
    out += "0123456789abcdef"[byte & 15];
  }
  return out;
}

// In a time that does not tell how much of it is right.
bool same(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned char differ = 0;
  for (std::size_t i = 0; i < a.size(); ++i) differ = static_cast<unsigned char>(differ | (a[i] ^ b[i]));
  return differ == 0;
}

std::int64_t number_of(const std::string& text) {
  std::int64_t value = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? value : -1;
}

}  // namespace

struct PreviewServer::State {
  httplib::Server server;
  std::thread thread;
  std::mutex mutex;  // the owner is asked by one thread at a time
  std::string token, origin, address;
  Answer answer;

  // By this address, by nobody else's page, and only to look.
  bool may_ask(const httplib::Request& request) const {
    if (request.method != "GET") return false;
    if (request.get_header_value_count("Host") != 1 || "http://" + request.get_header_value("Host") != origin) return false;
    if (request.has_header("Origin") && request.get_header_value("Origin") != origin) return false;
    const std::string site = request.get_header_value("Sec-Fetch-Site");
    return site.empty() || site == "same-origin" || site == "none";
  }

  void handle(const httplib::Request& request, httplib::Response& response) {
    if (!may_ask(request)) return refuse(response, 403);
    const std::string_view path = request.path;
    const std::size_t end = path.find('/', 1);
    if (path.empty() || path[0] != '/' || end == std::string_view::npos || !same(path.substr(1, end - 1), token)) return refuse(response, 404);
    const std::lock_guard lock(mutex);
    const std::optional<PreviewAnswer> made = answer(path.substr(end + 1), number_of(request.get_param_value("n")));
    if (!made) return refuse(response, 404);
    response.set_content(made->text, made->type.c_str());
  }

  static void refuse(httplib::Response& response, int status) {
    response.status = status;
    response.set_content(status == 403 ? "forbidden\n" : "not found\n", "text/plain");
  }
};

PreviewServer::PreviewServer(std::unique_ptr<State> state) : state_(std::move(state)) {}
PreviewServer::PreviewServer(PreviewServer&&) noexcept = default;
PreviewServer::~PreviewServer() {
  if (!state_) return;
  state_->server.stop();
  if (state_->thread.joinable()) state_->thread.join();
}

const std::string& PreviewServer::address() const { return state_->address; }

Result<PreviewServer> PreviewServer::start(int port, Answer answer) {
  auto state = std::make_unique<State>();
  State* s = state.get();
  s->token = random_token();
  if (s->token.empty()) return Error{ErrorKind::stop_run, "no random numbers to be had for the preview's address"};
  s->answer = std::move(answer);
  s->server.set_default_headers({{"X-Content-Type-Options", "nosniff"},
                                 {"Referrer-Policy", "no-referrer"},
                                 {"Cross-Origin-Resource-Policy", "same-origin"},
                                 {"Content-Security-Policy", "frame-ancestors 'none'"},
                                 {"Cache-Control", "no-store"}});
  s->server.set_payload_max_length(0);
  s->server.new_task_queue = [] { return new httplib::ThreadPool(4); };
  s->server.set_pre_routing_handler([s](const httplib::Request& request, httplib::Response& response) {
    s->handle(request, response);
    return httplib::Server::HandlerResponse::Handled;
  });
  const int bound = port == 0 ? s->server.bind_to_any_port(kHost) : s->server.bind_to_port(kHost, port) ? port : -1;
  if (bound < 0) return Error{ErrorKind::stop_run, "cannot listen on " + std::string(kHost) + ":" + std::to_string(port)};
  s->origin = std::string("http://") + kHost + ":" + std::to_string(bound);
  s->address = s->origin + "/" + s->token + "/";
  s->thread = std::thread([s] { s->server.listen_after_bind(); });
  while (!s->server.is_running()) std::this_thread::yield();
  return PreviewServer(std::move(state));
}

}  // namespace marrow
