// What the files of this folder that know pybind11 share. This folder is the only door to it.
#pragma once

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <string>

#include "docs.h"

namespace marrow::python {

// A text that may hold a broken byte, as JSON output has it: U+FFFD in its place.
pybind11::object text_of(const std::string& text);
// The same; None for what is not known.
pybind11::object known(const std::string& text);

// Record and the values in it (records.cc).
void bind_records(pybind11::module_& module);

}  // namespace marrow::python
