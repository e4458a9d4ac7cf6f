#include "support/pages.h"

#include <zlib.h>

#include <algorithm>
#include <filesystem>
#include <memory>

namespace marrow::test {

std::vector<std::string> shared_pages() {
  std::vector<std::string> paths;
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::path(MARROW_SHARED_DIR) / "eval/wcxb-dev/html";
  for (const auto& entry : std::filesystem::directory_iterator(folder, error))
    if (entry.path().extension() == ".gz") paths.push_back(entry.path().string());
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::string read_page(const std::string& path) {
  struct Close {
    void operator()(gzFile_s* file) const { gzclose(file); }
  };
  const std::unique_ptr<gzFile_s, Close> file(gzopen(path.c_str(), "rb"));
  std::string bytes;
  char buffer[65536];
  for (int got = 0; file && (got = gzread(file.get(), buffer, sizeof buffer)) > 0;)
    bytes.append(buffer, static_cast<std::size_t>(got));
  return bytes;
}

}  // namespace marrow::test
