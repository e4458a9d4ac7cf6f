// Canonical composition (NFC) without memory of its own, for who asks it of every text of a page: gives a view of `text` where it is
// composed already, as nearly all text is, else of `out`, whose memory is used again. base/text.h has the plain call. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace marrow {

std::string_view to_nfc(std::string_view text, std::string& out);

}  // namespace marrow
