#include "ingest/flat/quick_row.h"

#include "base/time.h"

namespace renown::ingest::flat {
namespace {

constexpr std::size_t kMostDigits = 12;  ///< of unix seconds: no overflow, and beyond the year 9999
constexpr std::size_t kDayBytes = 10;
constexpr std::size_t kSecondBytes = 20;

/// A number of two digits, or at least 100 for anything else.
unsigned two_digits(const char* at) {
  const unsigned tens = static_cast<unsigned char>(at[0]) - unsigned{'0'};
  const unsigned ones = static_cast<unsigned char>(at[1]) - unsigned{'0'};
  return tens > 9 || ones > 9 ? 100 : tens * 10 + ones;
}

std::int64_t read_digits(std::string_view text) {
  std::int64_t value = 0;
  for (const char c : text) {
    const unsigned digit = static_cast<unsigned char>(c) - unsigned{'0'};
    if (digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

}  // namespace

std::int64_t QuickTime::read(std::string_view text) {
  if (text.empty()) return -1;
  if (text.size() <= kMostDigits) return read_digits(text);
  const char* const at = text.data();
  if (text.size() != kSecondBytes || at[10] != 'T' || at[13] != ':' || at[16] != ':' || at[19] != 'Z') return -1;
  if (std::memcmp(day_.data(), at, kDayBytes) != 0) {
    const auto midnight = base::parse_time(text.substr(0, kDayBytes));
    if (!midnight) return -1;
    midnight_ = *midnight;
    std::memcpy(day_.data(), at, kDayBytes);
  }
  const unsigned hour = two_digits(at + 11), minute = two_digits(at + 14), second = two_digits(at + 17);
  if (hour > 23 || minute > 59 || second > 59) return -1;
  return midnight_ + hour * 3600 + minute * 60 + second;
}

bool QuickRow::read(std::int64_t time, const FlatRow& row, Interaction& act) {
  if (time < 0) time = time_.read(row[Column::time]);
  const int kind = kKinds.find(row[Column::kind]);
  if (time < 0 || time > base::kMaxTime || kind < 0) return false;
  act.time = time;
  act.kind = static_cast<Kind>(kind);
  act.network = row[Column::network];
  act.actor = row[Column::actor];
  act.target = act.kind == Kind::post ? std::string_view{} : row[Column::target];
  act.post = row[Column::post];
  act.id = row[Column::id];
  act.tags = row[Column::tags];
  const bool needs_target = act.kind != Kind::post && (act.kind != Kind::undo || act.id.empty());
  return act.network.size() - 1 < kMaxNetworkBytes && act.actor.size() - 1 < kMaxAccountBytes &&
         act.target.size() <= kMaxAccountBytes && (!act.target.empty() || !needs_target) &&
         act.post.size() <= kMaxPostBytes && act.id.size() <= kMaxPostBytes && act.tags.size() <= kMaxTagsBytes;
}

}  // namespace renown::ingest::flat
