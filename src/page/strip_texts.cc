#include "page/strip_texts.h"

#include <cstring>

namespace marrow {
bool TextsAside::is_plain_slowly(const char* begin, const char* end) {
  for (const char* at = begin; at + 1 < end; ++at) {
    const auto lead = static_cast<unsigned char>(at[0]), next = static_cast<unsigned char>(at[1]);
    if (lead == 0xC2 && next < 0xA0) return false;                    // U+0080 to U+009F
    if (lead == 0xEF && (next == 0xB7 || next == 0xBF)) return false;  // among them U+FDD0 to U+FDEF, U+FFFE, U+FFFF
  }
  return true;
}

char* TextsAside::put(const char* begin, const char* end, char* to) {
  if (static_cast<std::size_t>(end - begin) < kMinBytes || out_.texts_ends_.size() >= kMaxTexts) return nullptr;
  const std::uint32_t mark = kFirstMark + static_cast<std::uint32_t>(out_.texts_ends_.size());
  out_.texts_.append(begin, end);
  out_.texts_ends_.push_back(out_.texts_.size());
  *to++ = kMarkLead;
  *to++ = static_cast<char>(0x80 | (mark >> 12 & 0x3F));
  *to++ = static_cast<char>(0x80 | (mark >> 6 & 0x3F));
  *to++ = static_cast<char>(0x80 | (mark & 0x3F));
  return to;
}

std::string_view StripOutput::whole_text(std::string_view text, std::string& scratch) const {
  if (texts_ends_.empty()) return text;
  const auto next_mark = [&](std::size_t from) {
    const void* found = from < text.size() ? std::memchr(text.data() + from, TextsAside::kMarkLead, text.size() - from) : nullptr;
    return found ? static_cast<std::size_t>(static_cast<const char*>(found) - text.data()) : std::string_view::npos;
  };
  std::size_t mark = next_mark(0);
  if (mark == std::string_view::npos) return text;
  scratch.clear();
  std::size_t from = 0;
  for (; mark != std::string_view::npos && mark + TextsAside::kMarkBytes <= text.size(); mark = next_mark(from)) {
    const auto bits = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(text[mark + i]) & 0x3F); };
    const std::size_t number = (bits(1) << 12 | bits(2) << 6 | bits(3)) & 0xFFFF;
    if (number >= texts_ends_.size()) break;  // cannot be: strip() would have seen where it comes from
    const std::size_t begin = number == 0 ? 0 : texts_ends_[number - 1];
    const std::string_view stretch = std::string_view(texts_).substr(begin, texts_ends_[number] - begin);
    if (text.size() == TextsAside::kMarkBytes) return stretch;
    scratch.append(text.substr(from, mark - from)).append(stretch);
    from = mark + TextsAside::kMarkBytes;
  }
  scratch.append(text.substr(from));
  return scratch;
}

}  // namespace marrow
