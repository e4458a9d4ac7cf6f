#include "batch/page_look.h"

#include <algorithm>

namespace marrow {
namespace {

// Numbers in groups of seven bits, low ones first, as everywhere (LEB128).
void put(std::uint64_t value, std::string& out) {
  for (; value >= 0x80; value >>= 7) out += static_cast<char>((value & 0x7f) | 0x80);
  out += static_cast<char>(value);
}

bool get(std::string_view& bytes, std::uint64_t& value) {
  value = 0;
  for (unsigned shift = 0; shift < 63 && !bytes.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    value |= std::uint64_t{byte & 0x7fU} << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

bool has(const std::vector<std::string>& flags, std::string_view flag) {
  return std::find(flags.begin(), flags.end(), flag) != flags.end();
}

}  // namespace

PageLook look_of(const Record& record) {
  PageLook look;
  look.kind = static_cast<std::uint8_t>(record.kind);
  look.empty = has(record.quality.flags, "empty");
  look.review = has(record.quality.flags, "needs_review");
  look.unsure = !look.empty && record.quality.confidence < PageLook::kUnsure;
  look.words = record.quality.words;
  return look;
}

std::string to_bytes(const PageLook& look) {
  std::string out;
  put(look.kind, out);
  put((look.empty ? 1U : 0U) | (look.review ? 2U : 0U) | (look.unsure ? 4U : 0U), out);
  put(look.words, out);
  std::int64_t last = 0;
  for (const std::int64_t rule : look.rules) put(static_cast<std::uint64_t>(rule - last), out), last = rule;
  return out;
}

bool from_bytes(std::string_view bytes, PageLook& look) {
  std::uint64_t kind = 0, flags = 0, words = 0;
  if (!get(bytes, kind) || !get(bytes, flags) || !get(bytes, words)) return false;
  look = {};
  look.kind = static_cast<std::uint8_t>(kind);
  look.empty = flags & 1;
  look.review = flags & 2;
  look.unsure = flags & 4;
  look.words = static_cast<std::uint32_t>(words);
  std::int64_t last = 0;
  for (std::uint64_t step = 0; !bytes.empty();) {
    if (!get(bytes, step)) return false;
    look.rules.push_back(last += static_cast<std::int64_t>(step));
  }
  return true;
}

std::string to_bytes(const RulePages& pages) {
  std::string out;
  for (const auto& [rule, count] : pages) put(static_cast<std::uint64_t>(rule), out), put(static_cast<std::uint64_t>(count), out);
  return out;
}

bool from_bytes(std::string_view bytes, RulePages& pages) {
  pages.clear();
  for (std::uint64_t rule = 0, count = 0; !bytes.empty();) {
    if (!get(bytes, rule) || !get(bytes, count)) return false;
    pages[static_cast<std::int64_t>(rule)] = static_cast<std::int64_t>(count);
  }
  return true;
}

}  // namespace marrow
