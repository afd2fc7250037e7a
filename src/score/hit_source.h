/// HitSource: hits as the search for lockstep reads them, piece by piece, so that a log's hits need not be in memory
/// together.
#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/buffer.h"
#include "base/partitioned.h"

namespace renown::score {

/// One act that is searched, in sixteen bytes.
class Hit {
 public:
  Hit() = default;
  /// at        unix seconds
  /// is_alone  it is known that the engager has no other hit on the target; false says nothing
  Hit(std::uint32_t who, std::uint32_t whom, std::int64_t at, bool is_alone = false)
      : engager(who), target(whom), bits_((at << 1) | (is_alone ? 1 : 0)) {}

  std::int64_t time() const { return bits_ >> 1; }
  /// Whoever counts engagers need not ask whether this one was counted already.
  bool alone() const { return (bits_ & 1) != 0; }

  auto operator<=>(const Hit&) const = default;

  std::uint32_t engager = 0;
  std::uint32_t target = 0;

 private:
  std::int64_t bits_ = 0;  ///< the time, and in the lowest bit `alone`
};

/// Hits in base::kPartitions pieces, each sorted by (target, time, engager); all hits on a target stand in one piece.
/// Several threads may read different pieces.
class HitSource {
 public:
  virtual ~HitSource() = default;

  /// The hits of a piece, valid as long as `room` is not used again: they may have been put there.
  virtual std::span<const Hit> read(std::size_t piece, base::Buffer<Hit>& room) = 0;
};

/// Calls visit(hits on one target) for each target of a piece.
template <class Visit>
void for_each_target(std::span<const Hit> piece, const Visit& visit) {
  for (std::size_t begin = 0; begin < piece.size();) {
    std::size_t end = begin + 1;
    while (end < piece.size() && piece[end].target == piece[begin].target) ++end;
    visit(piece.subspan(begin, end - begin));
    begin = end;
  }
}

/// Hits that are in memory, sorted by (target, time, engager).
class SortedHits final : public HitSource {
 public:
  /// hits  must outlive the source
  explicit SortedHits(std::span<const Hit> hits) : hits_(hits) {}

  std::span<const Hit> read(std::size_t piece, base::Buffer<Hit>&) override {
    const std::size_t begin = begin_of(piece);
    return hits_.subspan(begin, begin_of(piece + 1) - begin);
  }

 private:
  std::size_t begin_of(std::size_t piece) const {
    std::size_t at = hits_.size() * piece / base::kPartitions;
    while (at > 0 && at < hits_.size() && hits_[at].target == hits_[at - 1].target) ++at;
    return at;
  }

  std::span<const Hit> hits_;
};

/// Hits in heaps, in memory or on disk.
class HeapedHits final : public HitSource {
 public:
  /// hits  each heap sorted as a piece is; must outlive the source
  explicit HeapedHits(base::Partitioned<Hit>& hits) : hits_(hits) {}

  std::span<const Hit> read(std::size_t piece, base::Buffer<Hit>& room) override {
    room.clear();
    hits_.read(piece, room);
    return room.span();
  }

 private:
  base::Partitioned<Hit>& hits_;
};

/// All hits on targets for which wanted(target) holds, sorted as a piece is.
template <class Wanted>
std::vector<Hit> gather_hits(HitSource& source, const Wanted& wanted) {
  std::vector<Hit> all;
  base::Buffer<Hit> room;
  for (std::size_t piece = 0; piece < base::kPartitions; ++piece) {
    for_each_target(source.read(piece, room), [&](std::span<const Hit> hits) {
      if (wanted(hits.front().target)) all.insert(all.end(), hits.begin(), hits.end());
    });
  }
  std::ranges::stable_sort(all, {}, &Hit::target);  // runs of one target stay as they are
  return all;
}

}  // namespace renown::score
