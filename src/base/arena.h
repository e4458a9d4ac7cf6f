// Arena: bump memory for everything that lives as long as one page. Takes sizes, gives 16-byte
// aligned memory; freed whole by reset(), which keeps the chunks for the next page, so that a worker
// in its steady state calls malloc no more. Never throws: a request over the budget gives nullptr.
// One thread. Every string_view of a Document points into the arena of the PageReader that made it
// and dies at the reader's next page.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace marrow {

class Arena {
 public:
  explicit Arena(std::size_t budget_bytes = std::size_t{256} << 20) : budget_(budget_bytes) {}
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  // Uninitialised memory, or nullptr once the budget of this page is spent.
  void* allocate(std::size_t size) {
    size = (size + 15) & ~std::size_t{15};
    if (size > static_cast<std::size_t>(end_ - cursor_)) return allocate_slow(size);
    void* at = cursor_;
    cursor_ += size;
    return at;
  }

  // A copy that lives as long as the page; empty once the budget is spent.
  std::string_view copy(std::string_view text) {
    if (text.empty()) return {};
    char* at = static_cast<char*>(allocate(text.size()));
    if (!at) return {};
    std::memcpy(at, text.data(), text.size());
    return {at, text.size()};
  }

  void reset();  // frees everything at once; chunks beyond kKeep bytes go back to the system
  void set_budget(std::size_t bytes) { budget_ = bytes; }
  std::size_t used() const;      // bytes handed out since reset(), rounded up to chunks filled
  std::size_t reserved() const;  // bytes held from the system

 private:
  struct Chunk {
    std::unique_ptr<char[]> memory;
    std::size_t size;
  };
  void* allocate_slow(std::size_t size);
  bool add_chunk(std::size_t bytes);

  std::vector<Chunk> chunks_;
  std::size_t current_ = 0;  // index of the chunk being filled
  std::size_t filled_ = 0;   // bytes of the chunks before it
  char* cursor_ = nullptr;
  char* end_ = nullptr;
  std::size_t budget_;
};

}  // namespace marrow
