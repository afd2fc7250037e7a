/// StringTable: gives each distinct text a number, from 0 on in order of first sight.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/buffer.h"
#include "base/hash.h"
#include "base/huge_pages.h"
#include "base/prefetch.h"
#include "model/interaction_block.h"

namespace renown::aggregate {

/// Open addressing over one run of bytes: 8 + 10 to 15 bytes a text beside the text itself, at a load of at most 4/5.
///
/// A look-up in a table that is larger than the caches waits three times: for the slot, for where the text begins, and
/// for its bytes. In a batch the waits of its texts overlap.
///
/// Where a text is put hangs on a seed that is drawn once in a process: whoever chooses names cannot crowd them.
class StringTable {
 public:
  static constexpr std::size_t kBatch = 64;

  /// A text in two parts, found as the one text that they are together. `tag` comes from tag_of(), for a second part
  /// with the hash_of() the first.
  struct Key {
    std::string_view prefix;
    std::string_view text;
    std::uint32_t tag = 0;
  };

  struct Slot {
    std::uint32_t number_plus_one = 0;  ///< 0: free
    std::uint32_t tag = 0;              ///< of the text: it says where the slot is, and most comparisons end here
  };

  /// What a table consists of, as plain arrays: so it can be written down, and put back without a look at its texts.
  struct Parts {
    std::span<const char> bytes;
    std::span<const std::uint64_t> begin;  ///< one more than there are texts
    std::span<const Slot> slots;
    std::uint64_t seed = 0;  ///< that the slots stand by
  };

  StringTable() : StringTable(drawn_seed()) {}
  /// seed  nothing to be shown
  explicit StringTable(std::uint64_t seed) : slots_(kFirstSlots), seed_(seed) { begin_.push_back(0); }
  /// The table that has these parts; they are copied.
  explicit StringTable(const Parts& parts);

  StringTable(const StringTable& other) : StringTable(other.parts()) {}
  StringTable(StringTable&&) noexcept = default;
  StringTable& operator=(const StringTable& other) { return *this = StringTable(other); }
  StringTable& operator=(StringTable&&) noexcept = default;

  /// Valid until the next intern().
  Parts parts() const { return {bytes_.span(), begin_.span(), slots_, seed_}; }

  /// The texts alone.
  struct Texts {
    base::Buffer<char> bytes;           ///< one after the other
    base::Buffer<std::uint64_t> begin;  ///< of each, and the end of the last
  };
  /// Gives the texts away; the table may only be let go of then.
  Texts release() && {
    slots_ = {};
    return {std::move(bytes_), std::move(begin_)};
  }

  /// The number of `text`, a new one if it was not seen before. At most 2^32 - 2 texts.
  std::uint32_t intern(std::string_view text) { return intern(Key{{}, text, tag_of(text, seed_)}); }

  /// As above for a text in two parts. A table has its prefixes always cut at the same places.
  std::uint32_t intern(const Key& key);

  /// The number of a key, or kUnknown. Safe for several threads while nothing is added.
  static constexpr std::uint32_t kUnknown = 0xffffffff;
  std::uint32_t find(const Key& key) const;

  /// The same of up to kBatch keys.
  void find(std::span<const Key> keys, std::uint32_t* numbers) const;

  /// Numbers for up to kBatch keys, as if they came one after the other.
  void intern(std::span<const Key> keys, std::uint32_t* numbers);

  /// Numbers for a whole column. A text equal to the one before it costs next to nothing.
  void intern(const model::TextColumn& texts, std::vector<std::uint32_t>& numbers);

  std::uint64_t hash_of(std::string_view prefix) const { return base::table_hash(prefix, seed_); }
  /// from  the seed, or the hash of the part before
  static std::uint32_t tag_of(std::string_view text, std::uint64_t from) {
    return static_cast<std::uint32_t>(base::table_hash(text, from) >> 32);
  }

  /// Valid until the next intern().
  std::string_view operator[](std::uint32_t number) const {
    return {bytes_.data() + begin_[number], begin_[number + 1] - begin_[number]};
  }

  /// Has fetched what a look at a text waits for: where it begins, and, asked for once that is there, its bytes.
  void prefetch_begin(std::uint32_t number) const { base::prefetch(&begin_[number]); }
  void prefetch_bytes(std::uint32_t number) const { base::prefetch(bytes_.data() + begin_[number]); }

  std::size_t size() const { return begin_.size() - 1; }

  /// Gives the texts other numbers: text old_of[n] becomes number n, and new_of says the same the other way round.
  void renumber(std::span<const std::uint32_t> old_of, std::span<const std::uint32_t> new_of);

 private:
  static constexpr std::size_t kFirstSlots = 1024;

  static std::uint64_t drawn_seed();

  using Slots = std::vector<Slot, base::HugePageAllocator<Slot>>;

  /// Tags in order of their numbers: a larger table has its slots in the order of the smaller one.
  std::size_t slot_of(std::uint32_t tag) const { return std::uint64_t{tag} * slots_.size() >> 32; }
  bool is(std::uint32_t number, const Key& key) const;
  std::uint32_t find_or_add(const Key& key);
  void make_room(std::size_t texts);
  void prefetch(std::span<const Key> keys) const;

  void append(std::string_view prefix, std::string_view text);

  base::Buffer<char> bytes_;           ///< of the texts, one after the other
  base::Buffer<std::uint64_t> begin_;  ///< of each text, and the end of the last
  Slots slots_;
  std::uint64_t seed_;
};

}  // namespace renown::aggregate
