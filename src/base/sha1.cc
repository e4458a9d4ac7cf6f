#include "base/sha1.h"

#include <openssl/evp.h>

#include <array>
#include <cstdlib>
#include <memory>

namespace marrow {
namespace {

struct Free {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

constexpr std::size_t kSize = 20;  // bytes: 160 bits, 32 digits of 5 bits without a rest

}  // namespace

std::string sha1_base32(std::string_view bytes) { return sha1_base32(bytes, {}); }

std::string sha1_base32(std::string_view first, std::string_view then) {
  const std::unique_ptr<EVP_MD_CTX, Free> context(EVP_MD_CTX_new());
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  // libcrypto fails here only when memory is gone or the library is broken: nothing could go on.
  if (!context || EVP_DigestInit_ex(context.get(), EVP_sha1(), nullptr) != 1 ||
      EVP_DigestUpdate(context.get(), first.data(), first.size()) != 1 ||
      EVP_DigestUpdate(context.get(), then.data(), then.size()) != 1 ||
      EVP_DigestFinal_ex(context.get(), digest.data(), nullptr) != 1)
    std::abort();
  constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string out;
  unsigned buffer = 0;
  int bits = 0;
  for (std::size_t i = 0; i < kSize; ++i) {
    buffer = (buffer << 8) | digest[i];
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += kDigits[(buffer >> bits) & 31U];
    }
  }
  return out;
}

}  // namespace marrow
