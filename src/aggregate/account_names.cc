#include "aggregate/account_names.h"

#include <algorithm>
#include <ranges>
#include <tuple>
#include <utility>

namespace renown::aggregate {

AccountNames::AccountNames(std::unique_ptr<AccountTable> accounts, std::unique_ptr<AccountOrder> order)
    : at_rank_(std::move(*order).release()) {
  auto [texts, network_bytes] = std::move(*accounts).release();
  accounts.reset();
  bytes_ = std::move(texts.bytes);
  bytes_.give_back_room();
  network_bytes_ = std::move(network_bytes);
  offset_.resize(texts.begin.size());
  block_begin_.resize(texts.begin.size() / kBlock + 1);
  for (std::size_t number = 0; number < texts.begin.size(); ++number) {
    const std::uint64_t begin = texts.begin[number];
    if (number % kBlock == 0) block_begin_[number / kBlock] = begin;
    offset_[number] = static_cast<std::uint32_t>(begin - block_begin_[number / kBlock]);
  }
}

AccountName AccountNames::operator[](AccountId rank) const {
  const AccountId number = at_rank_[rank];
  const std::uint64_t begin = begin_of(number);
  return AccountTable::split({bytes_.data() + begin, begin_of(number + 1) - begin}, network_bytes_[number]);
}

std::optional<AccountId> AccountNames::find(std::string_view network, std::string_view account) const {
  const auto key = [](const AccountName& name) { return std::tuple(name.network, name.account); };
  const auto wanted = key({network, account});
  const auto ranks = std::views::iota(AccountId{0}, static_cast<AccountId>(size()));
  const auto found = std::ranges::partition_point(ranks, [&](AccountId rank) { return key((*this)[rank]) < wanted; });
  if (found == ranks.end() || key((*this)[*found]) != wanted) return std::nullopt;
  return *found;
}

}  // namespace renown::aggregate
