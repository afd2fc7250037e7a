/// A tar packed by Zstandard, written and read as a stream through libarchive.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "renown/result.h"

namespace renown::upkeep {

/// Where packed bytes go. errors  stop the writing, and come back from it
using PackedSink = std::function<Result<void>(std::string_view)>;

/// Members one after the other; the same members give the same bytes. Memory is bounded.
class TarWriter {
 public:
  static Result<TarWriter> create(PackedSink sink);

  /// size_bytes  of all add_bytes() that follow together. time  unix seconds
  Result<void> begin_member(const std::string& name, std::uint64_t size_bytes, std::int64_t time);
  Result<void> add_bytes(std::string_view bytes);

  /// The end. Nothing may be added afterwards.
  Result<void> finish();

  TarWriter(TarWriter&&) noexcept;
  ~TarWriter();

 private:
  struct State;
  explicit TarWriter(std::unique_ptr<State> state);
  Error failed() const;
  std::unique_ptr<State> state_;
};

/// Reads what TarWriter writes, and nothing cleverer: what is no plain file is an error.
class TarReader {
 public:
  /// errors  as one clause
  static Result<TarReader> open(const std::string& path);

  /// On to the next member. returns false at the end. errors  bad_input, as one clause
  Result<bool> next();

  const std::string& name() const;
  std::uint64_t size_bytes() const;

  /// The next bytes of the member, into room of that size. returns 0 at its end
  Result<std::size_t> read(char* room, std::size_t size);

  std::uint64_t packed_bytes() const;

  TarReader(TarReader&&) noexcept;
  ~TarReader();

 private:
  struct State;
  explicit TarReader(std::unique_ptr<State> state);
  Error damaged() const;
  std::unique_ptr<State> state_;
};

}  // namespace renown::upkeep
