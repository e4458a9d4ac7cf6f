#include "source/warc.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "source/warc_members.h"

namespace marrow {
namespace {

constexpr std::string_view kBegin = "WARC/";
// Of a record's own header. Common Crawl's largest have 4 kB (URLs); a block of text that is no header must end somewhere.
constexpr std::size_t kMostHead = std::size_t{256} << 10;
// Unpacked at once: what the record still lacks, but no more memory than this on the word of a header alone.
constexpr std::size_t kReadBytes = std::size_t{64} << 10, kMostReadBytes = std::size_t{1} << 20;
// Bytes that may be searched again after faults in what a member holds, for each byte read, and to begin with.
constexpr std::uint64_t kAgainFactor = 4, kAgainBytes = std::uint64_t{64} << 20;

// Before a record stands an empty line, of CRLF.
constexpr std::uint64_t kBefore = 4;
constexpr std::size_t kDictionaryHead = 8;
// zstd gives nothing before it has a whole block, of 128 kB at most.
constexpr std::size_t kSniffZstd = std::size_t{160} << 10, kSniffOthers = 512;
constexpr std::uint64_t kMostDictionaryFrame = std::uint64_t{16} << 20;

bool is_newline(char c) { return c == '\r' || c == '\n'; }

std::string_view without_brackets(std::string_view text) {
  if (text.starts_with('<')) text.remove_prefix(1);
  if (text.ends_with('>')) text.remove_suffix(1);
  return text;
}

// Where a record may begin: "WARC/" behind an empty line. npos if nowhere.
std::size_t find_begin(std::string_view bytes, std::size_t from) {
  for (std::size_t at = bytes.find(kBegin, from); at != std::string_view::npos; at = bytes.find(kBegin, at + 1)) {
    if (at < 2 || bytes[at - 1] != '\n') continue;
    if (bytes[at - 2] == '\n' || (at >= 3 && bytes[at - 2] == '\r' && bytes[at - 3] == '\n')) return at;
  }
  return std::string_view::npos;
}

}  // namespace

std::string_view WarcRecord::target() const { return without_brackets(header.find("WARC-Target-URI")); }

std::string_view WarcRecord::id() const {
  std::string_view id = without_brackets(header.find("WARC-Record-ID"));
  constexpr std::string_view kUuid = "urn:uuid:";
  if (id.starts_with(kUuid)) id.remove_prefix(kUuid.size());
  return id;
}

struct WarcReader::State {
  enum class Flow : unsigned char { more, border, end, fault };

  State(std::string the_name, WarcMembers the_members, const WarcOptions& the_options)
      : name(std::move(the_name)), members(std::move(the_members)), options(the_options) {}

  Got next(WarcRecord& record);
  Got read_record(WarcRecord& record);
  bool open_member(const Result<bool>& begun);
  Flow fill(std::size_t want);
  Flow have(std::size_t bytes);
  Flow to_record();
  Flow read_head();
  Flow read_block();
  Flow read_border();
  Flow search();
  Got tell();
  Flow fail(std::string what);
  std::uint64_t here() const;
  bool beyond(std::uint64_t at) const { return at >= options.start && at - options.start >= options.length; }
  std::string_view bytes() const { return {buffer.data() + begin, end - begin}; }  // of the record, and what is read behind it

  std::string name;
  WarcMembers members;
  WarcOptions options;
  InputFailure fault;
  std::string what;              // of the fault under way
  bool unpack_fault = false;     // what is behind it in the member cannot be had
  bool ended = false, finding = false, searching = false, open = false, failed = false;
  std::string buffer;            // decompressed bytes, good up to `end`
  std::size_t begin = 0, end = 0;
  std::uint64_t dropped = 0;     // bytes of the member before buffer[0]
  std::uint64_t again = 0, total = 0;
  std::size_t head = 0, kept = 0;  // of the record under way: its header's size, its block's
  std::uint64_t length = 0;        // its Content-Length
  std::uint64_t offset = 0;        // where it begins
  HeaderFields header;
};

// Of the next byte, in the file.
std::uint64_t WarcReader::State::here() const {
  return members.packing() == Packing::plain ? members.member() + dropped + begin : members.member();
}

WarcReader::State::Flow WarcReader::State::fail(std::string why) {
  what = std::move(why);
  return Flow::fault;
}

// What a begin() or resync() said. False at the end or after a fault.
bool WarcReader::State::open_member(const Result<bool>& result) {
  open = result && *result;
  begin = end = 0;
  dropped = 0;
  unpack_fault = !result;
  failed = !result && result.error().kind == ErrorKind::stop_run;
  if (!result) what = result.error().message;
  return open;
}

// At least one more byte of the member.
WarcReader::State::Flow WarcReader::State::fill(std::size_t want) {
  if (begin > 0 && begin == end) {
    dropped += begin;
    begin = end = 0;
  } else if (begin > kReadBytes && begin > buffer.size() / 2) {
    std::copy(buffer.begin() + static_cast<std::ptrdiff_t>(begin), buffer.begin() + static_cast<std::ptrdiff_t>(end), buffer.begin());
    dropped += begin;
    end -= begin;
    begin = 0;
  }
  want = std::clamp(want, kReadBytes, kMostReadBytes);
  if (buffer.size() < end + want) buffer.resize(std::max(end + want, std::min(buffer.size() * 2, end + 4 * want)));
  Result<std::size_t> got = members.read(buffer.data() + end, buffer.size() - end);
  if (!got) {
    unpack_fault = true;
    failed = got.error().kind == ErrorKind::stop_run;
    return fail(got.error().message);
  }
  end += *got;
  total += *got;
  if (*got == 0) open = false;
  return *got > 0 ? Flow::more : members.packing() == Packing::plain ? Flow::end : Flow::border;
}

// So many bytes of the record, or why not.
WarcReader::State::Flow WarcReader::State::have(std::size_t wanted) {
  while (end - begin < wanted) {
    if (!open) return members.packing() == Packing::plain ? Flow::end : Flow::border;
    if (const Flow flow = fill(wanted - (end - begin)); flow != Flow::more) return flow;
  }
  return Flow::more;
}

// To the first byte of the next record, over the line ends between two.
WarcReader::State::Flow WarcReader::State::to_record() {
  for (;;) {
    while (begin < end && is_newline(buffer[begin])) ++begin;
    if (begin < end) return Flow::more;
    if (open) {
      const Flow flow = fill(1);
      if (flow == Flow::fault) return flow;
      continue;
    }
    if (!open_member(members.begin())) return unpack_fault ? Flow::fault : Flow::end;
    if (members.packing() != Packing::plain && beyond(members.member())) return Flow::end;
  }
}

WarcReader::State::Flow WarcReader::State::read_head() {
  Flow flow = have(kBegin.size());
  if (flow == Flow::fault) return flow;
  if (flow != Flow::more || !bytes().starts_with(kBegin)) return fail("no WARC record begins here");
  std::size_t searched = 0;
  for (head = header_end(bytes()); head == std::string_view::npos; head = header_end(bytes(), searched)) {
    searched = bytes().size();
    if (searched > kMostHead) return fail("its header does not end");
    flow = have(searched + 1);
    if (flow == Flow::fault) return flow;
    if (flow != Flow::more) return fail("ends in the middle of its header (cut short)");
  }
  const std::string_view lines = bytes().substr(0, head);
  const std::string_view digits = parse_header_fields(lines.substr(lines.find('\n') + 1)).find("Content-Length");
  const auto [at, error] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
  if (digits.empty() || error != std::errc{} || at != digits.data() + digits.size())
    return fail("its header has no Content-Length");
  return Flow::more;
}

WarcReader::State::Flow WarcReader::State::read_block() {
  kept = static_cast<std::size_t>(std::min<std::uint64_t>(length, options.max_block));
  const auto cut_short = [this](Flow flow) { return flow == Flow::fault ? flow : fail("ends before its Content-Length (cut short)"); };
  if (const Flow flow = have(head + kept); flow != Flow::more) return cut_short(flow);
  std::uint64_t over = length - kept;
  while (over > 0) {
    const std::size_t behind = end - begin - head - kept;
    const std::size_t n = static_cast<std::size_t>(std::min<std::uint64_t>(over, behind));
    buffer.erase(begin + head + kept, n);
    end -= n;
    dropped += n;
    over -= n;
    if (over == 0) break;
    if (const Flow flow = have(head + kept + 1); flow != Flow::more) return cut_short(flow);
  }
  return Flow::more;
}

// Behind the block: line ends, and then the next record or the member's end. Reads the member's checksum on the way.
WarcReader::State::Flow WarcReader::State::read_border() {
  std::size_t at = head + kept;
  for (;; ++at) {
    const Flow flow = have(at + 1);
    if (flow == Flow::fault) return flow;
    if (flow != Flow::more) return Flow::more;
    if (!is_newline(bytes()[at])) break;
  }
  const Flow flow = have(at + kBegin.size());
  if (flow == Flow::fault) return flow;
  if (flow == Flow::more && bytes().substr(at).starts_with(kBegin)) return Flow::more;
  return fail("its Content-Length is wrong: more than line ends lies behind it");
}

// After a fault in what the member holds: to where the next record may begin.
WarcReader::State::Flow WarcReader::State::search() {
  for (;;) {
    // A range of a plain file is read from a few bytes before it on.
    const std::uint64_t before = members.packing() == Packing::plain && here() < options.start ? options.start - here() : 0;
    const std::size_t at = find_begin(bytes(), static_cast<std::size_t>(before));
    if (at != std::string_view::npos) {
      begin += at;
      return Flow::more;
    }
    const std::size_t rest = std::min<std::size_t>(end - begin, kBegin.size() + 3);
    begin = end - rest;
    if (!open) {
      begin = end;
      return Flow::border;
    }
    if (const Flow flow = fill(kReadBytes); flow == Flow::fault) return flow;
  }
}

WarcReader::Got WarcReader::State::tell() {
  fault.origin = name + '@' + std::to_string(offset);
  fault.message = fault.origin + ": " + what;
  if (failed) {
    ended = true;
  } else if (unpack_fault) {
    finding = true;
  } else {
    // What was taken for the block may be the records behind it; how often that is searched has a bound.
    const std::uint64_t size = end - begin;
    const bool again_allowed = again + size <= kAgainBytes + kAgainFactor * total;
    if (again_allowed) again += size;
    begin = again_allowed ? begin + std::min<std::size_t>(size, 1) : end;
    searching = true;
  }
  return Got::damage;
}

WarcReader::Got WarcReader::State::read_record(WarcRecord& record) {
  const Flow flow = to_record();
  offset = here();
  if (flow == Flow::fault) return tell();
  if (flow != Flow::more || (members.packing() == Packing::plain && beyond(offset))) {
    ended = true;
    return Got::end;
  }
  for (const auto step : {&State::read_head, &State::read_block, &State::read_border})
    if ((this->*step)() == Flow::fault) return tell();
  const std::string_view lines = bytes().substr(0, head);
  record.offset = offset;
  record.header = parse_header_fields(lines.substr(lines.find('\n') + 1));
  record.block = bytes().substr(head, kept);
  record.cut = kept < length;
  begin += head + kept;
  return Got::record;
}

WarcReader::Got WarcReader::State::next(WarcRecord& record) {
  if (ended) return Got::end;
  if (std::exchange(finding, false)) {
    const bool found = open_member(members.resync());
    offset = members.member();
    if (!found && unpack_fault) return tell();
    if (!found || beyond(offset)) {
      ended = true;
      return Got::end;
    }
  }
  if (std::exchange(searching, false)) {
    const Flow flow = search();
    offset = here();
    if (flow == Flow::fault) return tell();
  }
  return read_record(record);
}

WarcReader::WarcReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
WarcReader::WarcReader(std::string name, std::unique_ptr<ByteStream> bytes, const WarcOptions& options)
    : state_(std::make_unique<State>(std::move(name), WarcMembers(std::move(bytes)), options)) {}
WarcReader::WarcReader(WarcReader&&) noexcept = default;
WarcReader& WarcReader::operator=(WarcReader&&) noexcept = default;
WarcReader::~WarcReader() = default;

WarcReader::Got WarcReader::next(WarcRecord& record) { return state_->next(record); }
const InputFailure& WarcReader::damage() const { return state_->fault; }
std::string WarcReader::place(std::uint64_t offset) const { return state_->name + '@' + std::to_string(offset); }

Result<WarcReader> WarcReader::open(const std::string& path, const WarcOptions& options, const std::atomic<bool>* stop) {
  Result<std::unique_ptr<ByteStream>> raw = open_raw(path, stop);
  if (!raw) return raw.error();
  const std::string name = name_for_people(path);
  if (options.start == 0) return WarcReader(name, std::move(*raw), options);
  std::string head;  // says how to read what lies in the middle
  if (Status read = read_all(**raw, kDictionaryHead, head); !read) return read.error();
  if (const std::uint64_t size = dictionary_frame_size(head); size > 0 && size <= kMostDictionaryFrame)
    if (Status read = read_all(**raw, static_cast<std::size_t>(size) - head.size(), head); !read) return read.error();
  const Packing packing = packing_of(head);
  const std::uint64_t start = packing == Packing::plain ? options.start - std::min(options.start, kBefore) : options.start;
  raw = open_raw(path, stop, start);
  if (!raw) return raw.error();
  auto state = std::make_unique<State>(name, WarcMembers(std::move(*raw), start, packing, dictionary_frame(head)), options);
  state->finding = packing != Packing::plain;
  if (packing == Packing::plain) state->searching = state->open_member(state->members.begin());
  return WarcReader(std::move(state));
}

std::size_t warc_sniff_bytes(std::string_view head) {
  return packing_of(head) == Packing::zstd ? kSniffZstd : kSniffOthers;
}

bool looks_like_warc(std::string_view head) {
  if (head.starts_with(kBegin) || dictionary_frame_size(head) > 0) return true;
  if (packing_of(head) == Packing::plain) return false;
  WarcMembers members(bytes_in_memory(std::string(head)));
  if (const Result<bool> begun = members.begin(); !begun || !*begun) return false;
  char first[kBegin.size()];
  std::size_t have = 0;
  while (have < sizeof first) {
    const Result<std::size_t> got = members.read(first + have, sizeof first - have);
    if (!got || *got == 0) return false;
    have += *got;
  }
  return std::string_view(first, have) == kBegin;
}

}  // namespace marrow
