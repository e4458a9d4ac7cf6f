// Pages of a WARC or WET file: a WarcRecord -> an Input, or why it is none. Responses with status 2xx and a page's
// Content-Type are pages (header and body parted, unchunked, decompressed), so are resource records of such a type; texts that
// somebody extracted (conversion records: WET) are plain texts. Requests, metadata, revisits, redirects, images and so on
// are left out and counted. One thread a WarcPages.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "source/input.h"
#include "source/warc.h"

namespace marrow {

enum class LeftOut : unsigned char {
  other_record,  // requests, metadata, warcinfo, DNS …: about pages, not pages
  revisit,       // the same bytes as an earlier visit's, which are elsewhere
  status,        // a redirect, an error
  content_type,  // an image, a script, JSON …
};
inline constexpr std::size_t kLeftOut = 4;

struct WarcPage {
  Input input;
  std::string http_head;     // the response's head as stored, up to and with the empty line; "" of other records
  std::string content_type;  // lower case, without parameters
};

// max_bytes: of the body; one byte more is handed on (source/open.h). An Error where the record should be a page and is
// broken; its message is the reason alone. `place`: the input's origin.
using WarcPageOr = std::variant<WarcPage, LeftOut, Error>;
WarcPageOr page_of(const WarcRecord& record, std::size_t max_bytes, std::string place);

// The page whose record begins at that offset (as WarcRecord::offset gives it).
Result<WarcPage> read_warc_page(const std::string& path, std::uint64_t offset, std::size_t max_bytes);

class WarcPages {
 public:
  WarcPages(WarcReader reader, std::size_t max_bytes) : reader_(std::move(reader)), max_bytes_(max_bytes) {}
  // False at the end. Damaged records and broken pages are failures.
  bool next(Source::Item& item);
  std::uint64_t left_out(LeftOut why) const { return left_out_[static_cast<std::size_t>(why)]; }

 private:
  WarcReader reader_;
  WarcRecord record_;
  std::size_t max_bytes_;
  std::array<std::uint64_t, kLeftOut> left_out_{};
};

// "12 revisits, 3 redirects and errors", "" for none.
std::string describe_left_out(const std::array<std::uint64_t, kLeftOut>& counts);

}  // namespace marrow
