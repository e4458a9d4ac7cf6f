// File names: which are inputs, of what kind, and the id they give. No look at the disk.
#pragma once

#include <string>
#include <string_view>

namespace marrow {

enum class NameKind : unsigned char { unknown, html, text, jsonl, warc };
constexpr bool holds_many(NameKind kind) { return kind == NameKind::jsonl || kind == NameKind::warc; }

// By the suffix, without .gz or .zst; letters of either case.
NameKind kind_of_name(std::string_view path);

// "pages/0001.html.gz" -> "0001"; "a.b.html" -> "a.b"; a name without a known suffix stays whole.
std::string id_of_path(std::string_view path);

// The same without the folder taken off: "pages/0001.html.gz" -> "pages/0001".
std::string_view without_suffixes(std::string_view path);
std::string_view base_name(std::string_view path);

}  // namespace marrow
