/// Reading: a source from where the last reading ended to its end, piece by piece, and always to an end.
#pragma once

#include <cstddef>
#include <expected>
#include <stop_token>
#include <string>
#include <unordered_set>

#include "connect/connector.h"
#include "connect/problem.h"

namespace renown::connect {

/// How far a source was read. Both cursors are the connector's.
struct Place {
  std::string cursor = {};  ///< of the last piece
  std::string whole = {};   ///< of the last reading that came to the end
  bool operator==(const Place&) const = default;
};

/// Asks a connector for one piece after the other. Ends what would not end by itself: a cursor that comes again is
/// `malformed`; after `most_pieces` the rest is left to the next reading.
class Reading {
 public:
  static constexpr std::size_t kMostPieces = 10'000;
  static constexpr std::size_t kMostCursorBytes = 64u << 10;

  /// connector  outlives it
  Reading(Connector& connector, Place place, std::size_t most_pieces = kMostPieces)
      : connector_(connector), place_(std::move(place)), most_pieces_(most_pieces) {}

  /// The next piece. After a problem, or a piece without `more`, the reading has ended.
  std::expected<Pull, Problem> next(std::stop_token stop);

  bool ended() const { return ended_; }

  /// Where to go on: once the piece that next() gave is durable, or after its problem. What a server makes up while it
  /// is out of its mind may be part of a cursor; so after `malformed` the reading is begun again from the end of the
  /// last whole one.
  const Place& place() const { return place_; }

 private:
  std::expected<void, Problem> check(const Pull& pull);

  Connector& connector_;
  Place place_;
  std::size_t most_pieces_;
  std::unordered_set<std::string> seen_;  ///< cursors that were asked with
  bool ended_ = false;
};

}  // namespace renown::connect
