/// SpillArea: room for working data: memory up to a limit, then files that vanish with the process.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

#include "renown/result.h"

namespace renown::base {

/// A file without a name: it is gone when it is closed, also after a kill.
class SpillFile {
 public:
  SpillFile() = default;
  SpillFile(SpillFile&& other) noexcept;
  SpillFile& operator=(SpillFile&& other) noexcept;
  ~SpillFile();

  /// errors  io: the folder cannot hold such a file
  static Result<SpillFile> create(const std::string& folder);

  bool is_open() const { return descriptor_ >= 0; }
  Result<void> write(const void* bytes, std::size_t size_bytes, std::uint64_t offset) const;
  Result<void> read(void* bytes, std::size_t size_bytes, std::uint64_t offset) const;
  /// Gives the disk its room back, where the file system can.
  void forget(std::uint64_t offset, std::size_t size_bytes) const;

 private:
  int descriptor_ = -1;
};

/// Shared by all collections of one run; safe to use by several threads.
///
/// Collections that append cannot stop in the middle of a loop, so what goes wrong with a file is kept, and status()
/// says so; what could not be written stays in memory. Whoever asks status() after each stage never uses half a result.
class SpillArea {
 public:
  /// memory_bytes  what collections may hold together before they write to files; a little more is in use at times
  /// folder        where these files are made; nothing is made before one is needed
  SpillArea(std::uint64_t memory_bytes, std::string folder) : limit_(memory_bytes), folder_(std::move(folder)) {}

  /// Whether that much more may be held in memory. If so it counts until give_back().
  bool take(std::size_t size_bytes);
  void give_back(std::size_t size_bytes) { used_ -= size_bytes; }

  const std::string& folder() const { return folder_; }
  std::uint64_t spilled_bytes() const { return spilled_; }
  void count_spilled(std::uint64_t size_bytes) { spilled_ += size_bytes; }

  void fail(const Error& error);
  Result<void> status() const;

 private:
  std::uint64_t limit_;
  std::string folder_;
  std::atomic<std::uint64_t> used_ = 0;
  std::atomic<std::uint64_t> spilled_ = 0;
  mutable std::mutex lock_;
  std::optional<Error> failure_;
};

}  // namespace renown::base
