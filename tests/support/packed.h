// Compressed bytes for tests, made by the libraries and not by what is under test.
#pragma once

#include <string>
#include <string_view>

namespace marrow::test {

std::string gzip(std::string_view bytes);  // one member
std::string zstd(std::string_view bytes);  // one frame
std::string gunzip(std::string_view bytes);  // all members; throws where they are broken
std::string unzstd(std::string_view bytes);

}  // namespace marrow::test
