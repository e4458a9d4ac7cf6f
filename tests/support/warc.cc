#include "support/warc.h"

namespace marrow::test {

std::string warc_record(std::string_view type, std::string_view fields, std::string_view block) {
  std::string out = "WARC/1.0\r\nWARC-Type: ";
  out.append(type).append("\r\n").append(fields);
  out += "Content-Length: " + std::to_string(block.size()) + "\r\n\r\n";
  return out.append(block).append("\r\n\r\n");
}

std::string warc_page(std::string_view id, std::string_view url, std::string_view html, std::string_view http_fields) {
  std::string fields = "WARC-Record-ID: <urn:uuid:";
  fields.append(id).append(">\r\nWARC-Date: 2026-11-20T10:00:00Z\r\nWARC-Target-URI: ").append(url);
  fields += "\r\nContent-Type: application/http; msgtype=response\r\n";
  std::string block = "HTTP/1.1 200 OK\r\n";
  block.append(http_fields).append("\r\n").append(html);
  return warc_record("response", fields, block);
}

}  // namespace marrow::test
