#include <algorithm>
#include <memory>

#include <fmt/format.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "io/packed_source.h"

namespace renown::io {
namespace {

class ZstdSource final : public ByteSource {
 public:
  ZstdSource(std::string name, std::unique_ptr<ByteSource> packed)
      : name_(std::move(name)),
        packed_(std::move(packed)),
        stream_(ZSTD_createDStream()),
        input_(std::make_unique_for_overwrite<char[]>(input_bytes_)),
        output_(std::make_unique_for_overwrite<char[]>(output_bytes_)) {}
  ~ZstdSource() override { ZSTD_freeDStream(stream_); }
  ZstdSource(const ZstdSource&) = delete;
  ZstdSource& operator=(const ZstdSource&) = delete;

  bool started() const { return stream_ != nullptr; }

  std::uint64_t bytes_read() const override { return packed_->bytes_read(); }

  Result<std::size_t> read(std::span<char> buffer) override {
    while (!ended_ && served_ == unpacked_.pos && !buffer.empty()) {
      unpacked_ = {output_.get(), output_bytes_, 0};
      served_ = 0;
      if (auto step = unpack_some(unpacked_); !step) return step.error();
    }
    const std::size_t count = std::min(buffer.size(), unpacked_.pos - served_);
    std::copy_n(output_.get() + served_, count, buffer.data());
    served_ += count;
    return count;
  }

 private:
  Result<void> unpack_some(ZSTD_outBuffer& output) {
    if (pending_.pos == pending_.size) {
      auto count = packed_->read({input_.get(), input_bytes_});
      if (!count) return count.error();
      pending_ = {input_.get(), *count, 0};
      // With no input left the decoder may still hold unpacked bytes, so it is asked once more below.
      input_ended_ = *count == 0;
    }
    if (input_ended_ && !inside_frame_) {
      ended_ = true;
      return {};
    }
    const std::size_t status = ZSTD_decompressStream(stream_, &output, &pending_);
    if (ZSTD_isError(status) != 0) return damaged(status);
    inside_frame_ = status != 0;
    if (input_ended_ && inside_frame_ && output.pos == 0) {
      return bad_input(fmt::format("{} is cut off: the zstd data ends too early", name_));
    }
    return {};
  }

  Error damaged(std::size_t status) const {
    switch (ZSTD_getErrorCode(status)) {
      case ZSTD_error_frameParameter_windowTooLarge:
        return bad_input(
            fmt::format("{} needs more than 128 MiB to unpack: pack it again without the zstd option --long", name_));
      default:  // which of its reasons zstd names depends on how much is asked for at once
        return bad_input(
            fmt::format("{} is damaged, or other bytes follow its zstd data: it cannot be unpacked", name_));
    }
  }

  std::string name_;
  std::unique_ptr<ByteSource> packed_;
  ZSTD_DStream* stream_;
  std::size_t input_bytes_ = ZSTD_DStreamInSize();
  std::unique_ptr<char[]> input_;
  ZSTD_inBuffer pending_{nullptr, 0, 0};
  // zstd takes another way where a whole frame fits the output, and judges odd frames otherwise there: so it always
  // gets the same room, whatever the caller asks for.
  std::size_t output_bytes_ = ZSTD_DStreamOutSize();
  std::unique_ptr<char[]> output_;
  ZSTD_outBuffer unpacked_{nullptr, 0, 0};
  std::size_t served_ = 0;  ///< of unpacked_
  bool inside_frame_ = false;
  bool input_ended_ = false;
  bool ended_ = false;
};

}  // namespace

Result<std::unique_ptr<ByteSource>> open_zstd(std::string name, std::unique_ptr<ByteSource> packed) {
  auto source = std::make_unique<ZstdSource>(std::move(name), std::move(packed));
  if (!source->started()) return Error{ErrorCode::internal, "zstd could not be started: out of memory"};
  return std::unique_ptr<ByteSource>(std::move(source));
}

}  // namespace renown::io
