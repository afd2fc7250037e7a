/// Unpacking sources: wrap a source of packed bytes, give the unpacked ones.
#pragma once

#include <memory>
#include <string>

#include "io/byte_source.h"

namespace renown::io {

/// gzip data (RFC 1952), several members one after another, zero bytes after the last one passed over.
/// name  used in error sentences
Result<std::unique_ptr<ByteSource>> open_gzip(std::string name, std::unique_ptr<ByteSource> packed);

/// zstd data (RFC 8878), several frames one after another. A frame that needs more than 128 MiB to unpack is refused.
/// name  used in error sentences
Result<std::unique_ptr<ByteSource>> open_zstd(std::string name, std::unique_ptr<ByteSource> packed);

}  // namespace renown::io
