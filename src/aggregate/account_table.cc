#include "aggregate/account_table.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace renown::aggregate {

AccountTable::AccountTable(const Parts& parts)
    : keys_(parts.keys), network_bytes_(parts.network_bytes.begin(), parts.network_bytes.end()) {
  for (std::string_view rest = parts.networks; !rest.empty();) {
    const std::string_view network = rest.substr(0, rest.find('\0'));
    prefix_of(network);
    rest.remove_prefix(std::min(rest.size(), network.size() + 1));
  }
}

AccountTable::Parts AccountTable::parts() const {
  Parts parts{.keys = keys_.parts(), .network_bytes = network_bytes_, .networks = {}};
  for (const auto& [network, prefix] : prefixes_) parts.networks += prefix.text;
  return parts;
}

const AccountTable::Prefix& AccountTable::prefix_of(std::string_view network) {
  if (const auto known = prefixes_.find(network); known != prefixes_.end()) return known->second;
  Prefix prefix{std::string(network) + '\0', 0};
  prefix.hash = keys_.hash_of(prefix.text);
  return prefixes_.emplace(network, std::move(prefix)).first->second;
}

void AccountTable::intern(const model::InteractionBlock& block, std::vector<AccountId>& actors,
                          std::vector<AccountId>& targets) {
  actors.resize(block.size());
  targets.resize(block.size());
  std::array<StringTable::Key, StringTable::kBatch> keys;
  std::array<AccountId, StringTable::kBatch> ids;
  const Prefix* prefix = nullptr;
  std::string_view network;  // of the row before: mostly that of this row too
  for (std::size_t begin = 0; begin < block.size();) {
    const std::size_t end = std::min(block.size(), begin + StringTable::kBatch / 2);
    std::size_t count = 0;
    for (std::size_t row = begin; row < end; ++row) {
      if (const std::string_view next = block.networks()[row]; prefix == nullptr || next != network) {
        network = next;
        prefix = &prefix_of(network);
      }
      keys[count++] = key_of(*prefix, block.actors()[row]);
      const std::string_view target = block.targets()[row];
      if (!target.empty()) keys[count++] = key_of(*prefix, target);
    }
    keys_.intern(std::span(keys).first(count), ids.data());
    for (std::size_t i = 0; i < count; ++i) note_network(ids[i], keys[i].prefix.size() - 1);
    const AccountId* id = ids.data();
    for (std::size_t row = begin; row < end; ++row) {
      actors[row] = *id++;
      targets[row] = block.targets()[row].empty() ? kNoAccount : *id++;
    }
    begin = end;
  }
}

void AccountTable::renumber(std::span<const AccountId> old_of, std::span<const AccountId> new_of) {
  keys_.renumber(old_of, new_of);
  std::vector<std::uint8_t> network_bytes;
  network_bytes.reserve(network_bytes_.size());
  for (const AccountId old : old_of) network_bytes.push_back(network_bytes_[old]);
  network_bytes_ = std::move(network_bytes);
}

AccountId AccountTable::find(std::string_view network, std::string_view account) const {
  static_assert(StringTable::kUnknown == kNoAccount);
  const auto prefix = prefixes_.find(network);
  return prefix == prefixes_.end() ? kNoAccount : keys_.find(key_of(prefix->second, account));
}

void AccountTable::find(std::span<const AccountName> names, AccountId* ids) const {
  std::array<StringTable::Key, StringTable::kBatch> keys;
  std::array<AccountId, StringTable::kBatch> found;
  std::size_t count = 0;  // of names on networks that are known
  auto prefix = prefixes_.end();
  for (const AccountName& name : names) {
    if (prefix == prefixes_.end() || prefix->first != name.network) prefix = prefixes_.find(name.network);
    if (prefix != prefixes_.end()) keys[count++] = key_of(prefix->second, name.account);
    *ids++ = prefix == prefixes_.end() ? kNoAccount : 0;
  }
  keys_.find(std::span(keys).first(count), found.data());
  const AccountId* next = found.data();
  for (AccountId& id : std::span(ids - names.size(), names.size())) {
    if (id != kNoAccount) id = *next++;
  }
}

}  // namespace renown::aggregate
