// PageWire: an Input or a Record as bytes between two processes of one program, and back. Both ends are the same build:
// no versions, the machine's own numbers. Reading checks every length and gives false on anything that is not whole.
// Pure.
#pragma once

#include <string>
#include <string_view>

#include "base/stages.h"
#include "batch/page_extras.h"
#include "record/record.h"
#include "source/input.h"

namespace marrow {

// All of an Input but its bytes, which follow by themselves: they are not worth a copy.
void pack_input(const Input& input, std::string& out, bool with_extras = false);
bool unpack_input(std::string_view bytes, Input& input, bool* with_extras = nullptr);

void pack_times(const StageTimes& times, std::string& out);
bool unpack_times(std::string_view bytes, StageTimes& times);

// With what the run asked for beside the record, if it did (batch/page_extras.h).
void pack_record(const Record& record, std::string& out, const PageExtras* extras = nullptr);
bool unpack_record(std::string_view bytes, Record& record, PageExtras* extras = nullptr);

}  // namespace marrow
