/// UndoSet: all undos of a log, and which rows they withdraw (docs/scoring/acts.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>

#include "aggregate/row.h"
#include "base/hash.h"

namespace renown::aggregate {

/// What an undo or a row names by a text, where texts have no numbers. 0 for an empty text, never 0 for another one.
inline std::uint64_t text_hash(std::string_view text) {
  if (text.empty()) return 0;
  const std::uint64_t hash = base::table_hash(text);
  return hash == 0 ? 1 : hash;
}

/// Held in memory: about 60 bytes for each different thing that is undone.
///
/// Posts and ids are compared by 64-bit hashes, and only within one actor: that two of an actor's texts share one has
/// a chance of n^2 / 2^65 for its n texts, 10^-8 for an actor with a million.
class UndoSet {
 public:
  void add(const KeyedRow& undo);

  /// The rows before it are withdrawn by an undo; one of the same second, or later, stands.
  bool withdraws(const KeyedRow& row) const;

  bool empty() const { return latest_.empty(); }

 private:
  /// (actor, id), or (actor, target, post).
  struct Key {
    AccountId actor;
    AccountId target;
    std::uint64_t text;
    bool by_id;
    bool operator==(const Key&) const = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const;
  };

  bool undone(const Key& key, std::int64_t time) const;

  std::unordered_map<Key, std::int64_t, Hash> latest_;
};

}  // namespace renown::aggregate
