// The sink of a folder: one file a record. See sink/sink.h.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "sink/sink.h"

namespace marrow {

bool names_folder(const std::string& out);  // ends in '/' or exists as a folder
Result<std::unique_ptr<Sink>> open_folder_sink(const std::string& folder, Format format);

}  // namespace marrow
