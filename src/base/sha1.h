// SHA-1 in base32 (RFC 4648), the form in which WARC files carry digests. For recognising content,
// not for security. With base/sha256 the door to libcrypto's digests. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace marrow {

std::string sha1_base32(std::string_view bytes);  // 32 characters
std::string sha1_base32(std::string_view first,
                        std::string_view then);  // of both, one after the other

}  // namespace marrow
