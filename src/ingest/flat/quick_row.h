/// QuickRow: the columns of a row that is almost certainly good, read without building a sentence.
///
/// What it refuses is read again by read_row(), which says what is wrong or takes it after all: whatever it takes,
/// read_row() takes with the same result.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "renown/interaction.h"

#include "base/time.h"
#include "ingest/flat/flat_row.h"

namespace renown::ingest::flat {

/// Readable bytes from where the name of a kind begins.
inline constexpr std::size_t kKindBytes = 8;

/// Kinds by their name's bytes as one number: one multiplication and one comparison instead of a walk over thirteen.
class QuickKinds {
 public:
  constexpr QuickKinds() {
    while (!place_all()) multiplier_ += 2;
  }

  /// The kind of that name, or -1.
  int find(std::string_view name) const {
    if (name.empty() || name.size() > kLongest) return -1;
    std::uint64_t word = 0;
    std::memcpy(&word, name.data(), sizeof word);
    word &= ~std::uint64_t{0} >> (64 - 8 * name.size());
    const std::size_t slot = slot_of(word);
    return words_[slot] == word ? kinds_[slot] : -1;
  }

 private:
  static constexpr std::size_t kLongest = 7;
  static constexpr int kSlotBits = 6;

  constexpr std::size_t slot_of(std::uint64_t word) const { return word * multiplier_ >> (64 - kSlotBits); }

  constexpr bool place_all() {
    words_ = {};
    for (std::size_t kind = 0; kind < kKindNames.size(); ++kind) {
      std::uint64_t word = 0;
      for (std::size_t i = 0; i < kKindNames[kind].size(); ++i) {
        word |= std::uint64_t{static_cast<unsigned char>(kKindNames[kind][i])} << (8 * i);
      }
      const std::size_t slot = slot_of(word);
      if (words_[slot] != 0) return false;
      words_[slot] = word;
      kinds_[slot] = static_cast<std::int8_t>(kind);
    }
    return true;
  }

  std::uint64_t multiplier_ = 0x9e3779b97f4a7c15;
  std::array<std::uint64_t, std::size_t{1} << kSlotBits> words_{};
  std::array<std::int8_t, std::size_t{1} << kSlotBits> kinds_{};
};

/// Times as most logs write them: unix seconds, or 2015-01-01T00:00:00Z. The day before is remembered.
class QuickTime {
 public:
  /// Unix seconds, or -1 for what base::parse_time() must look at.
  std::int64_t read(std::string_view text);

 private:
  std::array<char, 10> day_{};  ///< "2015-01-01"
  std::int64_t midnight_ = 0;
};

/// A row of texts that the caller knows to be UTF-8 without NUL, or will look at. Of the kind, kKindBytes are readable.
///
/// time     unix seconds, or -1 where it is among the texts
/// returns  whether the row is good and `act` is it
///
/// Put into its callers, who pass `act` on at once: a text then goes from the row to its column in registers. Written
/// to memory as pointer and size, and read back as one, it would wait for both writes.
class QuickRow {
 public:
  bool read(std::int64_t time, const FlatRow& row, Interaction& act);

 private:
  static constexpr QuickKinds kKinds{};
  QuickTime time_;
};

[[gnu::always_inline]] inline bool QuickRow::read(std::int64_t time, const FlatRow& row, Interaction& act) {
  if (time < 0) time = time_.read(row[Column::time]);
  const int kind = kKinds.find(row[Column::kind]);
  if (time < 0 || time > base::kMaxTime || kind < 0) return false;
  act.time = time;
  act.kind = static_cast<Kind>(kind);
  act.network = row[Column::network];
  act.actor = row[Column::actor];
  act.target = act.kind == Kind::post ? std::string_view{} : row[Column::target];
  act.post = row[Column::post];
  act.id = row[Column::id];
  act.tags = row[Column::tags];
  const bool needs_target = act.kind != Kind::post && (act.kind != Kind::undo || act.id.empty());
  return act.network.size() - 1 < kMaxNetworkBytes && act.actor.size() - 1 < kMaxAccountBytes &&
         act.target.size() <= kMaxAccountBytes && (!act.target.empty() || !needs_target) &&
         act.post.size() <= kMaxPostBytes && act.id.size() <= kMaxPostBytes && act.tags.size() <= kMaxTagsBytes;
}

}  // namespace renown::ingest::flat
