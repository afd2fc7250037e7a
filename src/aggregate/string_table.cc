#include "aggregate/string_table.h"

#include "base/hash.h"

namespace renown::aggregate {

std::uint32_t StringTable::intern(std::string_view text) {
  if ((size() + 1) * 3 > slots_.size() * 2) grow();
  const std::uint64_t hash = base::table_hash(text);
  const auto tag = static_cast<std::uint32_t>(hash >> 32);
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  while (slots_[at].number_plus_one != 0) {
    const std::uint32_t number = slots_[at].number_plus_one - 1;
    if (slots_[at].tag == tag && (*this)[number] == text) return number;
    at = (at + 1) & mask;
  }
  const auto number = static_cast<std::uint32_t>(size());
  bytes_.append(text);
  begin_.push_back(bytes_.size());
  slots_[at] = {number + 1, tag};
  return number;
}

void StringTable::grow() {
  slots_.assign(slots_.size() * 2, Slot{});
  const std::size_t mask = slots_.size() - 1;
  for (std::uint32_t number = 0; number < size(); ++number) {
    const std::uint64_t hash = base::table_hash((*this)[number]);
    std::size_t at = hash & mask;
    while (slots_[at].number_plus_one != 0) at = (at + 1) & mask;
    slots_[at] = {number + 1, static_cast<std::uint32_t>(hash >> 32)};
  }
}

}  // namespace renown::aggregate
