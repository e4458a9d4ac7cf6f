#include "source/http_body.h"

#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <climits>
#include <memory>
#include <vector>

#include "base/text.h"

namespace marrow {
namespace {

using namespace std::string_view_literals;

// Servers compress once, and some proxies once more.
constexpr std::size_t kMostEncodings = 3;
constexpr std::size_t kChunk = std::size_t{64} << 10;
// zlib's words for: gzip or zlib header by its bytes; neither.
constexpr int kAnyHeader = 15 + 32, kNoHeader = -15;

Error broken(const char* what) { return {ErrorKind::skip_page, std::string("broken ") + what + " in the body"}; }

struct InflateEnd {
  void operator()(z_stream* stream) const { inflateEnd(stream); }
};
struct FreeZstd {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};
struct FreeBrotli {
  void operator()(BrotliDecoderState* state) const { BrotliDecoderDestroyInstance(state); }
};

// Grows by what has come so far: a page is copied about twice.
char* room(std::string& out, std::size_t have, std::size_t max_bytes, std::size_t* size) {
  if (out.size() == have) out.resize(std::min(max_bytes, std::max(have * 2, have + kChunk)));
  *size = out.size() - have;
  return out.data() + have;
}

Result<std::string> inflated(std::string_view in, int header, std::size_t max_bytes) {
  z_stream z{};
  if (inflateInit2(&z, header) != Z_OK) return Error{ErrorKind::skip_page, "out of memory"};
  const std::unique_ptr<z_stream, InflateEnd> guard(&z);
  std::string out;
  std::size_t have = 0;
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
  z.avail_in = static_cast<uInt>(std::min<std::size_t>(in.size(), UINT_MAX));
  int code = Z_OK;
  while (code == Z_OK && have < max_bytes) {
    std::size_t size = 0;
    z.next_out = reinterpret_cast<Bytef*>(room(out, have, max_bytes, &size));
    z.avail_out = static_cast<uInt>(std::min<std::size_t>(size, UINT_MAX));
    const uInt offered = z.avail_out;
    code = inflate(&z, Z_NO_FLUSH);
    have += offered - z.avail_out;
  }
  out.resize(have);
  // A fault behind the first bytes (a wrong checksum, a cut) leaves a page that browsers show.
  if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR && have == 0) return broken("compression");
  return out;
}

// "deflate" is said of zlib's format and of bare deflate alike (RFC 9110 8.4.1.2).
Result<std::string> undeflated(std::string_view in, std::size_t max_bytes) {
  Result<std::string> out = inflated(in, kAnyHeader, max_bytes);
  return out ? std::move(out) : inflated(in, kNoHeader, max_bytes);
}

Result<std::string> unbrotlied(std::string_view in, std::size_t max_bytes) {
  const std::unique_ptr<BrotliDecoderState, FreeBrotli> state(BrotliDecoderCreateInstance(nullptr, nullptr, nullptr));
  if (!state) return Error{ErrorKind::skip_page, "out of memory"};
  std::string out;
  std::size_t have = 0, left = in.size();
  const auto* next = reinterpret_cast<const std::uint8_t*>(in.data());
  BrotliDecoderResult code = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
  while (code == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT && have < max_bytes) {
    std::size_t size = 0;
    auto* to = reinterpret_cast<std::uint8_t*>(room(out, have, max_bytes, &size));
    const std::size_t offered = size;
    code = BrotliDecoderDecompressStream(state.get(), &left, &next, &size, &to, nullptr);
    have += offered - size;
  }
  out.resize(have);
  if (code == BROTLI_DECODER_RESULT_ERROR && have == 0) return broken("brotli");
  return out;
}

Result<std::string> unzstded(std::string_view in, std::size_t max_bytes) {
  const std::unique_ptr<ZSTD_DCtx, FreeZstd> context(ZSTD_createDCtx());
  if (!context) return Error{ErrorKind::skip_page, "out of memory"};
  std::string out;
  std::size_t have = 0;
  ZSTD_inBuffer from{in.data(), in.size(), 0};
  while (have < max_bytes) {
    std::size_t size = 0;
    char* to = room(out, have, max_bytes, &size);
    ZSTD_outBuffer made{to, size, 0};
    const std::size_t left = ZSTD_decompressStream(context.get(), &made, &from);
    have += made.pos;
    if (ZSTD_isError(left)) {
      if (have == 0) return broken("zstd");
      break;
    }
    if (made.pos == 0 && (left == 0 || from.pos == from.size)) break;
  }
  out.resize(have);
  return out;
}

bool is_space_char(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// A chunk's size line at the front: hexadecimal digits, perhaps ";extension". False where there is none.
bool take_chunk_size(std::string_view& body, std::size_t* size) {
  std::size_t at = 0, value = 0;
  for (; at < body.size(); ++at) {
    const char c = static_cast<char>(body[at] | 0x20);
    const int digit = body[at] >= '0' && body[at] <= '9' ? body[at] - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    if (digit < 0) break;
    if (at >= 8) return false;  // 4 GB: no page
    value = value * 16 + static_cast<std::size_t>(digit);
  }
  if (at == 0) return false;
  while (at < body.size() && (body[at] == ' ' || body[at] == '\t')) ++at;
  if (at < body.size() && body[at] == ';') at = std::min(body.find('\n', at), body.size());
  if (at < body.size() && body[at] == '\r') ++at;
  if (at >= body.size() || body[at] != '\n') return false;
  body.remove_prefix(at + 1);
  *size = value;
  return true;
}

// RFC 9112 7.1. Nothing where the body is not chunked although its header says so; a cut one gives what is there.
bool unchunked(std::string_view body, std::string& out) {
  std::size_t size = 0;
  if (!take_chunk_size(body, &size)) return false;
  out.clear();
  for (;;) {
    if (size == 0) return true;
    out.append(body.substr(0, size));
    if (size >= body.size()) return true;
    body.remove_prefix(size);
    // The line end behind a chunk. Where the sizes have stopped to fit, the first one was text that looked like one.
    if (body.front() != '\r' && body.front() != '\n') return false;
    while (!body.empty() && is_space_char(body.front())) body.remove_prefix(1);
    if (body.empty()) return true;
    if (!take_chunk_size(body, &size)) return false;
  }
}

// "gzip, br" -> {"gzip", "br"}, lower case, "identity" left out.
std::vector<std::string> tokens(std::string_view value) {
  std::vector<std::string> out;
  while (!value.empty()) {
    const std::size_t comma = std::min(value.find(','), value.size());
    std::string token = ascii_lower(trim(value.substr(0, comma)));
    value.remove_prefix(std::min(comma + 1, value.size()));
    if (token.starts_with("x-")) token.erase(0, 2);
    if (!token.empty() && token != "identity") out.push_back(std::move(token));
  }
  return out;
}

// Archives that store decoded bodies keep the header: these begin without the magic of what it says. Brotli and bare
// deflate have none; they are tried.
bool has_other_magic(std::string_view encoding, std::string_view body) {
  if (encoding == "gzip") return !body.starts_with("\x1f\x8b"sv);
  return encoding == "zstd" && !body.starts_with("\x28\xb5\x2f\xfd"sv);
}
bool looks_like_markup(std::string_view body) {
  const std::size_t at = body.find_first_not_of(" \t\r\n");
  return at != std::string_view::npos && (body[at] == '<' || body.starts_with("\xef\xbb\xbf"sv));
}

Result<std::string> decode(std::string_view encoding, std::string_view body, std::size_t max_bytes) {
  if (encoding == "gzip") return inflated(body, kAnyHeader, max_bytes);
  if (encoding == "deflate") return undeflated(body, max_bytes);
  if (encoding == "br") return unbrotlied(body, max_bytes);
  if (encoding == "zstd") return unzstded(body, max_bytes);
  return Error{ErrorKind::skip_page, "unknown content encoding in the body: " + std::string(encoding.substr(0, 40))};
}

}  // namespace

Result<std::string> decoded_body(const HeaderFields& header, std::string_view body, std::size_t max_bytes) {
  std::string held;
  const std::vector<std::string> transfer = tokens(header.find("transfer-encoding"));
  if (!transfer.empty() && transfer.back() == "chunked" && unchunked(body, held)) body = held;
  std::vector<std::string> encodings = tokens(header.find("content-encoding"));
  if (encodings.size() > kMostEncodings)
    return Error{ErrorKind::skip_page, "more than " + std::to_string(kMostEncodings) + " content encodings in the body"};
  for (; !encodings.empty() && !body.empty(); encodings.pop_back()) {
    if (has_other_magic(encodings.back(), body)) continue;
    Result<std::string> plain = decode(encodings.back(), body, max_bytes);
    if (!plain && looks_like_markup(body)) continue;
    if (!plain) return plain.error();
    held = std::move(*plain);
    body = held;
  }
  return std::string(body.substr(0, max_bytes));
}

}  // namespace marrow
