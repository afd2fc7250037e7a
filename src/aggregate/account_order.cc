#include "aggregate/account_order.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <map>
#include <span>
#include <string_view>
#include <unordered_map>

#include "base/buffer.h"
#include "base/radix_sort.h"

namespace renown::aggregate {
namespace {

/// Eight bytes of a name from some place on as one number whose order is theirs. Names that end there are filled up
/// with zeros; no name holds a NUL, so the shorter of two comes first, as it should.
struct Entry {
  std::uint64_t bytes;
  AccountId account;
  std::uint32_t network;  ///< its rank among networks
};

std::uint64_t eight_bytes(std::string_view text, std::size_t begin) {
  char bytes[8] = {};
  if (begin < text.size()) std::memcpy(bytes, text.data() + begin, std::min<std::size_t>(text.size() - begin, 8));
  return std::byteswap(std::bit_cast<std::uint64_t>(bytes));
}

/// Sorts the accounts from `first` on.
class NameSort {
 public:
  NameSort(const AccountTable& accounts, AccountId first) : accounts_(accounts), first_(first) {}

  base::Buffer<Entry> sorted() {
    load();
    base::Buffer<Entry> room;
    base::radix_sort(entries_, room, [](const Entry& entry) { return entry.bytes; });
    base::radix_sort(entries_, room, [](const Entry& entry) { return entry.network; });
    sort_ties(entries_.span(), 8);
    return std::move(entries_);
  }

 private:
  void load() {
    std::map<std::string_view, std::uint32_t> networks;
    std::string_view last;
    std::uint32_t* last_rank = nullptr;
    entries_.resize(accounts_.size() - first_);
    for (AccountId id = first_; id < accounts_.size(); ++id) {
      const AccountName name = accounts_[id];
      if (!last_rank || name.network != last) {
        last_rank = &networks.try_emplace(name.network, static_cast<std::uint32_t>(networks.size())).first->second;
        last = name.network;
      }
      entries_[id - first_] = {eight_bytes(name.account, 0), id, *last_rank};
    }
    std::vector<std::uint32_t> rank(networks.size());
    std::uint32_t next = 0;
    for (const auto& [name, first_seen] : networks) rank[first_seen] = next++;
    for (Entry& entry : entries_) entry.network = rank[entry.network];
  }

  /// Sorts each run of equal bytes by the bytes that follow.
  void sort_ties(std::span<Entry> entries, std::size_t begin) {
    for (std::size_t first = 0; first < entries.size();) {
      std::size_t last = first + 1;
      while (last < entries.size() && entries[last].bytes == entries[first].bytes &&
             entries[last].network == entries[first].network)
        ++last;
      if (last - first > 1) sort_run(entries.subspan(first, last - first), begin);
      first = last;
    }
  }

  void sort_run(std::span<Entry> run, std::size_t begin) {
    for (Entry& entry : run) entry.bytes = eight_bytes(accounts_[entry.account].account, begin);
    std::ranges::sort(run, {}, &Entry::bytes);
    sort_ties(run, begin + 8);
  }

  const AccountTable& accounts_;
  AccountId first_;
  base::Buffer<Entry> entries_;
};

}  // namespace

AccountOrder::AccountOrder(const AccountTable& accounts, std::span<const AccountId> known) : accounts_(&accounts) {
  const base::Buffer<Entry> others = NameSort(accounts, static_cast<AccountId>(known.size())).sorted();
  at_rank_.reserve(accounts.size());
  const auto before = [&](AccountId a, AccountId b) { return accounts.key(a) < accounts.key(b); };
  auto next = known.begin();
  for (const Entry& other : others) {
    const auto place = std::lower_bound(next, known.end(), other.account, before);
    at_rank_.insert(at_rank_.end(), next, place);
    at_rank_.push_back(other.account);
    next = place;
  }
  at_rank_.insert(at_rank_.end(), next, known.end());
  rank_of_.resize(at_rank_.size());
  for (AccountId rank = 0; rank < at_rank_.size(); ++rank) rank_of_[at_rank_[rank]] = rank;
}

}  // namespace renown::aggregate
