#include "batch/quarantine.h"

#include <filesystem>
#include <string_view>
#include <system_error>

#include "base/sha256.h"
#include "sink/file.h"
#include "sink/name.h"

namespace marrow {
namespace {

constexpr std::size_t kHashDigits = 12;

bool write_file(const std::string& path, std::string_view bytes) {
  auto file = OutputFile::create(path);
  return file && file->write(bytes) && file->commit();
}

// One argument of a shell command.
std::string shell_word(std::string_view text) {
  std::string out = "'";
  for (const char c : text)
    if (c == '\'')
      out += "'\\''";
    else
      out += c;
  return out + "'";
}

// A value on a line of its own: ids and addresses are the page's, and may hold anything.
std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) out += static_cast<unsigned char>(c) < ' ' || c == 0x7F ? '?' : c;
  return out;
}

}  // namespace

std::string Quarantine::keep(const Input& input, const std::string& how_it_ended) {
  ++seen_;
  if (folder_.empty()) return {};
  const std::lock_guard lock(mutex_);
  if (pages_ >= kMaxPages || bytes_ + input.bytes.size() > kMaxBytes) return {};
  std::error_code failed;
  std::filesystem::create_directories(folder_, failed);
  if (failed) return {};
  const bool text = input.content == Input::Content::text;
  const std::string stem = folder_ + "/" + safe_name(input.id) + "-" + sha256_hex(input.bytes).substr(0, kHashDigits);
  const std::string page = stem + (text ? ".txt" : ".html");
  const std::string repeat = "marrow clean " + shell_word(page);
  const std::string notes = "id       " + one_line(input.id) + "\nurl      " + one_line(input.url) + "\ncharset  " + one_line(input.charset) +
                            "\norigin   " + one_line(input.origin) + "\nended    " + how_it_ended + "\nrepeat   " + repeat + "\n";
  if (!write_file(page, input.bytes) || !write_file(stem + ".note", notes)) return {};
  ++pages_;
  bytes_ += input.bytes.size();
  return repeat;
}

}  // namespace marrow
