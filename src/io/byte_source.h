/// ByteSource: the bytes of a log, wherever they are and however they are packed.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "renown/result.h"

namespace renown::io {

/// A stream of bytes, read once from front to back.
class ByteSource {
 public:
  virtual ~ByteSource() = default;

  /// Fills up to buffer.size() bytes; 0 means the end.
  ///
  /// errors  io when the system refuses to read on; bad_input when packed bytes are damaged or end too early
  ///         ("events.json.gz is cut off: the gzip data ends too early")
  virtual Result<std::size_t> read(std::span<char> buffer) = 0;

  /// Bytes consumed of the file as it lies on disk (compressed bytes for a packed one).
  virtual std::uint64_t bytes_read() const = 0;
};

/// Opens a file, or standard input for "-". gzip and zstd are recognised by their first bytes, whatever the name, and
/// unpacked on the fly, also when several packed streams follow each other.
///
/// errors  not_found, io (permissions), bad_input for a directory or another thing that is no file
Result<std::unique_ptr<ByteSource>> open_bytes(const std::string& path);

/// Bytes in memory, for tests and fuzzing; recognises and unpacks gzip and zstd like open_bytes. `bytes` must outlive
/// it. name  used in error sentences
Result<std::unique_ptr<ByteSource>> open_memory(std::string name, std::string_view bytes);

/// A source that gives `head` first and then what is left of `rest`: lets format detection look at the first bytes.
std::unique_ptr<ByteSource> prepend(std::string head, std::unique_ptr<ByteSource> rest);

/// The first `bytes` bytes of a source (fewer where it ends before), to be given back with prepend().
/// errors  as ByteSource::read
Result<std::string> read_head(ByteSource& source, std::size_t bytes);

}  // namespace renown::io
