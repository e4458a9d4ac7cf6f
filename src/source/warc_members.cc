#include "source/warc_members.h"

#include <zstd.h>

#include <algorithm>
#include <utility>

#include "source/gunzip.h"

namespace marrow {
namespace {

using namespace std::string_view_literals;
constexpr std::string_view kGzipMagic = "\x1f\x8b"sv, kZstdMagic = "\x28\xb5\x2f\xfd"sv, kDictionaryMagic = "\x5d\x2a\x4d\x18"sv;
constexpr std::string_view kRecord = "WARC/"sv;
constexpr std::size_t kSkippableHead = 8;  // magic and size

// A dictionary of more is none: zstd's own tools make 112 kB, archives use up to 1 MB.
constexpr std::uint64_t kMostDictionary = std::uint64_t{16} << 20;
// Looked at to see whether a member holds a record: a gzip header with a long file name, and the first block's tables; zstd
// gives nothing before it has a whole block (128 kB at most) and its header.
constexpr std::size_t kLookGzip = std::size_t{8} << 10, kLookZstd = std::size_t{160} << 10;
// Bytes that may be gone back over after damage, for each byte read, and to begin with: enough for a file whose every
// tenth member is broken, and a bound for one that is made of beginnings.
constexpr std::uint64_t kBackFactor = 4, kBackBytes = std::uint64_t{64} << 20;
// A frame may ask for a window of up to this many bits (128 MB): what zstd --long=27 writes and its decoder takes unasked.
constexpr int kMostWindowLog = 27;

Error damage(std::string what) { return {ErrorKind::skip_page, std::move(what)}; }
Error broken_stream(const Error& error) { return {ErrorKind::stop_run, error.message}; }

std::uint32_t little_endian(std::string_view four) {
  std::uint32_t value = 0;
  for (std::size_t i = 4; i-- > 0;) value = value << 8 | static_cast<unsigned char>(four[i]);
  return value;
}

bool is_skippable(std::string_view head) {
  return head.size() >= 4 && (static_cast<unsigned char>(head[0]) & 0xf0) == 0x50 && head.substr(1, 3) == "\x2a\x4d\x18"sv;
}

// A gzip member by its first four bytes: deflate, and no reserved flag.
bool begins_gzip(std::string_view head) {
  return head.size() >= 4 && head.starts_with(kGzipMagic) && head[2] == 8 && (static_cast<unsigned char>(head[3]) & 0xe0) == 0;
}

}  // namespace

Packing packing_of(std::string_view head) {
  if (head.starts_with(kGzipMagic)) return Packing::gzip;
  return head.starts_with(kZstdMagic) || is_skippable(head) ? Packing::zstd : Packing::plain;
}

std::uint64_t dictionary_frame_size(std::string_view head) {
  if (head.size() < kSkippableHead || !head.starts_with(kDictionaryMagic)) return 0;
  return kSkippableHead + little_endian(head.substr(4));
}

std::string_view dictionary_frame(std::string_view head) {
  const std::uint64_t size = dictionary_frame_size(head);
  return size <= head.size() ? head.substr(0, static_cast<std::size_t>(size)) : std::string_view();
}

// One member's packed bytes -> its bytes. decode() takes and gives what it can of both.
struct WarcMembers::Decoder {
  virtual ~Decoder() = default;
  virtual void restart() = 0;
  using Step = Gunzip::Step;
  virtual Step decode(std::string_view in, char* out, std::size_t size) = 0;
};

struct WarcMembers::GzipDecoder final : Decoder {
  void restart() override { gunzip.restart(); }
  Step decode(std::string_view in, char* out, std::size_t size) override { return gunzip.decode(in, out, size); }
  Gunzip gunzip;
};

struct WarcMembers::ZstdDecoder final : Decoder {
  struct Free {
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
  };
  ZstdDecoder() : context(ZSTD_createDCtx()) {
    if (context) ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, kMostWindowLog);
  }
  void restart() override {
    if (context) ZSTD_DCtx_reset(context.get(), ZSTD_reset_session_only);
  }
  bool load(std::string_view dictionary) {
    return context && !ZSTD_isError(ZSTD_DCtx_loadDictionary(context.get(), dictionary.data(), dictionary.size()));
  }
  Step decode(std::string_view in, char* out, std::size_t size) override {
    if (!context) return {0, 0, false, "out of memory"};
    ZSTD_inBuffer from{in.data(), in.size(), 0};
    ZSTD_outBuffer to{out, size, 0};
    const std::size_t left = ZSTD_decompressStream(context.get(), &to, &from);
    Step step{from.pos, to.pos, left == 0, nullptr};
    if (ZSTD_isError(left)) step = {from.pos, to.pos, false, ZSTD_getErrorName(left)};
    return step;
  }
  std::unique_ptr<ZSTD_DCtx, Free> context;
};

WarcMembers::WarcMembers(std::unique_ptr<ByteStream> raw) : raw_(std::move(raw), 0) {}
WarcMembers::WarcMembers(std::unique_ptr<ByteStream> raw, std::uint64_t offset, Packing packing, std::string_view dictionary)
    : raw_(std::move(raw), offset), member_(offset), looked_(true), dictionary_(dictionary) {
  set_packing(packing);
}
WarcMembers::WarcMembers(WarcMembers&&) noexcept = default;
WarcMembers::~WarcMembers() = default;

void WarcMembers::set_packing(Packing packing) {
  packing_ = packing;
  if (packing == Packing::gzip) decoder_ = std::make_unique<GzipDecoder>();
  if (packing == Packing::zstd) decoder_ = std::make_unique<ZstdDecoder>();
}

// Before the first member: what the archive is packed as, and the dictionary from elsewhere. False if there is nothing.
Result<bool> WarcMembers::look() {
  Result<bool> any = raw_.fill(4);
  if (!any) return broken_stream(any.error());
  if (!std::exchange(looked_, true)) set_packing(packing_of(raw_.unread()));
  if (const std::string frame = std::exchange(dictionary_, {}); !frame.empty() && packing_ == Packing::zstd)
    if (Status loaded = load_dictionary(frame); !loaded) return loaded.error();
  return *any;
}

Status WarcMembers::load_dictionary(std::string_view frame) {
  auto& decoder = static_cast<ZstdDecoder&>(*decoder_);
  std::string_view content = frame.substr(std::min(kSkippableHead, frame.size()));
  std::string plain;
  if (content.starts_with(kZstdMagic)) {
    const unsigned long long size = ZSTD_getFrameContentSize(content.data(), content.size());
    if (size > kMostDictionary) return damage("its dictionary says no size, or one over 16 MB");
    plain.resize(static_cast<std::size_t>(size));
    const std::size_t made = ZSTD_decompress(plain.data(), plain.size(), content.data(), content.size());
    if (ZSTD_isError(made)) return damage(std::string("its dictionary is broken: ") + ZSTD_getErrorName(made));
    content = plain;
  }
  if (!decoder.load(content)) return damage("its dictionary is broken");
  return Ok{};
}

// Frames that hold no data: the dictionary is taken, others are read over.
Status WarcMembers::skip_frame() {
  Result<bool> any = raw_.fill(kSkippableHead);
  if (!any) return broken_stream(any.error());
  const std::string_view head = raw_.unread();
  if (head.size() < kSkippableHead) return damage("ends in the middle of a zstd frame (cut short)");
  std::uint64_t size = kSkippableHead + little_endian(head.substr(4));
  if (head.starts_with(kDictionaryMagic) && size <= kMostDictionary) {
    if (Result<bool> more = raw_.fill(static_cast<std::size_t>(size)); !more) return broken_stream(more.error());
    if (raw_.unread().size() < size) return damage("ends in the middle of its dictionary (cut short)");
    if (Status loaded = load_dictionary(raw_.unread().substr(0, static_cast<std::size_t>(size))); !loaded) return loaded;
  }
  while (size > 0) {
    Result<bool> more = raw_.fill();
    if (!more) return broken_stream(more.error());
    if (!*more) return damage("ends in the middle of a zstd frame (cut short)");
    const std::size_t n = static_cast<std::size_t>(std::min<std::uint64_t>(size, raw_.unread().size()));
    raw_.take(n);
    raw_.keep();
    size -= n;
  }
  return Ok{};
}

Result<bool> WarcMembers::begin() {
  if (!looked_ || !dictionary_.empty())
    if (Result<bool> any = look(); !any || !*any) return any;
  if (packing_ == Packing::plain) {
    const bool first = !std::exchange(plain_done_, true);
    open_ = first;
    return first;
  }
  for (;;) {
    Result<bool> any = raw_.fill(4);
    if (!any) return broken_stream(any.error());
    raw_.keep();
    member_ = raw_.offset();
    if (!*any) return false;
    const std::string_view head = raw_.unread();
    if (head[0] == 0) {  // padding between members and behind the last
      raw_.take(std::min(head.find_first_not_of('\0'), head.size()));
      continue;
    }
    if (packing_ == Packing::zstd && is_skippable(head)) {
      if (Status skipped = skip_frame(); !skipped) return skipped.error();
      continue;
    }
    if (packing_ == Packing::gzip ? !begins_gzip(head) : !head.starts_with(kZstdMagic))
      return damage(packing_ == Packing::gzip ? "no gzip member begins here" : "no zstd frame begins here");
    decoder_->restart();
    open_ = true;
    return true;
  }
}

Result<std::size_t> WarcMembers::read(char* to, std::size_t size) {
  while (open_) {
    Result<bool> any = raw_.fill();
    if (!any) return broken_stream(any.error());
    if (packing_ == Packing::plain) {
      const std::string_view in = raw_.unread();
      const std::size_t n = std::min(size, in.size());
      std::copy_n(in.data(), n, to);
      raw_.take(n);
      raw_.keep();
      open_ = n > 0;
      return n;
    }
    const Decoder::Step step = decoder_->decode(raw_.unread(), to, size);
    raw_.take(step.taken);
    if (step.fault) return damage(std::string(packing_ == Packing::gzip ? "broken gzip: " : "broken zstd: ") + step.fault);
    open_ = !step.ended;
    if (step.made > 0) return step.made;
    if (open_ && !*any) return damage(std::string("ends in the middle of its ") + (packing_ == Packing::gzip ? "gzip" : "zstd") + " data (cut short)");
  }
  return std::size_t{0};
}

// Does the member at the cursor unpack to something that begins like a record? Leaves the cursor where it was.
Result<bool> WarcMembers::holds_record() {
  const std::size_t look = packing_ == Packing::gzip ? kLookGzip : kLookZstd;
  if (Result<bool> any = raw_.fill(look); !any) return broken_stream(any.error());
  const std::string_view in = raw_.unread().substr(0, look);
  char first[kRecord.size()] = {};
  decoder_->restart();
  std::size_t taken = 0, made = 0;
  while (made < sizeof first) {
    const Decoder::Step step = decoder_->decode(in.substr(taken), first + made, sizeof first - made);
    if (step.fault || step.ended || (step.taken == 0 && step.made == 0)) break;
    taken += step.taken;
    made += step.made;
  }
  return std::string_view(first, made) == kRecord;
}

Result<bool> WarcMembers::find_member() {
  if (!looked_ || !dictionary_.empty())
    if (Result<bool> any = look(); !any || !*any) return any;
  if (packing_ == Packing::plain) return begin();
  const std::string_view magic = packing_ == Packing::gzip ? kGzipMagic : kZstdMagic;
  for (;;) {
    Result<bool> any = raw_.fill(4);
    if (!any) return broken_stream(any.error());
    const std::string_view bytes = raw_.unread();
    if (bytes.size() < 4) return false;
    const std::size_t at = bytes.find(magic);
    // What may be the beginning of the magic stays for the next turn.
    raw_.take(at == std::string_view::npos ? bytes.size() - (magic.size() - 1) : at);
    raw_.keep();
    if (at == std::string_view::npos) continue;
    if (Result<bool> whole = raw_.fill(4); !whole) return broken_stream(whole.error());
    if (packing_ == Packing::zstd || begins_gzip(raw_.unread())) {
      Result<bool> record = holds_record();
      if (!record) return record;
      if (*record) return begin();
    }
    raw_.take(1);
  }
}

Result<bool> WarcMembers::resync() {
  const bool was_open = std::exchange(open_, false);
  if (packing_ == Packing::plain) return false;
  const std::uint64_t here = raw_.offset(), wanted = member_ + 1;
  if (here > wanted && read_again_ + (here - wanted) <= kBackBytes + kBackFactor * here && raw_.back(wanted)) read_again_ += here - wanted;
  if (was_open && here < wanted) {  // the fault was told before a byte of the member was taken: not there again
    if (Result<bool> any = raw_.fill(); !any) return broken_stream(any.error());
    raw_.take(std::min<std::size_t>(1, raw_.unread().size()));
  }
  return find_member();
}

}  // namespace marrow
