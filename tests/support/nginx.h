// Nginx: a real web server for a test, with a private configuration in a directory of its own, on
// free loopback ports. Stopped (by its own process id) when the object dies.
//
//   Nginx web("location = /busy { return 503; }");
//   MARROW_NEED_NGINX(web);   // skips where nginx is not installed, fails where it does not start
//   web.write("a.html", "<p>hello</p>");
//   fetch(web.url("/a.html"));
#pragma once

#include <gtest/gtest.h>
#include <sys/types.h>

#include <string>
#include <vector>

namespace marrow::test {

class Nginx {
 public:
  // `server`: directives inside the server block. `ports`: so many listen, all serve the same
  // files. `tls`: the first port also gets a twin that speaks TLS and HTTP/2 with a certificate for
  // "localhost".
  explicit Nginx(const std::string& server = "", int ports = 1, bool tls = false);
  ~Nginx();
  Nginx(const Nginx&) = delete;
  Nginx& operator=(const Nginx&) = delete;

  bool ok() const { return pid_ > 0; }
  bool missing() const { return missing_; }
  const std::string& why_not() const { return why_not_; }
  void write(const std::string& name, const std::string& bytes) const;  // under the document root
  std::string url(const std::string& path, std::size_t port = 0) const;
  std::string tls_url(const std::string& path) const;
  std::string ca_file() const { return dir_ + "/cert.pem"; }
  int port(std::size_t index = 0) const { return ports_[index]; }
  std::string access_log()
      const;  // "GET /a.html 200 - host" a line: method, URI, status, If-None-Match, user agent
  const std::string& dir() const { return dir_; }

 private:
  bool start(const std::string& server, bool tls);

  std::string dir_, why_not_;
  std::vector<int> ports_;
  int tls_port_ = 0;
  pid_t pid_ = 0;
  bool missing_ = false;
};

// A loopback port that was free a moment ago.
int free_port();

#define MARROW_NEED_NGINX(web)                            \
  do {                                                    \
    if ((web).missing()) GTEST_SKIP() << (web).why_not(); \
    ASSERT_TRUE((web).ok()) << (web).why_not();           \
  } while (false)

}  // namespace marrow::test
