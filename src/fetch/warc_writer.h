// WARC 1.1 records (ISO 28500:2017) of what was fetched: bytes in, bytes out, one gzip member a
// record. It belongs to fetch, not to the sink: it keeps what came over the wire, before any stage
// has touched it. Bodies are kept decompressed; the header fields that no longer hold are renamed
// as Common Crawl does ("X-Crawler-…"). Pure but for the record ids, which are made from the
// content and the time, so that the same exchange gives the same bytes. Any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "fetch/response.h"

namespace marrow {

// The record that opens a file.
std::string warc_info(std::string_view filename, std::string_view date,
                      std::string_view user_agent);

struct WarcExchange {
  std::string bytes;                // request, response, metadata
  std::size_t response_offset = 0;  // in bytes
};
WarcExchange warc_exchange(const Response& response);

// The body of the response record that begins the bytes (one gzip member), "" with an error where
// there is none.
Result<std::string> warc_body(std::string_view member);

// "sha1:" and base32 of the digest, the form other tools write.
std::string warc_digest(std::string_view bytes);

}  // namespace marrow
