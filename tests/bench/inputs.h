// Pages and texts of a file or folder, in memory, as `marrow clean` reads them.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "source/open.h"

namespace marrow {

inline std::vector<Input> read_inputs(const std::string& path) {
  std::vector<Input> inputs;
  auto source = open_source({.paths = {path}});
  if (!source) {
    std::fprintf(stderr, "%s\n", source.error().message.c_str());
    std::exit(2);
  }
  for (Source::Item item; (*source)->next(item);)
    if (Input* input = std::get_if<Input>(&item)) inputs.push_back(std::move(*input));
  return inputs;
}

}  // namespace marrow
