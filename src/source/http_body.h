// The body of a stored HTTP response as the server meant it: unchunked, content encodings undone (gzip, deflate, br,
// zstd). Takes a body and what its header says; believes the bytes where the two differ, for many archives keep the header and
// store the body decoded. Bounded: no more than `max_bytes` come out. Pure. Any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/http_head.h"
#include "base/result.h"

namespace marrow {

// Cuts what is longer than `max_bytes`. A body that ends early gives what is there; one that is broken is an error of
// kind skip_page ("broken gzip in the body").
Result<std::string> decoded_body(const HeaderFields& header, std::string_view body, std::size_t max_bytes);

}  // namespace marrow
