// resolve_url() and strip_tracking() (base/url.h) without memory of their own, for who calls them hundreds of times a page. Each
// gives a view of its argument, where nothing had to be written, or of `out`, whose memory is used again. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace marrow {

std::string_view resolve_url(std::string_view base, std::string_view reference, std::string& out);
std::string_view strip_tracking(std::string_view url, std::string& out);

}  // namespace marrow
