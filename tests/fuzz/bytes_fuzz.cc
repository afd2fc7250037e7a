// Packed bytes and lines.
#include <zlib.h>
#include <zstd.h>

#include "check.h"
#include "io/line_reader.h"

using namespace renown;

namespace {

constexpr std::size_t kMostUnpacked = std::size_t{32} << 10;  ///< a small input may unpack to gigabytes

struct Unpacked {
  std::string bytes;
  std::string error;
  bool is_whole = true;  ///< not stopped at kMostUnpacked

  /// How much comes before an error depends on how much is asked for at once.
  bool agrees_with(const Unpacked& other) const {
    if (!is_whole || !other.is_whole) return true;
    if (error != other.error) return false;
    return error.empty() ? bytes == other.bytes : bytes.starts_with(other.bytes) || other.bytes.starts_with(bytes);
  }
};

Unpacked unpack(Result<std::unique_ptr<io::ByteSource>> source, std::size_t piece) {
  Unpacked result;
  if (!source) return {"", source.error().message, true};
  static std::string buffer;
  buffer.resize(piece);
  while (result.bytes.size() < kMostUnpacked) {
    auto count = (*source)->read(buffer);
    if (!count) result.error = count.error().message;
    if (!count || *count == 0) break;
    result.bytes.append(buffer, 0, *count);
  }
  result.is_whole = result.bytes.size() < kMostUnpacked;
  return result;
}

/// Packed as a whole or cut off: what comes out is a front part of what went in, and a cut is noticed.
void check_packed(std::string_view bytes, std::string_view packed, std::size_t kept) {
  if (kept < 4) return;  // not enough to be known as packed
  const Unpacked result = unpack(io::open_memory("x", packed.substr(0, kept)), 300);
  fuzz::check(bytes.starts_with(result.bytes), "a packed text is unpacked as itself");
  const bool noticed = result.error == "x is cut off: the gzip data ends too early" ||
                       result.error == "x is cut off: the zstd data ends too early";
  const bool whole = kept >= packed.size();
  if (!result.is_whole) return;
  fuzz::check(whole ? result.error.empty() && result.bytes == bytes : noticed, "a cut is noticed");
}

std::string gzip(std::string_view bytes) {
  z_stream stream{};
  deflateInit2(&stream, 1, Z_DEFLATED, 9 + 16, 1, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::string zstd(std::string_view bytes) {
  static ZSTD_CCtx* const context = ZSTD_createCCtx();
  std::string packed(ZSTD_compressBound(bytes.size()), '\0');
  packed.resize(ZSTD_compressCCtx(context, packed.data(), packed.size(), bytes.data(), bytes.size(), 1));
  return packed;
}

/// Every byte but those of long lines is in a line, an ending or the mark in front.
void check_lines(std::string_view bytes) {
  io::LineReader lines(fuzz::in_pieces(bytes), 32);
  io::LineReader whole(fuzz::in_one_piece(bytes), 32);
  io::Line line, same;
  std::size_t seen = bytes.starts_with("\xef\xbb\xbf") ? 3 : 0;
  bool any_too_long = false;
  while (*lines.next(line)) {
    fuzz::check(*whole.next(same) && line.text == same.text && line.ending == same.ending &&
                    line.number == same.number && line.too_long == same.too_long && line.cut_off == same.cut_off,
                "lines do not depend on how the bytes arrive");
    fuzz::check(line.text.size() <= 32 && line.text.find('\n') == std::string_view::npos, "a line is one, and short");
    any_too_long = any_too_long || line.too_long;
    seen += line.text.size() + line.ending.size();
  }
  fuzz::check(!*whole.next(same), "there are no more lines in one piece");
  fuzz::check(any_too_long || seen == bytes.size(), "no byte is lost");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = fuzz::text_of(data, size);
  if (bytes.starts_with("\x1f\x8b") || bytes.starts_with("\x28\xb5\x2f\xfd") ||
      bytes.substr(std::min<std::size_t>(1, size)).starts_with("\x2a\x4d\x18")) {
    const Unpacked in_small_pieces = unpack(io::open_memory("x", bytes), 61);
    const Unpacked in_large_pieces = unpack(io::open_memory("x", bytes), 4096);
    fuzz::check(in_small_pieces.agrees_with(in_large_pieces), "unpacking does not depend on the reader's pieces");
    return 0;
  }
  check_lines(bytes);
  if (size == 0) return 0;
  const std::string packed = data[0] % 2 == 0 ? gzip(bytes) : zstd(bytes);
  const std::size_t kept = data[size - 1];
  check_packed(bytes, packed, kept < 0x40 ? packed.size() : packed.size() * kept / 0x100);
  return 0;
}
