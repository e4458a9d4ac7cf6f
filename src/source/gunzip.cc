#include "source/gunzip.h"

#include <isa-l/igzip_lib.h>

#include <algorithm>
#include <cstdint>

namespace marrow {
namespace {

// ISA-L counts what it is given in 32 bits.
constexpr std::size_t kMostAtOnce = std::size_t{1} << 30;

const char* describe(int code) {
  switch (code) {
    case ISAL_DECOMP_OK:
    case ISAL_END_INPUT:
    case ISAL_OUT_OVERFLOW: return nullptr;
    case ISAL_INVALID_BLOCK: return "invalid block";
    case ISAL_INVALID_SYMBOL: return "invalid symbol";
    case ISAL_INVALID_LOOKBACK: return "it refers to bytes before its first";
    case ISAL_INVALID_WRAPPER: return "no gzip header";
    case ISAL_UNSUPPORTED_METHOD: return "unknown compression method";
    case ISAL_INCORRECT_CHECKSUM: return "wrong checksum or length";
    default: return "damaged";
  }
}

}  // namespace

// The header is read by a call of its own, which keeps what it has seen of it: isal_inflate() forgets that between two pieces.
struct Gunzip::State {
  inflate_state inflate;
  isal_gzip_header header;
  bool in_header;
};

Gunzip::Gunzip() : state_(std::make_unique<State>()) {
  isal_inflate_init(&state_->inflate);
  restart();
}
Gunzip::Gunzip(Gunzip&&) noexcept = default;
Gunzip& Gunzip::operator=(Gunzip&&) noexcept = default;
Gunzip::~Gunzip() = default;

void Gunzip::restart() {
  isal_inflate_reset(&state_->inflate);
  state_->inflate.crc_flag = ISAL_GZIP_NO_HDR_VER;
  isal_gzip_header_init(&state_->header);
  state_->in_header = true;
}

Gunzip::Step Gunzip::decode(std::string_view in, char* out, std::size_t size) {
  inflate_state& state = state_->inflate;
  state.next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(in.data()));
  state.avail_in = static_cast<std::uint32_t>(std::min(in.size(), kMostAtOnce));
  state.next_out = reinterpret_cast<std::uint8_t*>(out);
  state.avail_out = static_cast<std::uint32_t>(std::min(size, kMostAtOnce));
  const std::uint32_t offered = state.avail_in, room = state.avail_out;
  int code = ISAL_DECOMP_OK;
  if (state_->in_header) {
    code = isal_read_gzip_header(&state, &state_->header);
    state_->in_header = code != ISAL_DECOMP_OK;
  }
  if (!state_->in_header) code = isal_inflate(&state);
  // Where the last code is cut short ISA-L may count a byte that was not there (and says that the code is invalid).
  const std::uint32_t left = state.avail_in > offered ? 0 : state.avail_in;
  return {offered - left, room - state.avail_out, state.block_state == ISAL_BLOCK_FINISH, describe(code)};
}

}  // namespace marrow
