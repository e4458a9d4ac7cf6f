#include "source/names.h"

#include "base/text.h"

namespace marrow {
namespace {

constexpr std::string_view kPacked[] = {".gz", ".zst"};
struct KnownSuffix {
  std::string_view suffix;
  NameKind kind;
};
constexpr KnownSuffix kKnown[] = {
    {".html", NameKind::html},   {".htm", NameKind::html},     {".xhtml", NameKind::html},
    {".txt", NameKind::text},    {".jsonl", NameKind::jsonl},  {".ndjson", NameKind::jsonl},
    {".warc", NameKind::warc},   {".wet", NameKind::warc},
};

// A name is more than its suffix: ".html" is a hidden file without one.
bool has_suffix(std::string_view name, std::string_view suffix) {
  return name.size() > suffix.size() &&
         iequals_ascii(name.substr(name.size() - suffix.size()), suffix);
}

std::string_view unpacked(std::string_view name) {
  for (const std::string_view suffix : kPacked)
    if (has_suffix(name, suffix)) return name.substr(0, name.size() - suffix.size());
  return name;
}

const KnownSuffix* known(std::string_view name) {
  for (const KnownSuffix& entry : kKnown)
    if (has_suffix(name, entry.suffix)) return &entry;
  return nullptr;
}

}  // namespace

std::string_view base_name(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

NameKind kind_of_name(std::string_view path) {
  const KnownSuffix* entry = known(unpacked(base_name(path)));
  return entry ? entry->kind : NameKind::unknown;
}

std::string_view without_suffixes(std::string_view path) {
  const std::string_view name = base_name(path);
  const std::string_view inner = unpacked(name);
  const KnownSuffix* entry = known(inner);
  const std::size_t left = entry ? inner.size() - entry->suffix.size() : inner.size();
  return path.substr(0, path.size() - name.size() + left);
}

std::string id_of_path(std::string_view path) {
  return std::string(base_name(without_suffixes(path)));
}

}  // namespace marrow
