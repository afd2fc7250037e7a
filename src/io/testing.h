/// What the tests of this folder share.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include "io/byte_source.h"

namespace renown::io::testing {

/// A folder that is gone with the test.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "renown-test-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~TemporaryFolder() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string operator/(const std::string& name) const { return (path_ / name).string(); }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

inline void write_file(const std::string& path, std::string_view bytes) {
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

inline std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline std::string gzip(std::string_view bytes) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&stream, bytes.size()) + 64, '\0');
  std::string input(bytes);
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

inline std::string zstd(std::string_view bytes) {
  std::string packed(ZSTD_compressBound(bytes.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), bytes.data(), bytes.size(), 3));
  return packed;
}

/// Gives the bytes of another source in small pieces, and remembers nothing.
class Trickle final : public ByteSource {
 public:
  Trickle(std::unique_ptr<ByteSource> source, std::size_t piece) : source_(std::move(source)), piece_(piece) {}
  Result<std::size_t> read(std::span<char> buffer) override {
    return source_->read(buffer.first(std::min(piece_, buffer.size())));
  }
  std::uint64_t bytes_read() const override { return source_->bytes_read(); }

 private:
  std::unique_ptr<ByteSource> source_;
  std::size_t piece_;
};

inline std::unique_ptr<ByteSource> memory(std::string_view bytes, std::size_t piece = std::size_t{1} << 20) {
  auto source = open_memory("memory", bytes);
  EXPECT_TRUE(source.has_value()) << source.error().message;
  return std::make_unique<Trickle>(std::move(*source), piece);
}

/// Everything a source gives, or what it gives before the error and then "error: ...".
inline std::string drain(ByteSource& source, std::size_t piece = 4096) {
  std::string all, buffer(piece, '\0');
  for (;;) {
    auto count = source.read(buffer);
    if (!count) return all + "error: " + count.error().message;
    if (*count == 0) return all;
    all.append(buffer, 0, *count);
  }
}

inline std::string drain(Result<std::unique_ptr<ByteSource>> source, std::size_t piece = 4096) {
  if (!source) return "error: " + source.error().message;
  return drain(**source, piece);
}

}  // namespace renown::io::testing
