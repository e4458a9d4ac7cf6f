#include "source/warc_page.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.h"
#include "source/http_body.h"
#include "source/sniff.h"

namespace marrow {
namespace {

// Room for a response's head beside a body of the greatest size.
constexpr std::size_t kHeadBytes = std::size_t{1} << 20;

constexpr std::string_view kHtmlTypes[] = {"text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml", "application/xml", "text/xml"};

// HTML or text by the type, or by the bytes where none is given; nothing where it is no page.
std::optional<Input::Content> content_of(std::string_view type, std::string_view body) {
  if (std::find(std::begin(kHtmlTypes), std::end(kHtmlTypes), type) != std::end(kHtmlTypes)) return Input::Content::html;
  if (type == "text/plain" || type == "text/markdown") return Input::Content::text;
  if (!type.empty()) return std::nullopt;
  const Look look = sniff(body.substr(0, kSniffBytes)).look;
  if (look == Look::html) return Input::Content::html;
  return look == Look::text && !body.empty() ? std::optional(Input::Content::text) : std::nullopt;
}

Input input_of(const WarcRecord& record, std::string place) {
  Input input;
  input.id = record.id();
  if (input.id.empty()) input.id = place;
  input.url = record.target();
  input.fetched_at = record.date();
  input.truncated = !record.header.find("WARC-Truncated").empty();
  input.origin = std::move(place);
  return input;
}

WarcPageOr finish(WarcPage page, std::string_view charset, std::string body) {
  const std::optional<Input::Content> content = content_of(page.content_type, body);
  if (!content) return LeftOut::content_type;
  if (body.empty()) return Error{ErrorKind::skip_page, "the page is empty"};
  page.input.content = *content;
  page.input.charset = charset;
  page.input.bytes = std::move(body);
  return page;
}

bool is_page_type(std::string_view type) { return type.empty() || content_of(type, {}).has_value(); }

WarcPageOr of_response(const WarcRecord& record, std::size_t max_bytes, std::string place) {
  if (!parse_content_type(record.content_type()).type.starts_with("application/http") && !record.content_type().empty())
    return LeftOut::other_record;  // dns:, ftp:
  const std::optional<HttpHead> head = parse_http_head(record.block);
  if (!head) return Error{ErrorKind::skip_page, "the record holds no HTTP response"};
  if (head->status < 200 || head->status > 299) return LeftOut::status;
  const MediaType type = parse_content_type(head->fields.find("Content-Type"));
  if (!is_page_type(type.type)) return LeftOut::content_type;
  Result<std::string> body = decoded_body(head->fields, record.block.substr(head->size), max_bytes + 1);
  if (!body) return body.error();
  WarcPage page{input_of(record, std::move(place)), std::string(record.block.substr(0, head->size)), type.type};
  page.input.status = head->status;
  return finish(std::move(page), type.charset, std::move(*body));
}

// The block is the page itself.
WarcPageOr of_block(const WarcRecord& record, std::size_t max_bytes, std::string place) {
  const MediaType type = parse_content_type(record.content_type());
  if (!is_page_type(type.type)) return LeftOut::content_type;
  WarcPage page{input_of(record, std::move(place)), {}, type.type};
  return finish(std::move(page), type.charset, std::string(record.block.substr(0, max_bytes + 1)));
}

}  // namespace

WarcPageOr page_of(const WarcRecord& record, std::size_t max_bytes, std::string place) {
  const std::string type = ascii_lower(record.type());
  if (type == "response") return of_response(record, max_bytes, std::move(place));
  if (type == "resource" || type == "conversion") return of_block(record, max_bytes, std::move(place));
  return type == "revisit" ? LeftOut::revisit : LeftOut::other_record;
}

Result<WarcPage> read_warc_page(const std::string& path, std::uint64_t offset, std::size_t max_bytes) {
  Result<WarcReader> reader = WarcReader::open(path, {.start = offset, .length = 1, .max_block = max_bytes + kHeadBytes});
  if (!reader) return reader.error();
  WarcRecord record;
  const std::string place = reader->place(offset);
  switch (reader->next(record)) {
    case WarcReader::Got::damage: return Error{ErrorKind::skip_page, reader->damage().message};
    case WarcReader::Got::end: return Error{ErrorKind::skip_page, place + ": no record begins here"};
    case WarcReader::Got::record: break;
  }
  WarcPageOr page = page_of(record, max_bytes, place);
  if (auto* found = std::get_if<WarcPage>(&page)) return std::move(*found);
  if (const auto* error = std::get_if<Error>(&page)) return Error{error->kind, place + ": " + error->message};
  return Error{ErrorKind::skip_page, place + ": the record is no page (" + std::string(record.type()) + ")"};
}

bool WarcPages::next(Source::Item& item) {
  for (;;) {
    switch (reader_.next(record_)) {
      case WarcReader::Got::end: return false;
      case WarcReader::Got::damage: item = reader_.damage(); return true;
      case WarcReader::Got::record: break;
    }
    const std::string place = reader_.place(record_.offset);
    WarcPageOr page = page_of(record_, max_bytes_, place);
    if (const auto* why = std::get_if<LeftOut>(&page)) {
      ++left_out_[static_cast<std::size_t>(*why)];
    } else if (const auto* error = std::get_if<Error>(&page)) {
      item = InputFailure{place, place + ": " + error->message};
      return true;
    } else {
      item = std::move(std::get<WarcPage>(page).input);
      return true;
    }
  }
}

std::string describe_left_out(const std::array<std::uint64_t, kLeftOut>& counts) {
  constexpr const char* kWords[kLeftOut][2] = {{"record about pages", "records about pages"},
                                               {"revisit", "revisits"},
                                               {"redirect or error", "redirects and errors"},
                                               {"record of another type", "records of other types"}};
  std::string out;
  for (std::size_t i = 0; i < kLeftOut; ++i) {
    if (counts[i] == 0) continue;
    if (!out.empty()) out += ", ";
    out += std::to_string(counts[i]) + ' ' + kWords[i][counts[i] == 1 ? 0 : 1];
  }
  return out;
}

}  // namespace marrow
