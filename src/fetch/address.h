// Addresses a fetcher must not connect to unless the job allows it: everything that is not a public
// unicast host. Takes a numeric address, gives the reason it is refused, or "" where it is public.
// Knows nothing of names: it is asked after DNS, for each address that a connection is about to be
// opened to, so that neither a redirect nor a name that resolves differently the second time leads
// inside. Sources: IANA special-purpose address registries (RFC 6890 and its updates), RFC 4291,
// RFC 6598.
#pragma once

#include <string>
#include <string_view>

struct sockaddr;

namespace marrow {

// Static text: "loopback", "private", "link-local", "shared (CGNAT)", "multicast", "unspecified" …
std::string_view refused_address(const sockaddr* address);
// The same for text such as "10.0.0.1", "::1" or "[::1]"; "not an address" for anything else.
std::string_view refused_address(std::string_view numeric);
// "127.0.0.1" of an IPv4 or IPv6 address, "" of any other.
std::string address_text(const sockaddr* address);
// Whether the text is a numeric IPv4 or IPv6 address (brackets allowed).
bool is_numeric_address(std::string_view text);

}  // namespace marrow
