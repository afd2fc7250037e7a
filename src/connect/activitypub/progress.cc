#include "connect/activitypub/progress.h"

#include <array>
#include <charconv>

#include <fmt/format.h>

#include "base/text.h"

namespace renown::connect::activitypub {
namespace {

constexpr std::string_view kHead = "activitypub";

}  // namespace

void Progress::end_walk() {
  const std::int64_t last = is_incomplete || watched == 0 ? walked : walking;
  *this = {};
  walked = last;
}

std::string write_cursor(const Progress& progress) {
  return fmt::format("{} {} {} {} {:d} {:d} {}", kHead, progress.walked, progress.walking, progress.watched,
                     progress.has_skipped, progress.is_incomplete, progress.page);
}

std::optional<Progress> read_cursor(std::string_view cursor) {
  Progress progress;
  if (cursor.empty()) return progress;
  const auto words = base::split_words(cursor);
  if (words.size() < 6 || words.size() > 7 || words[0] != kHead) return std::nullopt;
  std::array<std::int64_t, 5> numbers{};
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const std::string_view word = words[i + 1];
    const auto [end, failed] = std::from_chars(word.data(), word.data() + word.size(), numbers[i]);
    if (failed != std::errc{} || end != word.data() + word.size() || numbers[i] < 0) return std::nullopt;
  }
  return Progress{numbers[0],      numbers[1],      numbers[2],
                  numbers[3] != 0, numbers[4] != 0, words.size() == 7 ? std::string(words[6]) : ""};
}

}  // namespace renown::connect::activitypub
