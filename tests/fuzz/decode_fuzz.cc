// Bytes -> text: valid UTF-8 comes out whatever goes in.
#include <array>

#include "base/text.h"
#include "fuzz/fuzz.h"
#include "page/decode.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace marrow;
  constexpr std::array<std::string_view, 12> kCharsets = {"",      "utf-8",     "utf-16", "iso-2022-jp", "shift_jis", "gb18030",
                                                          "big5", "euc-kr", "koi8-r", "utf-7",       "x-user-defined", "windows-1252"};
  std::string_view bytes = fuzz::text_of(data, size);
  const std::uint8_t how = fuzz::take(bytes);
  std::string scratch;
  const Decoded decoded = decode(bytes, kCharsets[how % kCharsets.size()], scratch, how & 0x80 ? Markup::no : Markup::yes);
  fuzz::expect(is_valid_utf8(decoded.text), "decoded text is UTF-8");
  fuzz::expect(decoded.text.find('\0') == std::string_view::npos, "no NUL stays");
  fuzz::expect(!decoded.charset.empty() && !decoded.source.empty(), "an encoding has a name");
  return 0;
}
