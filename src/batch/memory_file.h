// A site memory as a file (src/memory/FORMAT.md): read whole, and written whole or not at all. A file that is missing,
// foreign, damaged or of a newer program is refused with a sentence that names it.
#pragma once

#include <string>

#include "base/result.h"
#include "memory/site_memory.h"

namespace marrow {

Result<SiteMemory> read_memory(const std::string& path);
// Is it one, by its first bytes?
bool is_memory_file(const std::string& path);
Status write_memory(const SiteMemory& memory, const std::string& path);

}  // namespace marrow
