// open_source: the arguments of a command -> a Source of Inputs, in a fixed order.
// Takes files (.html .htm .xhtml .txt, JSONL as .jsonl .ndjson, archives as .warc .wet, all of these also as .gz .zst; other
// names by a look at the bytes), folders (recursive, names sorted bytewise, hidden files and other names left out) and "-"
// (standard input: JSONL if it starts with '{', HTML if tags stand early, else text; FIFOs likewise).
// What cannot be had (missing, unreadable, empty, binary, broken compression, a bad line) is an
// InputFailure that names it, and the others go on. Folders are listed at once, files opened when next() comes to them.
// `id` of a file is its name without these suffixes. Where two files of one folder argument would get
// the same id, both get their path in that folder instead, without suffixes, or with them if that is still the same.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "source/input.h"

namespace marrow {

struct SourceSpec {
  std::vector<std::string> paths;
  // Of one page, decompressed. What lies behind is not read; one byte more is handed on, so that the
  // page stage sees that the page is over its budget (Budget::max_bytes) and says so.
  std::size_t max_bytes = std::size_t{20} << 20;
  // Of one JSONL line: a page of max_bytes in which every other character is escaped, and its other fields. A longer line is
  // a failure and the reader goes on with the next. It is held whole, in memory that doubles.
  std::size_t max_line_bytes = std::size_t{48} << 20;
  // Of the one WARC file that is given: only records that begin in these bytes (source/warc.h).
  std::uint64_t range_start = 0, range_length = UINT64_MAX;
};

// Fails only where no path is given, "-" is given twice, or a range of anything but one file is asked for.
Result<std::unique_ptr<Source>> open_source(const SourceSpec& spec);

}  // namespace marrow
