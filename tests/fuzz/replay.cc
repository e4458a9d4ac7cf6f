// Runs a fuzz target over files and folders of inputs: what stands in for libFuzzer where there is none. Fails where there is
// nothing to run.
//
//   TARGET_fuzz SEEDS…                          each input once (-runs=0, which libFuzzer wants for that, is passed over)
//   TARGET_fuzz -mutate_seconds=5 SEEDS…        and then damaged copies of them, always the same ones in the same order, for so
//                                               much processor time. The copy that ends the process is kept as found.HASH.
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "fuzz/fuzz.h"

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxBytes = 8192;  // as scripts/fuzz has it
constexpr int kMaxChanges = 6;

std::string under_test;  // for keep(), which a signal calls

std::vector<fs::path> files_of(const fs::path& path) {
  if (!fs::is_directory(path)) return {path};
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(path))
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return std::string((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
}

void run(const std::string& bytes) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

// The process is ending: that this is no function for signal handlers does not matter any more.
void keep(int signal) {
  std::signal(signal, SIG_DFL);
  const std::string name = "found." + std::to_string(std::hash<std::string>()(under_test));
  std::ofstream(name, std::ios::binary) << under_test;
  std::fprintf(stderr, "the input is kept in %s\n", name.c_str());
  std::raise(signal);
}

class Damage {
 public:
  explicit Damage(const std::vector<std::string>& seeds) : seeds_(seeds) {}
  std::string next() {
    std::string bytes = any();
    for (int changes = below(kMaxChanges) + 1; changes > 0; --changes) change(bytes);
    return bytes.substr(0, kMaxBytes);
  }

 private:
  int below(std::size_t n) { return static_cast<int>(random_() % std::max<std::size_t>(n, 1)); }
  const std::string& any() { return seeds_[static_cast<std::size_t>(below(seeds_.size()))]; }
  std::size_t place(const std::string& in) { return static_cast<std::size_t>(below(in.size() + 1)); }
  void change(std::string& bytes) {
    const std::size_t at = place(bytes);
    const std::size_t some = static_cast<std::size_t>(below(below(8) == 0 ? 400 : 12));
    switch (below(7)) {
      case 0:
        if (at < bytes.size()) bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8)));
        break;
      case 1: bytes.erase(at, some); break;
      case 2: bytes.insert(at, some, static_cast<char>(random_())); break;
      case 3: bytes.insert(place(bytes), bytes.substr(at, some)); break;
      case 4: bytes.resize(at); break;
      case 5: {
        const std::string& other = any();
        bytes = bytes.substr(0, at) + other.substr(place(other));
        break;
      }
      default: {
        const std::string& other = any();
        bytes.insert(at, other, place(other), some);
      }
    }
  }

  const std::vector<std::string>& seeds_;
  std::mt19937 random_{1};
};

std::size_t mutate(const std::vector<std::string>& seeds, double seconds) {
  Damage damage(seeds);
  const std::clock_t end = std::clock() + static_cast<std::clock_t>(seconds * CLOCKS_PER_SEC);
  std::size_t runs = 0;
  for (; std::clock() < end; ++runs) run(under_test = damage.next());
  return runs;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> seeds;
  double seconds = 0;
  for (const int signal : {SIGABRT, SIGSEGV, SIGFPE}) std::signal(signal, keep);
  constexpr const char* kSeconds = "-mutate_seconds=";
  for (int i = 1; i < argc; ++i) {
    if (std::strncmp(argv[i], kSeconds, std::strlen(kSeconds)) == 0) seconds = std::strtod(argv[i] + std::strlen(kSeconds), nullptr);
    if (argv[i][0] == '-') continue;
    for (const fs::path& file : files_of(argv[i])) {
      under_test = seeds.emplace_back(read(file));
      run(under_test);
    }
  }
  const std::size_t runs = seeds.empty() || seconds <= 0 ? 0 : mutate(seeds, seconds);
  std::printf("%zu inputs, %zu damaged copies\n", seeds.size(), runs);
  return seeds.empty() ? 1 : 0;
}
