#include "support/nginx.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

namespace marrow::test {
namespace {

namespace fs = std::filesystem;

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

bool answers(int port) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(port);
  const bool open = connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  close(fd);
  return open;
}

std::string find_nginx() {
  for (const char* path : {"/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx"})
    if (access(path, X_OK) == 0) return path;
  return {};
}

pid_t spawn(const std::vector<std::string>& argv, const std::string& log) {
  std::vector<char*> args;
  for (const std::string& arg : argv) args.push_back(const_cast<char*>(arg.c_str()));
  args.push_back(nullptr);
  const pid_t pid = fork();
  if (pid != 0) return pid;
  const int out = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
  dup2(out, 1);
  dup2(out, 2);
  execv(args[0], args.data());
  _exit(127);
}

constexpr const char* kConfig = R"(
daemon off; worker_processes 1; pid DIR/nginx.pid; error_log DIR/error.log warn;
events { worker_connections 2048; }
http {
  log_format wire '$request_method $request_uri $status $http_if_none_match|$http_user_agent|$server_port|$server_protocol';
  access_log DIR/access.log wire;
  client_body_temp_path DIR/t1; proxy_temp_path DIR/t2; fastcgi_temp_path DIR/t3;
  uwsgi_temp_path DIR/t4; scgi_temp_path DIR/t5;
  types { text/html html; text/plain txt; text/xml xml; application/pdf pdf; application/gzip gz; image/png png; }
  default_type application/octet-stream; charset utf-8; gzip on; gzip_min_length 20;
  keepalive_requests 100000;
  server { LISTEN server_name localhost; root DIR/www; SERVER }
}
)";

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
}

}  // namespace

int free_port() {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  if (bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    close(fd);
    return 0;
  }
  close(fd);
  return ntohs(address.sin_port);
}

Nginx::Nginx(const std::string& server, int ports, bool tls) {
  std::string name = (fs::temp_directory_path() / "marrow-nginx-XXXXXX").string();
  if (!mkdtemp(name.data())) {
    why_not_ = "no temporary directory";
    return;
  }
  dir_ = name;
  fs::create_directories(dir_ + "/www");
  // As root, nginx serves files from a worker of another user, who must be able to read them.
  fs::permissions(dir_, fs::perms::owner_all | fs::perms::group_all | fs::perms::others_read |
                            fs::perms::others_exec);
  ports_.resize(static_cast<std::size_t>(ports));
  for (int attempt = 0; attempt < 3;
       ++attempt)  // a free port may be taken by the time nginx asks for it
    if (start(server, tls)) return;
}

bool Nginx::start(const std::string& server, bool tls) {
  const std::string program = find_nginx();
  if (program.empty()) {
    missing_ = true;
    why_not_ = "nginx is not installed";
    return false;
  }
  std::string listen;
  for (int& port : ports_) {
    port = free_port();
    listen += "listen 127.0.0.1:" + std::to_string(port) + " backlog=1024; ";
  }
  if (tls) {
    const std::string make =
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost "
        "-addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout " +
        dir_ + "/key.pem -out " + dir_ + "/cert.pem >/dev/null 2>&1";
    if (std::system(make.c_str()) != 0) {
      missing_ = true;
      why_not_ = "openssl is not installed";
      return false;
    }
    tls_port_ = free_port();
    listen += "listen 127.0.0.1:" + std::to_string(tls_port_) + " ssl http2; ssl_certificate " +
              dir_ + "/cert.pem; ssl_certificate_key " + dir_ + "/key.pem; ";
  }
  std::string config = kConfig;
  replace_all(config, "LISTEN", listen);
  replace_all(config, "SERVER", server);
  replace_all(config, "DIR", dir_);
  std::ofstream(dir_ + "/nginx.conf") << config;
  pid_ = spawn({program, "-p", dir_, "-c", dir_ + "/nginx.conf", "-e", dir_ + "/error.log"},
               dir_ + "/error.log");
  for (int i = 0; i < 250; ++i) {
    if (waitpid(pid_, nullptr, WNOHANG) == pid_) break;
    if (answers(ports_.front())) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  pid_ = 0;
  std::ostringstream log;
  log << std::ifstream(dir_ + "/error.log").rdbuf();
  why_not_ = "nginx does not start: " + log.str();
  return false;
}

Nginx::~Nginx() {
  if (pid_ > 0) {
    kill(pid_, SIGTERM);
    waitpid(pid_, nullptr, 0);
  }
  std::error_code ignored;
  if (!dir_.empty()) fs::remove_all(dir_, ignored);
}

void Nginx::write(const std::string& name, const std::string& bytes) const {
  const fs::path path = fs::path(dir_) / "www" / name;
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

std::string Nginx::url(const std::string& path, std::size_t port) const {
  return "http://127.0.0.1:" + std::to_string(ports_[port]) + path;
}

std::string Nginx::tls_url(const std::string& path) const {
  return "https://localhost:" + std::to_string(tls_port_) + path;
}

std::string Nginx::access_log() const {
  std::ostringstream log;
  log << std::ifstream(dir_ + "/access.log").rdbuf();
  return log.str();
}

}  // namespace marrow::test
