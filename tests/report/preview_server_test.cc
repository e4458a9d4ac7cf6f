#include "report/preview_server.h"

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <vector>

namespace marrow {
namespace {

// Bytes as they are: no client that tidies them up.
std::string ask(int port, const std::string& request) {
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<std::uint16_t>(port));
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  std::string out;
  if (::connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0 && ::send(fd, request.data(), request.size(), MSG_NOSIGNAL) > 0) {
    char buffer[4096];
    for (ssize_t n; (n = ::recv(fd, buffer, sizeof buffer, 0)) > 0;) out.append(buffer, static_cast<std::size_t>(n));
  }
  ::close(fd);
  return out;
}

class Preview : public testing::Test {
 protected:
  Preview() : server_(*PreviewServer::start(0, [this](std::string_view path, std::int64_t number) -> std::optional<PreviewAnswer> {
      asked_.push_back(std::string(path) + "#" + std::to_string(number));
      if (path.empty() || path == "page") return PreviewAnswer{.text = "secret"};
      return std::nullopt;
    })) {
    const std::string& address = server_.address();
    const std::size_t slash = address.find('/', 7), colon = address.find(':', 7);
    host_ = address.substr(7, slash - 7);
    port_ = std::stoi(address.substr(colon + 1, slash - colon - 1));
    path_ = address.substr(slash);
  }

  std::string get(const std::string& path, const std::string& headers = "", const std::string& host = "", const std::string& method = "GET") {
    return ask(port_, method + " " + path + " HTTP/1.1\r\nHost: " + (host.empty() ? host_ : host) + "\r\n" + headers + "Connection: close\r\n\r\n");
  }

  std::vector<std::string> asked_;
  PreviewServer server_;
  std::string host_, path_;
  int port_ = 0;
};

TEST_F(Preview, AnswersWhoKnowsTheAddress) {
  EXPECT_EQ(path_.size(), 34U);
  const std::string got = get(path_);
  EXPECT_TRUE(got.starts_with("HTTP/1.1 200")) << got;
  EXPECT_TRUE(got.ends_with("secret"));
  for (const char* header : {"X-Content-Type-Options: nosniff", "Cache-Control: no-store", "frame-ancestors 'none'", "Referrer-Policy: no-referrer"})
    EXPECT_NE(got.find(header), std::string::npos) << header;
  EXPECT_TRUE(get(path_ + "page?n=3", "Sec-Fetch-Site: same-origin\r\nOrigin: http://" + host_ + "\r\n").ends_with("secret"));
  EXPECT_EQ(asked_, (std::vector<std::string>{"#-1", "page#3"}));
}

TEST_F(Preview, RefusesEverybodyElse) {
  std::string wrong = path_;
  wrong[5] = wrong[5] == 'a' ? 'b' : 'a';
  const std::vector<std::pair<const char*, std::string>> refused = {
      {"no token", get("/")},
      {"wrong token", get(wrong)},
      {"half a token", get(path_.substr(0, 10) + "/")},
      {"another host", get(path_, "", "evil.example")},
      {"a name for this machine", get(path_, "", "localhost:" + std::to_string(port_))},
      {"the host without its port", get(path_, "", "127.0.0.1")},
      {"two hosts", get(path_, "Host: evil.example\r\n")},
      {"another origin", get(path_, "Origin: https://evil.example\r\n")},
      {"no origin to name", get(path_, "Origin: null\r\n")},
      {"another site's link", get(path_, "Sec-Fetch-Site: cross-site\r\n")},
      {"to write", get(path_, "Content-Length: 0\r\n", "", "POST")},
      {"to delete", get(path_, "", "", "DELETE")},
  };
  for (const auto& [name, got] : refused) {
    EXPECT_EQ(got.find("secret"), std::string::npos) << name;
    EXPECT_FALSE(got.starts_with("HTTP/1.1 200")) << name << ": " << got;
  }
  EXPECT_TRUE(asked_.empty());
}

TEST_F(Preview, NoRequestNamesAFile) {
  for (const char* path : {"../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/etc/passwd", "/etc/passwd", "page/../../x", "page%00"})
    EXPECT_EQ(get(path_ + path).find("secret"), std::string::npos) << path;
  asked_.clear();
  for (const char* n : {"page?n=../../etc/passwd", "page?n=-5x", "page?n=99999999999999999999", "page?n="}) get(path_ + n);
  for (const std::string& asked : asked_) EXPECT_EQ(asked, "page#-1");
  EXPECT_EQ(asked_.size(), 4U);
}

}  // namespace
}  // namespace marrow
