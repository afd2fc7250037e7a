/// The seal at the end of a backup: a digest of all bytes before it, so that a changed bit anywhere shows at once.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "renown/result.h"

namespace renown::upkeep {

/// A skippable frame of Zstandard (RFC 8878, 3.1.2), which every unpacker passes over:
///
///     offset  size  meaning
///     0       4     0x184D2A5B, little-endian
///     4       4     72, little-endian: bytes that follow
///     8       8     "RNBACKUP"
///     16      64    SHA-256 of all bytes before the frame, in hexadecimal digits
inline constexpr std::size_t kSealBytes = 80;

/// The frame for that digest. sha256  64 hexadecimal digits
std::string seal_of(std::string_view sha256);

/// Reads the whole file and compares.
///
/// go_on    called now and then with the bytes read so far; false stops
/// returns  bytes of the file
/// errors   bad_input, one sentence: no backup, cut off, changed; not_found, io; cancelled
Result<std::uint64_t> check_seal(const std::string& path, const std::function<bool(std::uint64_t)>& go_on);

}  // namespace renown::upkeep
