// Packer: bytes -> bytes, compressed as the name of the output asks (.gz, .zst) or as they are. The same bytes in
// whatever pieces give the same bytes out; no time and no name of the machine in the header. One thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace marrow {

class Packer {
 public:
  virtual ~Packer() = default;
  // Appends to `out` what is ready. False only where memory is out.
  virtual bool add(std::string_view bytes, std::string& out) = 0;
  virtual bool finish(std::string& out) = 0;
};

// By the suffix of `path`.
std::unique_ptr<Packer> packer_for(std::string_view path);

}  // namespace marrow
