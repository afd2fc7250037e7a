#include <algorithm>
#include <limits>
#include <memory>

#include <fmt/format.h>
#include <zlib.h>

#include "io/packed_source.h"

namespace renown::io {
namespace {

constexpr std::size_t kInputBytes = std::size_t{64} << 10;
constexpr int kWindowBits = 15 + 16;  ///< the largest window; +16: a gzip header and nothing else

class GzipSource final : public ByteSource {
 public:
  GzipSource(std::string name, std::unique_ptr<ByteSource> packed)
      : name_(std::move(name)),
        packed_(std::move(packed)),
        input_(std::make_unique_for_overwrite<char[]>(kInputBytes)) {}
  ~GzipSource() override { inflateEnd(&stream_); }
  GzipSource(const GzipSource&) = delete;
  GzipSource& operator=(const GzipSource&) = delete;

  bool start() { return inflateInit2(&stream_, kWindowBits) == Z_OK; }

  std::uint64_t bytes_read() const override { return packed_->bytes_read(); }

  Result<std::size_t> read(std::span<char> buffer) override {
    const std::size_t wanted = std::min<std::size_t>(buffer.size(), std::numeric_limits<uInt>::max());
    stream_.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream_.avail_out = static_cast<uInt>(wanted);
    while (!ended_ && stream_.avail_out == wanted && wanted > 0) {
      if (auto step = inflate_some(); !step) return step.error();
    }
    return wanted - stream_.avail_out;
  }

 private:
  Result<void> inflate_some() {
    if (auto filled = fill(); !filled) return filled.error();
    const bool input_ended = stream_.avail_in == 0;
    if (input_ended && !inside_member_) {
      ended_ = true;
      return {};
    }
    if (!inside_member_ && members_ > 0 && skip_zeros()) return {};
    const bool first_member = members_ == 0 || (members_ == 1 && inside_member_);
    if (!inside_member_) begin_member();
    const int status = inflate(&stream_, Z_NO_FLUSH);
    if (status == Z_STREAM_END) inside_member_ = false;
    // Only now: zlib may have held the last bits of the input back, for want of room.
    if (status == Z_BUF_ERROR && input_ended) {
      return bad_input(fmt::format("{} is cut off: the gzip data ends too early", name_));
    }
    if (status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR) return {};
    const std::string reason = stream_.msg != nullptr ? stream_.msg : zError(status);
    if (!first_member && reason == "incorrect header check") {
      return bad_input(fmt::format("{} has bytes after the end of its gzip data that are not gzip", name_));
    }
    return bad_input(fmt::format("{} is damaged: the gzip data cannot be unpacked ({})", name_, reason));
  }

  Result<void> fill() {
    if (stream_.avail_in > 0) return {};
    auto count = packed_->read({input_.get(), kInputBytes});
    if (!count) return count.error();
    stream_.next_in = reinterpret_cast<Bytef*>(input_.get());
    stream_.avail_in = static_cast<uInt>(*count);
    return {};
  }

  /// Tapes and block devices pad with zeros. returns whether there were any
  bool skip_zeros() {
    const bool any = *stream_.next_in == 0;
    while (stream_.avail_in > 0 && *stream_.next_in == 0) {
      ++stream_.next_in;
      --stream_.avail_in;
    }
    return any;
  }

  void begin_member() {
    inside_member_ = true;
    if (members_++ > 0) inflateReset(&stream_);
  }

  std::string name_;
  std::unique_ptr<ByteSource> packed_;
  std::unique_ptr<char[]> input_;
  z_stream stream_{};
  std::uint64_t members_ = 0;
  bool inside_member_ = false;
  bool ended_ = false;
};

}  // namespace

Result<std::unique_ptr<ByteSource>> open_gzip(std::string name, std::unique_ptr<ByteSource> packed) {
  auto source = std::make_unique<GzipSource>(std::move(name), std::move(packed));
  if (!source->start()) return Error{ErrorCode::internal, "zlib could not be started: out of memory"};
  return std::unique_ptr<ByteSource>(std::move(source));
}

}  // namespace renown::io
