#include "net/unpacker.h"

#include <array>
#include <optional>

#include <zlib.h>

#include "net/message.h"

namespace renown::net {
namespace {

constexpr int kGzip = 15 + 16;  ///< window bits as zlib wants them
constexpr int kZlib = 15;
constexpr int kBare = -15;

class Identity final : public Unpacker {
 public:
  State take(std::string_view bytes, const Sink& sink) override { return sink(bytes) ? State::ok : State::stopped; }
  bool is_whole() const override { return true; }
};

class Inflater final : public Unpacker {
 public:
  /// window_bits  empty: zlib or bare, told from the first byte
  explicit Inflater(std::optional<int> window_bits) : window_bits_(window_bits) {}
  ~Inflater() override {
    if (begun_) inflateEnd(&stream_);
  }

  State take(std::string_view packed, const Sink& sink) override {
    while (!packed.empty()) {
      if (!begun_ && !begin(packed.front())) return State::broken;
      if (ended_ && !begin_next_member()) return State::broken;
      const State state = inflate_some(packed, sink);
      if (state != State::ok) return state;
    }
    return State::ok;
  }

  bool is_whole() const override { return !begun_ || ended_; }

 private:
  bool begin(char first) {
    // RFC 1950: the low four bits of a zlib stream's first byte are 8; of a bare one they practically never are.
    const int bits = window_bits_.value_or((static_cast<unsigned char>(first) & 0x0f) == 8 ? kZlib : kBare);
    begun_ = inflateInit2(&stream_, bits) == Z_OK;
    return begun_;
  }

  /// A gzip file may be several, one after the other (RFC 1952); behind deflate there is nothing.
  bool begin_next_member() {
    ended_ = false;
    return window_bits_ == kGzip && inflateReset(&stream_) == Z_OK;
  }

  State inflate_some(std::string_view& packed, const Sink& sink) {
    std::string input(packed);
    stream_.next_in = reinterpret_cast<Bytef*>(input.data());
    stream_.avail_in = static_cast<uInt>(input.size());
    do {
      stream_.next_out = reinterpret_cast<Bytef*>(piece_.data());
      stream_.avail_out = static_cast<uInt>(piece_.size());
      const int status = inflate(&stream_, Z_NO_FLUSH);
      ended_ = status == Z_STREAM_END;
      if (status != Z_OK && status != Z_BUF_ERROR && !ended_) return State::broken;
      const std::size_t count = piece_.size() - stream_.avail_out;
      if (count > 0 && !sink({piece_.data(), count})) return State::stopped;
    } while (!ended_ && stream_.avail_out == 0);
    packed.remove_prefix(packed.size() - stream_.avail_in);
    return State::ok;
  }

  std::optional<int> window_bits_;
  z_stream stream_{};
  std::array<char, std::size_t{64} << 10> piece_;
  bool begun_ = false;
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<Unpacker> Unpacker::of(std::string_view encoding) {
  if (encoding.empty() || same_name(encoding, "identity")) return std::make_unique<Identity>();
  if (same_name(encoding, "gzip") || same_name(encoding, "x-gzip")) return std::make_unique<Inflater>(kGzip);
  if (same_name(encoding, "deflate")) return std::make_unique<Inflater>(std::nullopt);
  return nullptr;
}

}  // namespace renown::net
