#include "ingest/stackexchange/text_table.h"

#include <algorithm>
#include <utility>

#include "base/hash.h"

namespace renown::ingest::stackexchange {

std::string_view TextTable::operator[](Number number) const {
  const std::uint64_t begin = number == 0 ? 0 : ends_[number - 1];
  return std::string_view(bytes_).substr(begin, ends_[number] - begin);
}

/// The slot that holds `text`, or the free one where it belongs.
std::size_t TextTable::slot_of(std::string_view text) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = base::table_hash(text) & mask;
  while (slots_[slot] != 0 && (*this)[slots_[slot] - 1] != text) slot = (slot + 1) & mask;
  return slot;
}

std::optional<TextTable::Number> TextTable::find(std::string_view text) const {
  if (slots_.empty()) return std::nullopt;
  const Number found = slots_[slot_of(text)];
  if (found == 0) return std::nullopt;
  return found - 1;
}

TextTable::Number TextTable::intern(std::string_view text) {
  if ((size() + 1) * 3 > slots_.size() * 2) grow();
  Number& slot = slots_[slot_of(text)];
  if (slot == 0) {
    bytes_.append(text);
    ends_.push_back(bytes_.size());
    slot = static_cast<Number>(ends_.size());
  }
  return slot - 1;
}

void TextTable::grow() {
  const std::size_t slots = std::max<std::size_t>(64, slots_.size() * 2);
  slots_.assign(slots, 0);
  for (Number number = 0; number < size(); ++number) slots_[slot_of((*this)[number])] = number + 1;
}

}  // namespace renown::ingest::stackexchange
