/// Tombstones: which accounts were erased, and what of new rows must therefore not come in.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "renown/interaction.h"

#include "log/tombstone_key.h"

namespace renown::log {

/// One erased account as the log stores it: nothing tells the account without the key.
struct Tombstone {
  std::string network;
  std::string digest;           ///< TombstoneKey::account_digest
  std::uint64_t name_hash = 0;  ///< TombstoneKey::name_hash of the account, folded
  std::uint64_t name_bytes = 0;
};

/// A text names an account where the account stands in it, ASCII case aside, and neither end of it cuts through a run
/// of ASCII letters and digits: "/alice/7" and "ALICE-7" name alice, "malice" and "alice7" do not. It errs on the side
/// of erasing: "alice-smith" counts as naming alice too. Not for use by two threads at once.
class Tombstones {
 public:
  explicit Tombstones(TombstoneKey key) : key_(std::move(key)) {}

  Tombstone make(std::string_view network, std::string_view account) const;
  void add(const Tombstone& tombstone);
  bool empty() const { return networks_.empty(); }

  /// Whether the row's actor or target was erased.
  bool erased(const Interaction& row) const;

  /// Puts pseudonyms into the row where post or id, or a word of tags, names an erased account of its network.
  /// room  keeps the new texts: the row's views point into it until the next call
  /// returns whether anything changed
  bool clean(Interaction& row, std::vector<std::string>& room) const;

  /// `text`, or its pseudonym where it names an erased account of any network: for names of imported files.
  std::string clean_name(std::string_view text) const;

 private:
  struct Network {
    std::unordered_multimap<std::uint64_t, std::string> digests;  ///< by name hash
    std::vector<std::size_t> lengths;                             ///< of names, each once
  };
  const Network* find(std::string_view network) const;
  bool erased(const Network& names, std::string_view network, std::string_view account) const;
  bool names_any(const Network& names, std::string_view text) const;
  std::string clean_tags(const Network& names, std::string_view tags) const;

  TombstoneKey key_;
  std::map<std::string, Network, std::less<>> networks_;
  mutable std::string folded_;  ///< room for names_any and erased
};

/// `text` with the ASCII letters in lower case, into `room`.
void fold(std::string_view text, std::string& room);

}  // namespace renown::log
