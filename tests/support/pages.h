// The evaluation pages beside the repository, where they are there.
#pragma once

#include <string>
#include <vector>

namespace marrow::test {

// Paths of shared/eval/wcxb-dev/html/*.html.gz in order; empty where there is none.
std::vector<std::string> shared_pages();

// The file's bytes, unpacked where it is gzip.
std::string read_page(const std::string& path);

}  // namespace marrow::test
