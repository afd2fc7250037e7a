/// Unpacker: the body of a response out of its Content-Encoding, piece by piece. For the sources of this folder only.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

namespace renown::net {

/// gzip and deflate (as zlib or bare, servers send both); nothing that was not asked for. Not left to libcurl,
/// so that a stream that ends early is an error, and none is taken that nobody asked for.
class Unpacker {
 public:
  enum class State { ok, stopped, broken };

  /// Takes unpacked bytes; false stops.
  using Sink = std::function<bool(std::string_view)>;

  /// encoding  the value of Content-Encoding; empty and "identity" hand the bytes on as they are
  /// returns   nothing for an encoding that is not known, or several
  static std::unique_ptr<Unpacker> of(std::string_view encoding);

  virtual ~Unpacker() = default;

  /// Memory use is bounded, whatever the input: the sink is called for each 64 kB.
  virtual State take(std::string_view packed, const Sink& sink) = 0;

  /// Whether what was taken is a whole stream; a body without any byte is.
  virtual bool is_whole() const = 0;
};

}  // namespace renown::net
