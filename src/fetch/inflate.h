// gzip bytes -> bytes, in memory and bounded: for sitemaps that are files.gz (an answer's
// Content-Encoding is libcurl's business). The only door to zlib's inflate in this stage. Any
// thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace marrow {

bool is_gzip(std::string_view bytes);
// All members; an error where it is broken, cut, or larger than `max_bytes` when unpacked.
Result<std::string> gunzip(std::string_view bytes, std::size_t max_bytes);
// The first member only; what follows it is not looked at.
Result<std::string> gunzip_member(std::string_view bytes, std::size_t max_bytes);

// One gzip member, the same bytes for the same input (no name, no time).
std::string gzip_member(std::string_view bytes);

}  // namespace marrow
