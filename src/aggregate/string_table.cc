#include "aggregate/string_table.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/random.h"
#include "base/short_bytes.h"

namespace renown::aggregate {
namespace {

/// Room to grow, in parts of what is there: the next text must not cost a second copy.
constexpr std::size_t kRoom = 8;

}  // namespace

std::uint64_t StringTable::drawn_seed() {
  static const std::uint64_t seed = base::random_number();
  return seed;
}

StringTable::StringTable(const Parts& parts) : slots_(parts.slots.begin(), parts.slots.end()), seed_(parts.seed) {
  bytes_.reserve(parts.bytes.size() + parts.bytes.size() / kRoom);
  bytes_.append(parts.bytes);
  begin_.reserve(parts.begin.size() + parts.begin.size() / kRoom);
  begin_.append(parts.begin);
}

std::uint32_t StringTable::intern(const Key& key) {
  make_room(1);
  return find_or_add(key);
}

std::uint32_t StringTable::find(const Key& key) const {
  for (std::size_t at = slot_of(key.tag); slots_[at].number_plus_one != 0; at = at + 1 == slots_.size() ? 0 : at + 1) {
    if (slots_[at].tag == key.tag && is(slots_[at].number_plus_one - 1, key)) return slots_[at].number_plus_one - 1;
  }
  return kUnknown;
}

void StringTable::find(std::span<const Key> keys, std::uint32_t* numbers) const {
  prefetch(keys);
  for (const Key& key : keys) *numbers++ = find(key);
}

void StringTable::intern(std::span<const Key> keys, std::uint32_t* numbers) {
  make_room(keys.size());
  prefetch(keys);
  for (const Key& key : keys) *numbers++ = find_or_add(key);
}

void StringTable::intern(const model::TextColumn& texts, std::vector<std::uint32_t>& numbers) {
  numbers.resize(texts.size());
  std::array<Key, kBatch> keys;
  std::array<std::uint32_t, kBatch> key_numbers;
  std::array<std::uint32_t, kBatch> key_of_row;  // rows of the batch by the key that stands for them
  for (std::size_t begin = 0; begin < texts.size();) {
    std::size_t count = 0;
    std::size_t row = begin;
    for (; row < texts.size() && row - begin < kBatch; ++row) {
      const std::string_view text = texts[row];
      if (count == 0 || text != keys[count - 1].text) keys[count++] = {{}, text, tag_of(text, seed_)};
      key_of_row[row - begin] = static_cast<std::uint32_t>(count - 1);
    }
    intern(std::span(keys).first(count), key_numbers.data());
    for (std::size_t i = begin; i < row; ++i) numbers[i] = key_numbers[key_of_row[i - begin]];
    begin = row;
  }
}

/// Has what find() and find_or_add() will read for these keys fetched, each wait together. What a key of the batch adds
/// is seen by those after it, since nothing is decided here.
void StringTable::prefetch(std::span<const Key> keys) const {
  std::array<std::uint32_t, kBatch> number;
  for (const Key& key : keys) __builtin_prefetch(&slots_[slot_of(key.tag)]);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    std::size_t at = slot_of(keys[i].tag);
    while (slots_[at].number_plus_one != 0 && slots_[at].tag != keys[i].tag) at = at + 1 == slots_.size() ? 0 : at + 1;
    number[i] = slots_[at].number_plus_one;
    if (number[i] == 0) continue;
    __builtin_prefetch(&begin_[number[i] - 1]);
    __builtin_prefetch(&begin_[number[i]]);  // where the text ends: mostly, but not always, beside it
  }
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (number[i] == 0) continue;
    const char* const text = bytes_.data() + begin_[number[i] - 1];
    __builtin_prefetch(text);
    __builtin_prefetch(text + keys[i].prefix.size() + keys[i].text.size());  // its last byte may stand in the next line
  }
}

std::uint32_t StringTable::find_or_add(const Key& key) {
  std::size_t at = slot_of(key.tag);
  for (; slots_[at].number_plus_one != 0; at = at + 1 == slots_.size() ? 0 : at + 1) {
    if (slots_[at].tag == key.tag && is(slots_[at].number_plus_one - 1, key)) return slots_[at].number_plus_one - 1;
  }
  const auto number = static_cast<std::uint32_t>(size());
  append(key.prefix, key.text);
  slots_[at] = {number + 1, key.tag};
  return number;
}

void StringTable::append(std::string_view prefix, std::string_view text) {
  const std::size_t begin = bytes_.size();
  bytes_.resize(begin + prefix.size() + text.size());
  base::copy_bytes(bytes_.data() + begin, prefix.data(), prefix.size());
  base::copy_bytes(bytes_.data() + begin + prefix.size(), text.data(), text.size());
  begin_.push_back(bytes_.size());
}

bool StringTable::is(std::uint32_t number, const Key& key) const {
  const std::string_view text = (*this)[number];
  return text.size() == key.prefix.size() + key.text.size() &&
         base::equal_bytes(text.data() + key.prefix.size(), key.text.data(), key.text.size()) &&
         base::equal_bytes(text.data(), key.prefix.data(), key.prefix.size());
}

void StringTable::renumber(std::span<const std::uint32_t> old_of, std::span<const std::uint32_t> new_of) {
  constexpr std::size_t kAhead = 16;  // texts
  const base::Buffer<char> bytes = std::move(bytes_);
  const base::Buffer<std::uint64_t> begin = std::move(begin_);
  bytes_.reserve(bytes.size());
  begin_.reserve(begin.size());
  begin_.push_back(0);
  for (std::size_t i = 0; i < old_of.size(); ++i) {
    if (i + 2 * kAhead < old_of.size()) base::prefetch(&begin[old_of[i + 2 * kAhead]]);
    if (i + kAhead < old_of.size()) base::prefetch(bytes.data() + begin[old_of[i + kAhead]]);
    const std::uint32_t old = old_of[i];
    append({}, {bytes.data() + begin[old], begin[old + 1] - begin[old]});
  }
  for (Slot& slot : slots_) {
    if (slot.number_plus_one != 0) slot.number_plus_one = new_of[slot.number_plus_one - 1] + 1;
  }
}

/// Makes room for so many new texts. Growing by half keeps the load between 8/15 and 4/5.
void StringTable::make_room(std::size_t texts) {
  std::size_t wanted = slots_.size();
  while ((size() + texts) * 5 > wanted * 4) wanted += wanted / 2;
  if (wanted == slots_.size()) return;
  const Slots before = std::move(slots_);
  slots_ = Slots(wanted);
  for (const Slot& slot : before) {
    if (slot.number_plus_one == 0) continue;
    std::size_t at = slot_of(slot.tag);
    while (slots_[at].number_plus_one != 0) at = at + 1 == slots_.size() ? 0 : at + 1;
    slots_[at] = slot;
  }
}

}  // namespace renown::aggregate
