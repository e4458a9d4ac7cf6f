// SHA-256 (FIPS 180-4) as lower-case hex. The only door to libcrypto's digests. One Sha256 a thread.
//
//   Sha256 sha;
//   sha.update(path);
//   sha.update(bytes);
//   std::string digest = sha.hex();   // 64 characters; the object is spent
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace marrow {

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  void update(std::string_view bytes);
  std::string hex();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

std::string sha256_hex(std::string_view bytes);

}  // namespace marrow
