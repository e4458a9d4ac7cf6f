// The files of rules/ as they were when the program was built: rule files (TOML) and models (binary).
// Gives views into the program itself: they live as long as it does. Sorted by path. Any thread.
#pragma once

#include <span>
#include <string_view>

namespace marrow {

struct BuiltinFile {
  std::string_view path;  // below rules/, e.g. "signals/structure.toml", "model/blocks.bin"
  std::string_view bytes;
};

std::span<const BuiltinFile> builtin_files();
// The bytes of one file, empty if there is none of that path.
std::string_view builtin_file(std::string_view path);

}  // namespace marrow
