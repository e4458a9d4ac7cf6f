// The state file's schema and its versions. Takes an open database, leaves it at the version of this program: a fresh file is
// made, an older one is migrated in one transaction, anything else is refused and not written to. Private to batch/state.cc.
#pragma once

#include "batch/sqlite.h"

namespace marrow {

inline constexpr std::int64_t kStateVersion = 3;

// True where the file was made just now.
Result<bool> check_and_migrate(Database& db);

}  // namespace marrow
