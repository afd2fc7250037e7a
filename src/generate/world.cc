#include "generate/world.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

#include <fmt/format.h>

#include "base/time.h"

namespace renown::generate {
namespace {

constexpr std::uint64_t kMostPeople = 0xffffffff;  // so that products of two numbers of people fit into 64 bits
constexpr std::uint64_t kMostDays = 36'500;
constexpr std::uint64_t kMostRows = 1'000'000'000'000;
constexpr std::size_t kRowsAtOnce = 512;  // what is derived of them fits into the nearest cache

Error out_of_bounds(std::string_view what, std::uint64_t least, std::uint64_t most) {
  return {ErrorCode::usage, fmt::format("a world needs {} to {} {}", least, most, what)};
}

/// A short text put together on the stack: names and posts, by the hundred million.
class ShortText {
 public:
  void add(char c) { bytes_[size_++] = c; }
  void add(std::string_view text) {
    text.copy(bytes_.data() + size_, text.size());
    size_ += text.size();
  }
  void add_number(std::uint64_t number) {
    const auto end = std::to_chars(bytes_.data() + size_, bytes_.data() + bytes_.size(), number).ptr;
    size_ = static_cast<std::size_t>(end - bytes_.data());
  }
  std::string_view view() const { return {bytes_.data(), size_}; }

 private:
  std::array<char, 64> bytes_;  // three numbers of at most 20 digits fit
  std::size_t size_ = 0;
};

}  // namespace

Result<World> World::create(const WorldOptions& options) {
  if (options.people < 2 || options.people > kMostPeople) return out_of_bounds("people", 2, kMostPeople);
  if (options.days < 1 || options.days > kMostDays) return out_of_bounds("days", 1, kMostDays);
  if (options.rows < 1 || options.rows > kMostRows) return out_of_bounds("events", 1, kMostRows);
  const std::int64_t seconds = static_cast<std::int64_t>(options.days) * base::kSecondsPerDay;
  if (options.start < 0 || options.start > base::kMaxTime - seconds)
    return Error{ErrorCode::usage, "a world must begin in 1970 or later and end before the year 10000"};
  return World(options);
}

World::World(const WorldOptions& options)
    : options_(options),
      draws_(options.seed),
      everyday_(draws_, options.people, options.start, options.days, options.rows, options.stationary),
      name_numbers_(options.people, draws_.bits(Purpose::target, ~std::uint64_t{0})) {}

std::string World::name(PersonNumber person) const {
  return fmt::format("u{}", name_numbers_(person));
}

void World::append(std::uint64_t begin, std::uint64_t end, model::InteractionBlock& block) const {
  std::array<Act, kRowsAtOnce> acts;
  for (; begin < end; begin += kRowsAtOnce) {
    const std::span<Act> some = std::span(acts).first(std::min<std::uint64_t>(kRowsAtOnce, end - begin));
    everyday_.acts(begin, some);
    for (const Act& act : some) push(act, block);
  }
}

void World::push(const Act& act, model::InteractionBlock& block) const {
  ShortText actor, post;
  actor.add('u');
  actor.add_number(name_numbers_(act.deed.actor));
  post.add('u');
  post.add_number(name_numbers_(act.deed.target));
  const std::string_view target = post.view();
  post.add('-');
  post.add_number(static_cast<std::uint64_t>(act.post_time));
  block.push({.time = act.time,
              .kind = act.deed.kind,
              .network = kNetwork,
              .actor = actor.view(),
              .target = target,
              .post = post.view(),
              .id = "",
              .tags = ""});
}

}  // namespace renown::generate
