#include "fetch/content_type.h"

#include <algorithm>


namespace marrow {
namespace {

struct Signature {
  std::string_view bytes, name;
  bool in_feed;  // sitemaps come as .gz
};

constexpr Signature kSignatures[] = {
    {"%PDF-", "PDF", false},
    {"\x89PNG\r\n\x1a\n", "image (PNG)", false},
    {"\xff\xd8\xff", "image (JPEG)", false},
    {"GIF87a", "image (GIF)", false},
    {"GIF89a", "image (GIF)", false},
    {"PK\x03\x04", "archive (zip)", false},
    {"\x1f\x8b", "archive (gzip)", true},
    {"7z\xbc\xaf\x27\x1c", "archive (7z)", false},
    {"Rar!\x1a\x07", "archive (rar)", false},
    {"\x7f"
     "ELF",
     "program", false},
    {"ID3", "audio (MP3)", false},
    {"OggS", "audio (Ogg)", false},
    {"\x1a\x45\xdf\xa3", "video (Matroska)", false},
    {"wOFF", "font", false},
    {"wOF2", "font", false},
    {"{\\rtf", "RTF", false},
    {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office document", false},
};

constexpr std::string_view kPageTypes[] = {"text/html", "application/xhtml+xml", "text/plain",
                                           "application/vnd.wap.xhtml+xml", "text/markdown"};
constexpr std::string_view kFeedTypes[] = {"text/xml", "application/gzip", "application/x-gzip",
                                           "application/octet-stream", "binary/octet-stream"};

// UTF-16 and UTF-32 pages hold NULs lawfully; they begin with a mark or have one beside every '<'.
bool looks_wide(std::string_view head) {
  return head.starts_with("\xff\xfe") || head.starts_with("\xfe\xff") ||
         (head.size() > 1 && (head[0] == '\0') != (head[1] == '\0'));
}

bool type_is_fine(Accept accept, std::string_view type) {
  if (type.empty() ||
      std::find(std::begin(kPageTypes), std::end(kPageTypes), type) != std::end(kPageTypes))
    return true;
  // "application/xml" is how XHTML and feeds are served alike: the page stage reads both.
  if (type == "application/xml") return true;
  if (accept != Accept::feed) return false;
  return type.ends_with("+xml") || type.ends_with("/json") || type.ends_with("+json") ||
         std::find(std::begin(kFeedTypes), std::end(kFeedTypes), type) != std::end(kFeedTypes);
}

}  // namespace

std::string refused_content(Accept accept, const MediaType& type, std::string_view head) {
  if (accept == Accept::any) return {};
  if (!type_is_fine(accept, type.type)) return type.type;
  head = head.substr(0, 512);
  for (const Signature& signature : kSignatures)
    if (head.starts_with(signature.bytes) && !(accept == Accept::feed && signature.in_feed))
      return std::string(signature.name);
  if (head.size() > 12 && head.substr(4).starts_with("ftyp")) return "video (MP4)";
  if (accept == Accept::page && head.find('\0') != std::string_view::npos && !looks_wide(head) &&
      type.type != "text/html" && type.type != "application/xhtml+xml")
    return "binary data";
  return {};
}

}  // namespace marrow
