#include "page/decode.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace marrow {
namespace {

using namespace std::string_literals;

struct Case {
  const char* name;
  std::string bytes;
  const char* http;
  std::string text;
  const char* charset;
  const char* source;
};

void check(const Case& c) {
  std::string scratch;
  const Decoded got = decode(c.bytes, c.http, scratch);
  EXPECT_EQ(got.text, c.text) << c.name;
  EXPECT_EQ(got.charset, c.charset) << c.name;
  EXPECT_EQ(got.source, c.source) << c.name;
  EXPECT_TRUE(is_valid_utf8(got.text)) << c.name;
}

TEST(Decode, OrderOfSources) {
  const Case cases[] = {
      {"empty", "", "", "", "utf-8", "utf-8"},
      {"ASCII", "<p>x", "", "<p>x", "utf-8", "utf-8"},
      {"UTF-8 mark over HTTP", "\xEF\xBB\xBFä", "iso-8859-1", "ä", "utf-8", "bom"},
      {"UTF-16LE mark", "\xFF\xFEx\0\xE4\0"s, "", "xä", "utf-16le", "bom"},
      {"UTF-16BE mark", "\xFE\xFF\0x\0\xE4"s, "", "xä", "utf-16be", "bom"},
      {"HTTP over meta", "<meta charset=koi8-r>\xE4", "windows-1252", "<meta charset=koi8-r>ä", "windows-1252", "http"},
      {"HTTP unknown", "<meta charset=koi8-r>\xE4", "martian", "<meta charset=koi8-r>Д", "koi8-r", "meta"},
      {"meta", "<meta charset='windows-1251'>\xC4", "", "<meta charset='windows-1251'>Д", "windows-1251", "meta"},
      {"XML declaration", "<?xml version='1.0' encoding='iso-8859-2'?>\xB1", "",
       "<?xml version='1.0' encoding='iso-8859-2'?>ą", "iso-8859-2", "meta"},
      {"meta over XML declaration", "<?xml encoding='iso-8859-2'?><meta charset=koi8-r>\xE4", "",
       "<?xml encoding='iso-8859-2'?><meta charset=koi8-r>Д", "koi8-r", "meta"},
      {"undeclared UTF-8", "größer", "", "größer", "utf-8", "utf-8"},
      {"undeclared, one letter", "gr\xF6sser", "", "grösser", "windows-1252", "fallback"},
  };
  for (const Case& c : cases) check(c);
}

TEST(Decode, WrongDeclarations) {
  const std::string many = "Привет, мир: это длинный текст";
  const Case cases[] = {
      {"Latin-1 declared, UTF-8 sent", "<meta charset=iso-8859-1>Räder", "", "<meta charset=iso-8859-1>Räder", "utf-8", "utf-8"},
      {"Latin-1 over HTTP, UTF-8 sent", "Räder", "ISO-8859-1", "Räder", "utf-8", "utf-8"},
      {"Latin-1 declared and sent", "R\xE4""der", "ISO-8859-1", "Räder", "windows-1252", "http"},
      {"Cyrillic declared, much UTF-8 sent", many, "windows-1251", many, "utf-8", "utf-8"},
      {"GBK that is valid UTF-8 by chance", "\xC1\xAA\xCD\xA8"s, "gbk", "联通", "gbk", "http"},
      {"UTF-8 declared, Latin-1 sent", "<meta charset=utf-8>R\xE4""der gro\xDF sch\xF6n", "",
       "<meta charset=utf-8>Räder groß schön", "windows-1252", "fallback"},
      {"UTF-8 declared, one bad byte", "Räder groß \xE4 x", "utf-8", "Räder groß \uFFFD x", "utf-8", "http"},
      {"UTF-8 cut in the last letter", "abc\xC3", "utf-8", "abc\uFFFD", "utf-8", "http"},
      {"meta says UTF-16, bytes are not", "<meta charset=utf-16>ä", "", "<meta charset=utf-16>ä", "utf-8", "meta"},
      {"<meta name=charset> declares nothing", "<meta name=charset content=koi8-r>ä", "",
       "<meta name=charset content=koi8-r>ä", "utf-8", "utf-8"},
  };
  for (const Case& c : cases) check(c);
}

TEST(Decode, GuessesWhatNobodyDeclares) {
  const Case cases[] = {
      {"Russian in windows-1251", "<p>\xCF\xF0\xE8\xE2\xE5\xF2, \xFD\xF2\xEE \xF0\xF3\xF1\xF1\xEA\xE8\xE9 \xF2\xE5\xEA\xF1\xF2", "",
       "<p>Привет, это русский текст", "windows-1251", "detected"},
      {"Japanese in Shift_JIS", "<p>\x82\xB1\x82\xEA\x82\xCD\x93\xFA\x96\x7B\x8C\xEA\x82\xC5\x82\xB7\x81\x42", "",
       "<p>これは日本語です。", "shift_jis", "detected"},
      {"declared late", std::string(6000, ' ') + "<meta charset=koi8-r>\xC4.", "",
       std::string(6000, ' ') + "<meta charset=koi8-r>д.", "koi8-r", "meta"},
  };
  for (const Case& c : cases) check(c);
}

TEST(Decode, Nuls) {
  std::string scratch;
  EXPECT_EQ(decode("a\0b"s, "", scratch).text, "ab");
  EXPECT_EQ(decode("a\0\xE4"s, "windows-1252", scratch).text, "aä");
  const std::string wide = "<\0p\0>\0h\0\xE4\0 \0t\0h\0e\0r\0e\0"s;
  EXPECT_EQ(decode(wide, "", scratch).text, "<p>hä there");
  EXPECT_EQ(decode(wide, "", scratch).charset, "utf-16le");
}

TEST(Decode, ValidUtf8IsNotCopied) {
  const std::string bytes = "<p>größer</p>" + std::string(1000, 'x');
  std::string scratch;
  EXPECT_EQ(decode(bytes, "", scratch).text.data(), bytes.data());
}

TEST(CharsetOfContentType, Forms) {
  EXPECT_EQ(charset_of_content_type("text/html; charset=utf-8"), "utf-8");
  EXPECT_EQ(charset_of_content_type("text/html;Charset = \"koi8-r\"; x=y"), "koi8-r");
  EXPECT_EQ(charset_of_content_type("text/html; charset='a b'"), "a b");
  EXPECT_EQ(charset_of_content_type("text/html; charset=\"open"), "");
  EXPECT_EQ(charset_of_content_type("text/html; charsetcharset=x"), "x");
  EXPECT_EQ(charset_of_content_type("text/html; charset="), "");
  EXPECT_EQ(charset_of_content_type("text/html"), "");
}

}  // namespace
}  // namespace marrow
