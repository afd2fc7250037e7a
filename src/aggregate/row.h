/// Row: one interaction in sixteen bytes, for logs of any size.
#pragma once

#include <cstdint>

#include "renown/interaction.h"

#include "aggregate/event_table.h"

namespace renown::aggregate {

/// When a row happened and what it was, as one number: rows of one actor on one target sort by it as the rules want
/// them, by time and then by kind.
///
///     bits 6..63  unix seconds          bit 1  in_words   (both set for acts alone)
///     bits 2..5   kind                  bit 0  wordless
struct Moment {
  std::uint64_t bits = 0;

  static Moment of(std::int64_t time, Kind kind) {
    return {(static_cast<std::uint64_t>(time) << 6) | (static_cast<std::uint64_t>(kind) << 2)};
  }
  std::int64_t time() const { return static_cast<std::int64_t>(bits >> 6); }
  Kind kind() const { return static_cast<Kind>((bits >> 2) & 15); }
  static constexpr std::uint64_t kInWords = 2;
  static constexpr std::uint64_t kWordless = 1;
  bool in_words() const { return (bits & kInWords) != 0; }   ///< some twin addresses the target in words
  bool wordless() const { return (bits & kWordless) != 0; }  ///< some twin is of another kind: never provoked
};

/// A row, or an act. In the partitions of Intake the numbers of accounts are those of its AccountTable, afterwards
/// their ranks in byte order (AccountOrder).
struct Row {
  AccountId actor = 0;
  AccountId target = kNoAccount;
  Moment moment;
};

/// A row that an undo may withdraw: with its post and its id as 64-bit hashes, 0 for an empty text.
struct KeyedRow {
  Row row;
  std::uint64_t post = 0;
  std::uint64_t id = 0;
};

/// That somebody addressed somebody in words: what provokes replies (docs/scoring/provoked.md).
struct Words {
  AccountId addresser = 0;
  AccountId addressed = 0;
  std::int64_t time = 0;
};

static_assert(sizeof(Row) == 16 && sizeof(KeyedRow) == 32 && sizeof(Words) == 16);

/// Kinds that address somebody in words, and that being addressed provokes.
constexpr bool addresses_in_words(Kind kind) {
  return kind == Kind::mention || kind == Kind::reply || kind == Kind::comment || kind == Kind::quote;
}

}  // namespace renown::aggregate
