#include "fetch/warc_writer.h"

#include <algorithm>
#include <charconv>

#include "base/sha1.h"
#include "base/sha256.h"
#include "base/text.h"
#include "fetch/inflate.h"

namespace marrow {
namespace {

using Fields = std::string;  // "Name: value\r\n" lines

void add(Fields& fields, std::string_view name, std::string_view value) {
  fields.append(name).append(": ").append(value).append("\r\n");
}

// A UUID in form (version 8: contents are the maker's own, RFC 9562), from what the record says:
// running again over the same exchange names the same record.
std::string record_id(std::string_view type, std::string_view url, std::string_view date,
                      std::string_view digest) {
  std::string seed(type);
  seed.append("\n").append(url).append("\n").append(date).append("\n").append(digest);
  std::string hex = sha256_hex(seed).substr(0, 32);
  hex[12] = '8';
  hex[16] = "89ab"[hex[16] & 3];
  return "<urn:uuid:" + hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" +
         hex.substr(16, 4) + "-" + hex.substr(20) + ">";
}

std::string member(const Fields& fields, std::string_view head, std::string_view body) {
  std::string record = "WARC/1.1\r\n" + fields;
  add(record, "Content-Length", std::to_string(head.size() + body.size()));
  record.reserve(record.size() + head.size() + body.size() + 8);
  record.append("\r\n").append(head).append(body).append("\r\n\r\n");
  return gzip_member(record);
}

// The header block as it came, but for fields that are no longer true of the decompressed,
// unchunked body.
std::string stored_head(std::string_view head, std::size_t body_size) {
  std::string out;
  while (!head.empty()) {
    const std::size_t end = std::min(head.find('\n'), head.size());
    std::string_view line = head.substr(0, end);
    head.remove_prefix(std::min(end + 1, head.size()));
    while (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    const std::string_view name = line.substr(0, line.find(':'));
    const bool untrue = iequals_ascii(name, "content-encoding") ||
                        iequals_ascii(name, "transfer-encoding") ||
                        iequals_ascii(name, "content-length");
    out.append(untrue ? "X-Crawler-" : "").append(line).append("\r\n");
  }
  if (out.empty()) out = "HTTP/1.1 200 OK\r\n";
  add(out, "Content-Length", std::to_string(body_size));
  return out + "\r\n";
}

Fields common(std::string_view type, const std::string& id, const Response& response) {
  Fields fields;
  add(fields, "WARC-Type", type);
  add(fields, "WARC-Record-ID", id);
  add(fields, "WARC-Date", response.fetched_at);
  add(fields, "WARC-Target-URI", response.final_url);
  return fields;
}

}  // namespace

std::string warc_digest(std::string_view bytes) { return "sha1:" + sha1_base32(bytes); }

std::string warc_info(std::string_view filename, std::string_view date,
                      std::string_view user_agent) {
  Fields body;
  add(body, "software", std::string("marrow/") + MARROW_VERSION);
  add(body, "format", "WARC File Format 1.1");
  add(body, "http-header-user-agent", user_agent);
  Fields fields;
  add(fields, "WARC-Type", "warcinfo");
  add(fields, "WARC-Record-ID", record_id("warcinfo", filename, date, body));
  add(fields, "WARC-Date", date);
  add(fields, "WARC-Filename", filename);
  add(fields, "Content-Type", "application/warc-fields");
  add(fields, "WARC-Block-Digest", warc_digest(body));
  return member(fields, body, {});
}

WarcExchange warc_exchange(const Response& response) {
  WarcExchange exchange;
  const std::string head = stored_head(response.response_head, response.body.size());
  const std::string payload = warc_digest(response.body);
  const std::string id = record_id("response", response.final_url, response.fetched_at, payload);

  if (!response.request_head.empty()) {
    Fields request =
        common("request", record_id("request", response.final_url, response.fetched_at, payload),
               response);
    add(request, "WARC-Concurrent-To", id);
    add(request, "Content-Type", "application/http; msgtype=request");
    add(request, "WARC-Block-Digest", warc_digest(response.request_head));
    exchange.bytes += member(request, response.request_head, {});
  }
  exchange.response_offset = exchange.bytes.size();
  Fields fields = common("response", id, response);
  if (!response.address.empty()) add(fields, "WARC-IP-Address", response.address);
  add(fields, "Content-Type", "application/http; msgtype=response");
  add(fields, "WARC-Payload-Digest", payload);
  add(fields, "WARC-Block-Digest", "sha1:" + sha1_base32(head, response.body));
  exchange.bytes += member(fields, head, response.body);

  Fields about;
  add(about, "fetchTimeMs", std::to_string(response.millis.count()));
  if (!response.charset.empty()) add(about, "charset-http", response.charset);
  if (response.url != response.final_url) add(about, "via", response.url);
  Fields metadata =
      common("metadata", record_id("metadata", response.final_url, response.fetched_at, payload),
             response);
  add(metadata, "WARC-Concurrent-To", id);
  add(metadata, "Content-Type", "application/warc-fields");
  add(metadata, "WARC-Block-Digest", warc_digest(about));
  exchange.bytes += member(metadata, about, {});
  return exchange;
}

Result<std::string> warc_body(std::string_view gzipped) {
  constexpr std::size_t kMost = std::size_t{1} << 31;
  const auto fault = [](const char* why) {
    return Error{ErrorKind::skip_page, std::string("WARC record ") + why};
  };
  auto plain = gunzip_member(gzipped, kMost);
  if (!plain) return plain.error();
  const std::string_view record = *plain;
  const std::size_t fields_end = record.find("\r\n\r\n");
  if (!record.starts_with("WARC/1.") || fields_end == std::string_view::npos)
    return fault("has no header");
  const std::string_view fields = record.substr(0, fields_end + 2);
  if (fields.find("\r\nWARC-Type: response\r\n") == std::string_view::npos)
    return fault("is no response");
  constexpr std::string_view kLength = "\r\nContent-Length: ";
  const std::size_t at = fields.find(kLength);
  if (at == std::string_view::npos) return fault("has no length");
  std::size_t length = 0;
  const std::string_view digits = fields.substr(at + kLength.size());
  std::from_chars(digits.data(), digits.data() + digits.size(), length);
  std::string_view block = record.substr(fields_end + 4);
  if (length > block.size()) return fault("is cut off");
  block = block.substr(0, length);
  const std::size_t head_end = block.find("\r\n\r\n");
  if (head_end == std::string_view::npos) return fault("holds no HTTP response");
  return std::string(block.substr(head_end + 4));
}

}  // namespace marrow
