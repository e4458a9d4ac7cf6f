#include "fetch/transfer.h"

#include <sys/socket.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "fetch/address.h"

namespace marrow {
namespace {

// Below this many bytes no ratio is judged: small pages of repeated markup compress a hundredfold
// lawfully.
constexpr std::size_t kRatioFrom = std::size_t{1} << 20;

bool is_success(int status) { return status >= 200 && status < 300; }

std::string header_value(std::string_view line, std::size_t colon) {
  return std::string(trim(line.substr(colon + 1)));
}

void append_header(CurlList& list, const std::string& line) {
  curl_slist* longer = curl_slist_append(list.get(), line.c_str());
  if (!longer) return;  // out of memory: the list is as it was
  (void)list.release();
  list.reset(longer);
}

// A validator that a server sent is sent back; bytes that would end the header line are not.
bool is_field_value(std::string_view text) {
  return !text.empty() && std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
  });
}

// A request's head as it may be kept: the lines that open doors are left out.
std::string without_credentials(std::string_view head) {
  std::string out;
  while (!head.empty()) {
    const std::size_t end = std::min(head.find('\n'), head.size() - 1) + 1;
    const std::string_view line = head.substr(0, end);
    const std::string_view name = line.substr(0, line.find(':'));
    if (!iequals_ascii(name, "authorization") && !iequals_ascii(name, "proxy-authorization") &&
        !iequals_ascii(name, "cookie"))
      out += line;
    head.remove_prefix(end);
  }
  return out;
}

Outcome outcome_of(CURLcode code) {
  switch (code) {
    case CURLE_OK:
      return Outcome::ok;
    case CURLE_URL_MALFORMAT:
      return Outcome::bad_url;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return Outcome::dns_failed;
    case CURLE_COULDNT_CONNECT:
    case CURLE_PROXY:
      return Outcome::connect_failed;
    case CURLE_OPERATION_TIMEDOUT:
      return Outcome::timed_out;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
      return Outcome::tls_failed;
    case CURLE_BAD_CONTENT_ENCODING:
      return Outcome::bad_encoding;
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_GOT_NOTHING:
      return Outcome::cut_off;
    default:
      return Outcome::protocol_error;
  }
}

}  // namespace

Transfer::Transfer(const FetchOptions& options, const std::string& user_agent,
                   std::size_t& buffered)
    : options_(options), user_agent_(user_agent), buffered_(buffered), easy_(curl_easy_init()) {
  if (easy_) set_fixed_options();
}

Transfer::~Transfer() { buffered_ -= answer_.body.size(); }

void Transfer::set_fixed_options() {
  CURL* easy = easy_.get();
  curl_easy_setopt(easy, CURLOPT_PRIVATE, this);
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, error_);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 1L);
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt(easy, CURLOPT_USERAGENT, user_agent_.c_str());
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
                   static_cast<long>(options_.connect_timeout.count()));
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(options_.total_timeout.count()));
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, static_cast<long>(options_.low_speed_bytes));
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME,
                   static_cast<long>(options_.low_speed_time.count()));
  // The environment must not redirect a run that a job file describes.
  curl_easy_setopt(easy, CURLOPT_PROXY, options_.proxy.c_str());
  if (!options_.netrc.empty()) {
    curl_easy_setopt(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_REQUIRED));
    curl_easy_setopt(easy, CURLOPT_NETRC_FILE, options_.netrc.c_str());
  }
  if (!options_.ca_file.empty()) {
    curl_easy_setopt(easy, CURLOPT_CAINFO, options_.ca_file.c_str());
    curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
  }
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &Transfer::on_socket);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
  if (options_.keep_exchange) {
    curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, &Transfer::on_debug);
    curl_easy_setopt(easy, CURLOPT_DEBUGDATA, this);
    curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);
  }
}

void Transfer::prepare(WireRequest request) {
  request_ = std::move(request);
  answer_ = {};
  answer_.id = request_.id;
  header_bytes_ = 0;
  max_bytes_ = request_.max_bytes ? request_.max_bytes : options_.max_bytes;
  stopped_ = cut_ = refused_ = head_ended_ = false;
  error_[0] = '\0';
  headers_.reset();
  append_header(headers_,
                "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5");
  if (is_field_value(request_.etag)) append_header(headers_, "If-None-Match: " + request_.etag);
  if (is_field_value(request_.last_modified))
    append_header(headers_, "If-Modified-Since: " + request_.last_modified);
  resolve_.reset();
  if (!request_.resolve.empty()) append_header(resolve_, "+" + request_.resolve);
  CURL* easy = easy_.get();
  curl_easy_setopt(easy, CURLOPT_URL, request_.url.c_str());
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers_.get());
  curl_easy_setopt(easy, CURLOPT_RESOLVE, resolve_.get());
  curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, request_.identity ? "identity" : "");
}

bool Transfer::stop(Outcome outcome, std::string reason) {
  if (!stopped_) {
    stopped_ = true;
    answer_.outcome = outcome;
    answer_.reason = std::move(reason);
  }
  return false;
}

std::size_t Transfer::on_header(char* data, std::size_t size, std::size_t count, void* self) {
  return static_cast<Transfer*>(self)->header_line({data, size * count}) ? size * count : 0;
}

bool Transfer::header_line(std::string_view line) {
  header_bytes_ += line.size();
  if (header_bytes_ > options_.max_header_bytes)
    return stop(Outcome::headers_too_large,
                "headers over " + std::to_string(options_.max_header_bytes) + " bytes");
  if (line.starts_with("HTTP/")) {  // a new answer begins (100 Continue, a proxy's, the real one)
    answer_.type = {};
    answer_.etag.clear();
    answer_.last_modified.clear();
    answer_.location.clear();
    answer_.retry_after.clear();
    answer_.response_head.clear();
    head_ended_ = false;
  }
  head_ended_ = head_ended_ || line == "\r\n" || line == "\n";
  if (options_.keep_exchange) answer_.response_head += line;
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return true;
  const std::string_view name = line.substr(0, colon);
  if (iequals_ascii(name, "content-type"))
    answer_.type = parse_content_type(header_value(line, colon));
  else if (iequals_ascii(name, "etag"))
    answer_.etag = header_value(line, colon);
  else if (iequals_ascii(name, "last-modified"))
    answer_.last_modified = header_value(line, colon);
  else if (iequals_ascii(name, "location"))
    answer_.location = header_value(line, colon);
  else if (iequals_ascii(name, "retry-after"))
    answer_.retry_after = header_value(line, colon);
  return true;
}

std::size_t Transfer::on_body(char* data, std::size_t size, std::size_t count, void* self) {
  return static_cast<Transfer*>(self)->body_bytes({data, size * count}) ? size * count : 0;
}

// libcurl's own limit knows neither chunked bodies nor decompressed sizes (until 8.20), so both are
// counted here.
bool Transfer::body_bytes(std::string_view bytes) {
  CURL* easy = easy_.get();
  if (answer_.body.empty()) {
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    answer_.status = static_cast<int>(status);
    if (is_success(answer_.status)) {
      std::string refused = refused_content(request_.accept, answer_.type, bytes);
      if (!refused.empty()) return stop(Outcome::wrong_type, std::move(refused));
      curl_off_t announced = -1;
      curl_easy_getinfo(easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &announced);
      if (announced > 0 && std::cmp_less_equal(announced, max_bytes_))
        answer_.body.reserve(static_cast<std::size_t>(announced));
    }
  }
  answer_.received += bytes.size();  // decompressed; set to the wire's figure at the end
  if (!is_success(
          answer_.status)) {  // read to its end, so that the connection can be used again; not kept
    if (answer_.received > max_bytes_)
      return stop(Outcome::too_large, "error page over " + std::to_string(max_bytes_) + " bytes");
    return true;
  }
  if (bytes.size() > max_bytes_ - answer_.body.size()) {
    if (!request_.keep_cut)
      return stop(Outcome::too_large, "body over " + std::to_string(max_bytes_) + " bytes");
    bytes = bytes.substr(0, max_bytes_ - answer_.body.size());
    cut_ = true;
  }
  answer_.body += bytes;
  buffered_ += bytes.size();
  if (cut_) return false;
  if (answer_.body.size() > kRatioFrom) {
    curl_off_t wire = 0;
    curl_easy_getinfo(easy, CURLINFO_SIZE_DOWNLOAD_T, &wire);
    const std::size_t came = static_cast<std::size_t>(wire) + CURL_MAX_WRITE_SIZE;
    if (answer_.body.size() / options_.max_ratio > came)
      return stop(Outcome::bomb,
                  "decompressed to over " + std::to_string(options_.max_ratio) + " times its size");
  }
  return true;
}

curl_socket_t Transfer::on_socket(void* self, curlsocktype, curl_sockaddr* address) {
  auto* transfer = static_cast<Transfer*>(self);
  const FetchOptions& options = transfer->options_;
  if (options.proxy.empty()) {
    const std::string_view refused = forbidden_address(options, address_text(&address->addr));
    if (!refused.empty()) {
      transfer->refused_ = true;
      transfer->refusal_ = std::string(refused) + " address";
      return CURL_SOCKET_BAD;
    }
  }
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

int Transfer::on_debug(CURL*, curl_infotype type, char* data, std::size_t size, void* self) {
  auto* transfer = static_cast<Transfer*>(self);
  if (type == CURLINFO_HEADER_OUT) transfer->answer_.request_head = without_credentials({data, size});
  return 0;
}

void Transfer::judge(CURLcode code) {
  if (stopped_ || (cut_ && code == CURLE_WRITE_ERROR)) return;
  if (code == CURLE_OK) {
    if (head_ended_) return;
    // To libcurl a connection that ends in the middle of the headers is an answer without a body.
    answer_.outcome = Outcome::cut_off;
    answer_.reason = "the connection ended within the headers";
    return;
  }
  // libcurl bounds a single header line itself (100 KiB), and tells it as if memory had run out.
  if (code == CURLE_OUT_OF_MEMORY && answer_.body.empty()) {
    answer_.outcome = Outcome::headers_too_large;
    answer_.reason = "a header line over 100 KiB";
    return;
  }
  answer_.outcome = outcome_of(code);
  answer_.reason = error_[0] ? error_ : curl_easy_strerror(code);
  if (refused_ && answer_.outcome == Outcome::connect_failed) {
    answer_.outcome = Outcome::refused_address;
    answer_.reason = refusal_;
  }
  if (answer_.outcome == Outcome::timed_out && answer_.reason.find("too slow") != std::string::npos)
    answer_.outcome = Outcome::too_slow;
}

WireAnswer Transfer::finish(CURLcode code) {
  CURL* easy = easy_.get();
  long status = 0;
  curl_off_t micros = 0, bytes = 0;
  char* address = nullptr;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(easy, CURLINFO_TOTAL_TIME_T, &micros);
  curl_easy_getinfo(easy, CURLINFO_SIZE_DOWNLOAD_T, &bytes);
  curl_easy_getinfo(easy, CURLINFO_PRIMARY_IP, &address);
  answer_.status = static_cast<int>(status);
  answer_.millis = Millis{micros / 1000};
  answer_.received = static_cast<std::uint64_t>(std::max<curl_off_t>(bytes, 0));
  if (address) answer_.address = address;
  judge(code);
  buffered_ -= answer_.body.size();
  if (answer_.outcome != Outcome::ok) answer_.body.clear();
  return std::exchange(answer_, {});
}

}  // namespace marrow
