// WarcMembers: the bytes of an archive -> the decompressed bytes of its members, one after the other, each with the
// offset it begins at. A member is one gzip member (RFC 1952) or zstd frame (RFC 8878; the dictionary of a .warc.zst
// file stands in its first, skippable frame); a plain file is one member. After damage resync() finds the next place
// where a member begins that holds a record. Private to source/warc*.cc. One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "source/raw_window.h"

namespace marrow {

enum class Packing : unsigned char { plain, gzip, zstd };

class WarcMembers {
 public:
  // From the beginning of an archive.
  explicit WarcMembers(std::unique_ptr<ByteStream> raw);
  // From `offset` on, where the stream begins; what the archive is was seen at its beginning. The next call is
  // find_member(), for the offset may lie anywhere, or begin(), where a member is known to begin.
  WarcMembers(std::unique_ptr<ByteStream> raw, std::uint64_t offset, Packing packing, std::string_view dictionary);
  WarcMembers(WarcMembers&&) noexcept;
  ~WarcMembers();

  // Opens the next member. False at the end. An error of kind skip_page is damage (resync), of stop_run the stream's own.
  Result<bool> begin();
  // Decompressed bytes of the open member; 0 = it ended well. Errors as above.
  Result<std::size_t> read(char* to, std::size_t size);
  std::uint64_t member() const { return member_; }  // where the open (or last opened) member begins
  Packing packing() const { return packing_; }

  // Opens the next member that begins with a record in it: behind the one that is damaged, or where none was open yet, from
  // where the stream stands. False if there is none.
  Result<bool> resync();
  // The same from where the stream stands.
  Result<bool> find_member();

 private:
  struct Decoder;
  struct GzipDecoder;
  struct ZstdDecoder;
  Result<bool> look();
  void set_packing(Packing packing);
  Result<bool> holds_record();
  Status skip_frame();
  Status load_dictionary(std::string_view frame);

  RawWindow raw_;
  Packing packing_ = Packing::plain;
  std::unique_ptr<Decoder> decoder_;
  std::uint64_t member_ = 0;
  bool looked_ = false, open_ = false, plain_done_ = false;
  std::uint64_t read_again_ = 0;  // bytes gone back over in all
  std::string dictionary_;        // to be loaded first
};

Packing packing_of(std::string_view head);  // by the first four bytes of an archive
// The skippable frame of a dictionary (IIPC, "WARC files with Zstandard": 0x184D2A5D), "" if the bytes begin with none.
// Whole where `head` holds it whole.
std::string_view dictionary_frame(std::string_view head);
// Bytes that a frame of that header takes; 0 if it is none. For those who read as much.
std::uint64_t dictionary_frame_size(std::string_view head);

}  // namespace marrow
