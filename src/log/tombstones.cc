#include "log/tombstones.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"

namespace renown::log {
namespace {

/// Whether a name may begin or end at `at`.
bool is_edge(std::string_view text, std::size_t at) {
  return at == 0 || at == text.size() || !base::is_letter_or_digit(text[at - 1]) || !base::is_letter_or_digit(text[at]);
}

}  // namespace

void fold(std::string_view text, std::string& room) {
  room.assign(text);
  for (char& c : room) c = base::lower(c);
}

Tombstone Tombstones::make(std::string_view network, std::string_view account) const {
  fold(account, folded_);
  return {std::string(network), key_.account_digest(network, account), key_.name_hash(folded_), account.size()};
}

void Tombstones::add(const Tombstone& tombstone) {
  Network& names = networks_[tombstone.network];
  names.digests.emplace(tombstone.name_hash, tombstone.digest);
  const std::size_t length = tombstone.name_bytes;
  if (std::ranges::find(names.lengths, length) == names.lengths.end()) names.lengths.push_back(length);
}

const Tombstones::Network* Tombstones::find(std::string_view network) const {
  const auto found = networks_.find(network);
  return found == networks_.end() ? nullptr : &found->second;
}

bool Tombstones::erased(const Network& names, std::string_view network, std::string_view account) const {
  if (std::ranges::find(names.lengths, account.size()) == names.lengths.end()) return false;
  fold(account, folded_);
  const auto [first, last] = names.digests.equal_range(key_.name_hash(folded_));
  if (first == last) return false;
  // Accounts are their exact bytes, so the quick hash of the folded name is not enough.
  const std::string digest = key_.account_digest(network, account);
  return std::any_of(first, last, [&](const auto& entry) { return entry.second == digest; });
}

bool Tombstones::erased(const Interaction& row) const {
  const Network* names = find(row.network);
  return names != nullptr && (erased(*names, row.network, row.actor) || erased(*names, row.network, row.target));
}

bool Tombstones::names_any(const Network& names, std::string_view text) const {
  fold(text, folded_);
  const std::string_view folded = folded_;
  for (std::size_t begin = 0; begin < folded.size(); ++begin) {
    if (!is_edge(folded, begin)) continue;
    for (const std::size_t length : names.lengths) {
      const std::size_t end = begin + length;
      if (length == 0 || end > folded.size() || !is_edge(folded, end)) continue;
      if (names.digests.contains(key_.name_hash(folded.substr(begin, length)))) return true;
    }
  }
  return false;
}

std::string Tombstones::clean_tags(const Network& names, std::string_view tags) const {
  std::string cleaned;
  for (std::size_t begin = 0; begin <= tags.size();) {
    const std::size_t end = std::min(tags.find(' ', begin), tags.size());
    const std::string_view word = tags.substr(begin, end - begin);
    cleaned += names_any(names, word) ? key_.pseudonym(word) : std::string(word);
    if (end < tags.size()) cleaned += ' ';
    begin = end + 1;
  }
  // A name with a blank in it stands in no single word.
  return names_any(names, cleaned) ? key_.pseudonym(tags) : cleaned;
}

bool Tombstones::clean(Interaction& row, std::vector<std::string>& room) const {
  const Network* names = find(row.network);
  if (names == nullptr) return false;
  room.clear();
  room.reserve(3);  // so that no text moves
  for (std::string_view* field : {&row.post, &row.id}) {
    if (names_any(*names, *field)) *field = room.emplace_back(key_.pseudonym(*field));
  }
  if (names_any(*names, row.tags)) row.tags = room.emplace_back(clean_tags(*names, row.tags));
  return !room.empty();
}

std::string Tombstones::clean_name(std::string_view text) const {
  for (const auto& [network, names] : networks_) {
    if (names_any(names, text)) return key_.pseudonym(text);
  }
  return std::string(text);
}

}  // namespace renown::log
