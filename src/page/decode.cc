#include "page/decode.h"

#include <unicode/ucnv.h>
#include <uchardet.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>

#include "base/text.h"
#include "page/charset.h"
#include "page/charset_prescan.h"

namespace marrow {
namespace {

constexpr std::size_t kPrescan = 1024;           // bytes the HTML standard looks at
constexpr std::size_t kLenientPrescan = 5120;    // bytes; heads that open with scripts declare late
constexpr std::size_t kLatePrescan = 64 * 1024;  // bytes; tried before a statistical guess
// Sequences of valid UTF-8 beyond ASCII, and none invalid, that outweigh the declaration of another
// encoding. One is enough against windows-1252, where it would read as "Ã¼"; the multi-byte
// encodings of East Asia may hit a valid one by chance (each with about 8 %).
constexpr std::size_t kSureUtf8 = 8;
// Share of sequences beyond ASCII that may be invalid in text that is yet read as UTF-8: pages that
// declare it hold pieces of foreign encodings; without a declaration only a rare slip is forgiven.
constexpr double kBadShareDeclared = 0.5;
constexpr double kBadShareUndeclared = 0.02;
constexpr std::size_t kDetectBytes = std::size_t{1} << 20;  // of text beside tags, fed to the detector

struct Utf8Count {
  std::size_t good = 0;  // sequences beyond ASCII
  std::size_t bad = 0;   // bytes that belong to none; a sequence cut at the very end is not counted
  bool cut = false;      // there is such a sequence
};

std::size_t ascii_run(std::string_view text, std::size_t at) {
  constexpr std::uint64_t kHigh = 0x8080808080808080ULL;
  const std::size_t begin = at;
  for (std::uint64_t words[4]; at + sizeof words <= text.size(); at += sizeof words) {
    std::memcpy(words, text.data() + at, sizeof words);
    if (((words[0] | words[1] | words[2] | words[3]) & kHigh) != 0) break;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at - begin;
}

bool is_cut_sequence(std::string_view tail) {
  const auto c = static_cast<unsigned char>(tail[0]);
  const std::size_t need = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC2 ? 2 : 1;
  if (need <= tail.size() || c > 0xF4) return false;
  return std::all_of(tail.begin() + 1, tail.end(), [](char d) { return (d & 0xC0) == 0x80; });
}

Utf8Count count_utf8(std::string_view text) {
  Utf8Count count;
  for (std::size_t at = ascii_run(text, 0); at < text.size(); at += ascii_run(text, at)) {
    const std::size_t begin = at;
    next_code_point(text, at);
    if (at - begin > 1) {
      ++count.good;
    } else if (text.size() - begin > 3 || !is_cut_sequence(text.substr(begin))) {
      ++count.bad;
    } else {
      count.cut = true;
      break;
    }
  }
  return count;
}

// Copies text with every invalid byte as U+FFFD and NULs dropped.
void copy_valid(std::string_view text, std::string& out) {
  out.clear();
  out.reserve(text.size() + text.size() / 8);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(text, at);
    if (c == 0) continue;
    if (c == 0xFFFD) {
      out += "\xEF\xBF\xBD";
    } else {
      out.append(text, begin, at - begin);
    }
  }
}

Decoded as_utf8(std::string_view bytes, bool valid, std::string_view source, std::string& scratch) {
  if (valid && std::memchr(bytes.data(), 0, bytes.size()) == nullptr) return {bytes, "utf-8", source};
  copy_valid(bytes, scratch);
  return {scratch, "utf-8", source};
}

void convert(std::string_view bytes, const char* converter, std::string& out) {
  struct Close {
    void operator()(UConverter* open) const { ucnv_close(open); }
  };
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, Close> from(ucnv_open(converter, &error));
  if (U_FAILURE(error)) return copy_valid(bytes, out);
  constexpr std::size_t kStep = 64 * 1024;
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
  const std::unique_ptr<UConverter, Close> to(ucnv_open("UTF-8", &error));
  UChar pivot[1024];
  UChar *pivot_source = pivot, *pivot_target = pivot;
  out.clear();
  for (bool first = true; U_SUCCESS(error); first = false) {
    const std::size_t size = out.size();
    out.resize(size + kStep);
    char* target = out.data() + size;
    ucnv_convertEx(to.get(), from.get(), &target, out.data() + out.size(), &at, end, pivot, &pivot_source,
                   &pivot_target, pivot + std::size(pivot), first, true, &error);
    out.resize(static_cast<std::size_t>(target - out.data()));
    if (error != U_BUFFER_OVERFLOW_ERROR) break;
    error = U_ZERO_ERROR;
  }
  std::erase(out, '\0');
}

void convert_user_defined(std::string_view bytes, std::string& out) {
  out.clear();
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte != 0) append_utf8(out, byte < 0x80 ? byte : 0xF700U + byte);
  }
}

Decoded decode_as(std::string_view bytes, const Charset& charset, std::string_view source, std::string& scratch) {
  if (charset.name == "utf-8") return as_utf8(bytes, is_valid_utf8(bytes), source, scratch);
  if (charset.icu) {
    convert(bytes, charset.icu, scratch);
  } else {
    convert_user_defined(bytes, scratch);
  }
  return {scratch, charset.name, source};
}

// UTF-16 of mostly ASCII text without a byte order mark: every other byte is NUL.
const Charset* utf16_by_nuls(std::string_view bytes) {
  constexpr std::size_t kLook = 512;
  const std::size_t size = std::min(bytes.size(), kLook) & ~std::size_t{1};
  std::size_t even = 0, odd = 0;
  for (std::size_t i = 0; i < size; i += 2) {
    even += bytes[i] == 0;
    odd += bytes[i + 1] == 0;
  }
  if (size < 8) return nullptr;
  if (odd * 10 > size * 4 && even * 20 < size) return find_charset("utf-16le");
  if (even * 10 > size * 4 && odd * 20 < size) return find_charset("utf-16be");
  return nullptr;
}

// Below so many bytes beyond ASCII the detector's answer is a toss (one "ö" made it say ISO-8859-2).
constexpr std::size_t kDetectFrom = 8;

// Feeds the detector what stands beside the tags: markup says nothing of the language.
const Charset* detect(std::string_view bytes) {
  struct Delete {
    void operator()(uchardet* detector) const { uchardet_delete(detector); }
  };
  const std::unique_ptr<uchardet, Delete> detector(uchardet_new());
  std::size_t fed = 0, high = 0;
  for (std::size_t at = 0; at < bytes.size() && fed < kDetectBytes;) {
    const std::size_t end = std::min(bytes.find('<', at), bytes.size());
    const std::string_view text = bytes.substr(at, end - at);
    if (ascii_run(text, 0) < text.size()) {
      if (uchardet_handle_data(detector.get(), text.data(), text.size()) != 0) break;
      fed += text.size();
      high += static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return c < 0; }));
    }
    at = std::min(bytes.find('>', end), bytes.size());
  }
  if (high < kDetectFrom) return nullptr;
  uchardet_data_end(detector.get());
  const Charset* charset = find_charset(uchardet_get_charset(detector.get()));
  // Rare Latin sets that the detector likes to see in a few accented letters; no browser guesses them.
  for (const std::string_view rare : {"iso-8859-3", "iso-8859-4", "iso-8859-10", "iso-8859-13", "iso-8859-14", "iso-8859-16", "utf-8"})
    if (charset && charset->name == rare) return nullptr;
  return charset;
}

struct Declared {
  const Charset* charset = nullptr;
  std::string_view source;
};

Declared declared(std::string_view bytes, std::string_view http_charset, Markup markup) {
  if (const Charset* charset = find_charset(http_charset)) return {charset, "http"};
  if (markup == Markup::no) return {};
  if (const Charset* charset = prescan_meta(bytes, kPrescan)) return {charset, "meta"};
  if (const Charset* charset = prescan_xml(bytes)) return {charset, "meta"};
  return {prescan_meta(bytes, kLenientPrescan), "meta"};
}

Decoded guess(std::string_view bytes, Markup markup, std::string& scratch) {
  if (markup == Markup::yes) {
    const Charset* late = prescan_meta(bytes, kLatePrescan);
    if (late && late->name != "utf-8") return decode_as(bytes, *late, "meta", scratch);
  }
  if (const Charset* charset = detect(bytes)) return decode_as(bytes, *charset, "detected", scratch);
  return decode_as(bytes, *find_charset("windows-1252"), "fallback", scratch);
}

double bad_share(const Utf8Count& count) {
  const std::size_t all = count.good + count.bad;
  return all == 0 ? 0.0 : static_cast<double>(count.bad) / static_cast<double>(all);
}

}  // namespace

Decoded decode(std::string_view bytes, std::string_view http_charset, std::string& scratch, Markup markup) {
  if (bytes.empty()) return {{}, "utf-8", "utf-8"};
  if (bytes.starts_with("\xEF\xBB\xBF")) return decode_as(bytes.substr(3), *find_charset("utf-8"), "bom", scratch);
  if (bytes.starts_with("\xFF\xFE")) return decode_as(bytes.substr(2), *find_charset("utf-16le"), "bom", scratch);
  if (bytes.starts_with("\xFE\xFF")) return decode_as(bytes.substr(2), *find_charset("utf-16be"), "bom", scratch);
  if (const Charset* utf16 = utf16_by_nuls(bytes)) return decode_as(bytes, *utf16, "detected", scratch);

  const Declared said = declared(bytes, http_charset, markup);
  const Utf8Count count = count_utf8(bytes);
  const bool valid = count.bad == 0 && !count.cut;
  if (said.charset && said.charset->name != "utf-8") {
    const bool latin = said.charset->name == "windows-1252";
    if (count.bad == 0 && count.good >= (latin ? 1 : kSureUtf8)) return as_utf8(bytes, valid, "utf-8", scratch);
    return decode_as(bytes, *said.charset, said.source, scratch);
  }
  const double allowed = said.charset ? kBadShareDeclared : kBadShareUndeclared;
  if (bad_share(count) <= allowed) return as_utf8(bytes, valid, said.charset ? said.source : "utf-8", scratch);
  return guess(bytes, markup, scratch);
}

std::string_view charset_of_content_type(std::string_view content_type) {
  auto blank = [](char c) { return static_cast<unsigned char>(c) <= 0x20; };
  for (std::size_t at = 0; at + 7 <= content_type.size(); ++at) {
    if (!iequals_ascii(content_type.substr(at, 7), "charset")) continue;
    std::size_t value = at + 7;
    while (value < content_type.size() && blank(content_type[value])) ++value;
    if (value == content_type.size() || content_type[value] != '=') continue;
    do ++value;
    while (value < content_type.size() && blank(content_type[value]));
    if (value == content_type.size()) return {};
    const char quote = content_type[value];
    if (quote == '"' || quote == '\'') {
      const std::size_t end = content_type.find(quote, value + 1);
      return end == std::string_view::npos ? std::string_view{} : content_type.substr(value + 1, end - value - 1);
    }
    std::size_t end = value;
    while (end < content_type.size() && !blank(content_type[end]) && content_type[end] != ';') ++end;
    return content_type.substr(value, end - value);
  }
  return {};
}

}  // namespace marrow
