// Hosts as browsers read them: takes the host as written in a URL, gives the one form that all
// spellings of it share, in ASCII: lower case, IDN as punycode (UTS 46, non-transitional), IPv4 in
// dotted decimals, IPv6 compressed in brackets. WHATWG URL standard, section 3.5. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace marrow {

// Appends the host to `out`; false (and `out` as it was) where browsers refuse it.
bool append_host(std::string_view host, std::string& out);

// Is it written that way already? Says yes only for plain names: a cheap test for the common case.
bool is_plain_host(std::string_view host);

}  // namespace marrow
