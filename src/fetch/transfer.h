// Transfer: one libcurl easy handle with the state its callbacks write to. Private to
// fetch/wire.cc: nobody else includes this header, so that libcurl's types stay behind the door.
// Reused from request to request: options that never change are set once. Its address must not
// change while a transfer runs (callbacks).
#pragma once

#include <curl/curl.h>

#include <memory>
#include <string>

#include "fetch/wire.h"

namespace marrow {

struct CurlEasyDeleter {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct CurlListDeleter {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using CurlEasy = std::unique_ptr<CURL, CurlEasyDeleter>;
using CurlList = std::unique_ptr<curl_slist, CurlListDeleter>;

class Transfer {
 public:
  Transfer(const FetchOptions& options, const std::string& user_agent, std::size_t& buffered);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;
  ~Transfer();

  CURL* handle() const { return easy_.get(); }
  void prepare(WireRequest request);
  WireAnswer finish(CURLcode code);

 private:
  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
  static curl_socket_t on_socket(void* self, curlsocktype purpose, curl_sockaddr* address);
  static int on_debug(CURL* handle, curl_infotype type, char* data, std::size_t size, void* self);

  void set_fixed_options();
  bool header_line(std::string_view line);
  bool body_bytes(std::string_view bytes);
  bool stop(Outcome outcome, std::string reason);  // returns false, for the callbacks to end with
  void judge(CURLcode code);

  const FetchOptions& options_;
  const std::string& user_agent_;
  std::size_t& buffered_;  // shared count of bytes in all bodies
  CurlEasy easy_;
  CurlList headers_, resolve_;
  WireRequest request_;
  WireAnswer answer_;
  std::size_t header_bytes_ = 0, max_bytes_ = 0;
  bool stopped_ = false, cut_ = false, refused_ = false;
  bool head_ended_ = false;  // the empty line behind the headers has come
  std::string refusal_;
  char error_[CURL_ERROR_SIZE] = {};
};

}  // namespace marrow
