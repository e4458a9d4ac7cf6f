#include "rules/builtin.h"

#include <array>
#include <cstddef>

// Labels of the assembler file that cmake/embed_rules.cmake writes.
#define MARROW_RULE_FILE(index, path) \
  extern "C" const char marrow_rule_##index; \
  extern "C" const char marrow_rule_##index##_end;
#include "rules.inc"
#undef MARROW_RULE_FILE

namespace marrow {
namespace {

const auto& files() {
  static const auto all = std::to_array<BuiltinFile>({
#define MARROW_RULE_FILE(index, path) \
  {path, {&marrow_rule_##index, static_cast<std::size_t>(&marrow_rule_##index##_end - &marrow_rule_##index)}},
#include "rules.inc"
#undef MARROW_RULE_FILE
      {},  // so that the list is never empty
  });
  return all;
}

}  // namespace

std::span<const BuiltinFile> builtin_files() { return std::span(files()).first(files().size() - 1); }

std::string_view builtin_file(std::string_view path) {
  for (const BuiltinFile& file : builtin_files())
    if (file.path == path) return file.bytes;
  return {};
}

}  // namespace marrow
