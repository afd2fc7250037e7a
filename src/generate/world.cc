#include "generate/world.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <span>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/time.h"

namespace renown::generate {
namespace {

constexpr std::uint64_t kMostPeople = 0xffffffff;  // so that products of two numbers of people fit into 64 bits
constexpr std::uint64_t kMostDays = 36'500;
constexpr std::uint64_t kMostRows = 1'000'000'000'000;
constexpr double kMostDirty = 0.5;
constexpr std::size_t kRowsAtOnce = 1024;  // what is derived of them fits into the nearest caches

Error out_of_bounds(std::string_view what, std::uint64_t least, std::uint64_t most) {
  return {ErrorCode::usage, fmt::format("a world needs {} to {} {}", least, most, what)};
}

/// The digits of a number below 10^8 as characters, most significant in the lowest byte, zeros in front. Of two, four,
/// eight digits at once those of each half.
std::uint64_t digits_of_eight(std::uint64_t number) {
  const std::uint64_t fours = number / 10'000 | (number % 10'000) << 32;
  const std::uint64_t hundreds = (fours * 5243 >> 19) & 0x0000'007f'0000'007f;  // of each half, / 100
  const std::uint64_t twos = hundreds | (fours - 100 * hundreds) << 16;
  const std::uint64_t tens = (twos * 103 >> 10) & 0x000f'000f'000f'000f;  // of each quarter, / 10
  return (tens | (twos - 10 * tens) << 8) | 0x3030'3030'3030'3030;
}

constexpr auto padded(std::string_view text) {
  std::array<char, model::TextColumn::kPadding> bytes{};
  std::ranges::copy(text, bytes.begin());
  return bytes;
}

/// A short text put together on the stack: names and posts, by the hundred million.
class ShortText {
 public:
  void clear() { size_ = 0; }
  void add(char c) { bytes_[size_++] = c; }
  /// Below 10^16: all digits at once, without a loop whose end could be foreseen wrongly.
  void add_number(std::uint64_t number) {
    constexpr std::uint64_t kEight = 100'000'000;
    if (number >= kEight) {
      add_leading(number / kEight);
      put(digits_of_eight(number % kEight), 8);
    } else {
      add_leading(number);
    }
  }
  std::string_view view() const { return {bytes_.data(), size_}; }
  std::string_view first(std::size_t size) const { return {bytes_.data(), size}; }

 private:
  void add_leading(std::uint64_t number) {
    const std::uint64_t digits = digits_of_eight(number);
    const auto zeros =
        static_cast<unsigned>(std::countr_zero((digits - 0x3030'3030'3030'3030) | std::uint64_t{1} << 56)) / 8;
    put(digits >> (8 * zeros), 8 - zeros);
  }
  void put(std::uint64_t digits, std::size_t size) {
    std::memcpy(bytes_.data() + size_, &digits, sizeof digits);
    size_ += size;
  }

  std::array<char, 64>
      bytes_{};  // a letter, two numbers of at most 16 digits, a dash; and as much as is read of a text
  std::size_t size_ = 0;
};
static_assert(std::endian::native == std::endian::little);

}  // namespace

Result<World> World::create(const WorldOptions& options) {
  if (options.people < 2 || options.people > kMostPeople) return out_of_bounds("people", 2, kMostPeople);
  if (options.days < 1 || options.days > kMostDays) return out_of_bounds("days", 1, kMostDays);
  if (options.rows < 1 || options.rows > kMostRows) return out_of_bounds("events", 1, kMostRows);
  const std::int64_t seconds = static_cast<std::int64_t>(options.days) * base::kSecondsPerDay;
  if (options.start < 0 || options.start > base::kMaxTime - seconds)
    return Error{ErrorCode::usage, "a world must begin in 1970 or later and end before the year 10000"};
  if (!(options.dirty >= 0.0 && options.dirty <= kMostDirty))
    return Error{ErrorCode::usage, fmt::format("a world's dirty share must be 0 to {}", kMostDirty)};
  auto crowds = Crowds::create(Draws(options.seed), options.crowds, options.people,
                               options.days * 24 * Timetable::kBinsAnHour, options.rows / 2);
  if (!crowds) return crowds.error();
  if (options.people + crowds->accounts() > kMostPeople)
    return out_of_bounds("people, those of farms, pods and bots included", 2, kMostPeople);
  return World(options, std::move(*crowds));
}

World::World(const WorldOptions& options, Crowds crowds)
    : options_(options),
      draws_(options.seed),
      crowds_(std::move(crowds)),
      everyday_(draws_, options.people, options.start, options.days, options.rows - crowds_.rows(), options.stationary),
      interleaving_(draws_, everyday_.timetable(), crowds_.rows_before_bins()),
      faults_(draws_, options.dirty),
      name_numbers_(options.people + crowds_.accounts(), draws_.bits(Purpose::target, ~std::uint64_t{0})) {}

std::string World::name(PersonNumber person) const {
  return fmt::format("u{}", name_numbers_(person));
}

std::string World::later_name(PersonNumber person) const {
  return fmt::format("v{}", name_numbers_(person));
}

bool World::is_renamed(PersonNumber person) const {
  return faults_.any() && faults_.renamed_after(person) < 1.0;
}

char World::initial_of(PersonNumber person, std::int64_t time) const {
  if (!faults_.any()) return 'u';
  const double since = static_cast<double>(time - options_.start);
  const double seconds = static_cast<double>(options_.days) * static_cast<double>(base::kSecondsPerDay);
  return faults_.renamed_after(person) * seconds <= since ? 'v' : 'u';
}

Act World::act(std::uint64_t row) const {
  Act act;
  acts(row, {&act, 1});
  return act;
}

void World::acts(std::uint64_t first, std::span<Act> acts) const {
  if (!interleaving_.has_crowds()) return everyday_.acts(first, acts);
  // The everyday rows among them follow one another.
  std::vector<Interleaving::Place> places(acts.size());
  std::uint64_t everyday_count = 0, everyday_first = 0;
  for (std::size_t i = 0; i < acts.size(); ++i) {
    places[i] = interleaving_.place(everyday_.timetable(), first + i);
    if (!places[i].of_crowd && everyday_count++ == 0) everyday_first = places[i].number;
  }
  std::vector<Act> everyday(everyday_count);
  everyday_.acts(everyday_first, everyday);
  for (std::size_t i = 0, next = 0; i < acts.size(); ++i)
    acts[i] = places[i].of_crowd ? crowds_.act(places[i].number, places[i].time, everyday_) : everyday[next++];
}

void World::append(std::uint64_t begin, std::uint64_t end, model::InteractionBlock& block) const {
  std::vector<Act> room(std::min<std::uint64_t>(kRowsAtOnce, end - begin));
  for (; begin < end; begin += kRowsAtOnce) {
    const std::span<Act> some = std::span(room).first(std::min<std::uint64_t>(kRowsAtOnce, end - begin));
    acts(begin, some);
    if (!faults_.any()) {
      push(some, block);
      continue;
    }
    for (std::size_t i = 0; i < some.size(); ++i) push(entry(begin + i, some[i]), block);
  }
}

/// The row where it has no fault itself: a reply, if the next row is its twin.
Act World::without_fault(std::uint64_t row, Act act) const {
  if (row + 1 < options_.rows && faults_.of(row + 1) == Fault::twin) act.deed.kind = Kind::reply;
  return act;
}

World::Entry World::entry(std::uint64_t row, const Act& act) const {
  const auto of_row = [&](std::uint64_t earlier) {
    const Act kept = without_fault(earlier, this->act(earlier));
    return Entry{kept, kept.time, earlier};
  };
  switch (faults_.of(row)) {
    case Fault::twin: {
      Entry twin = of_row(row - 1);
      twin.act.deed.kind = Kind::mention;
      return twin;
    }
    case Fault::own:
      return {{{act.deed.actor, act.deed.actor, act.deed.kind}, act.time, act.post_time}, act.time, row};
    case Fault::repeat:
      return of_row(faults_.earlier(row));
    case Fault::late: {
      const std::int64_t late = std::min(faults_.lateness(row), act.time - options_.start);
      const std::int64_t time = act.time - late;
      return {{act.deed, time, std::max<std::int64_t>(0, act.post_time - late)}, time, row};
    }
    case Fault::undo: {
      Entry undo = of_row(faults_.earlier(row));
      undo.time = act.time;
      undo.undo = faults_.names_id(row) ? Undo::by_id : Undo::by_post;
      return undo;
    }
    default:
      return {without_fault(row, act), act.time, row};
  }
}

void World::push(std::span<const Act> acts, model::InteractionBlock& block) const {
  // Some texts at a time, put together before any is copied: what was just written by pieces cannot be read as a whole
  // for some cycles. A post begins with the name of its target.
  constexpr std::size_t kSome = 64;
  static constexpr std::array<char, model::TextColumn::kPadding> kPaddedNetwork = padded(kNetwork);
  std::array<ShortText, kSome> actors, posts;
  std::array<std::size_t, kSome> target_sizes;
  for (; !acts.empty(); acts = acts.subspan(std::min(kSome, acts.size()))) {
    const std::size_t count = std::min(kSome, acts.size());
    for (std::size_t i = 0; i < count; ++i) {
      actors[i].clear();
      actors[i].add('u');
      actors[i].add_number(name_numbers_(acts[i].deed.actor));
      posts[i].clear();
      posts[i].add('u');
      posts[i].add_number(name_numbers_(acts[i].deed.target));
      target_sizes[i] = posts[i].view().size();
      posts[i].add('-');
      posts[i].add_number(static_cast<std::uint64_t>(acts[i].post_time));
    }
    for (std::size_t i = 0; i < count; ++i) {
      block.push_padded({.time = acts[i].time,
                         .kind = acts[i].deed.kind,
                         .network = {kPaddedNetwork.data(), kNetwork.size()},
                         .actor = actors[i].view(),
                         .target = posts[i].first(target_sizes[i]),
                         .post = posts[i].view(),
                         .id = {},
                         .tags = {}});
    }
  }
}

void World::push(const Entry& entry, model::InteractionBlock& block) const {
  ShortText actor, target, post, id;
  const Act& act = entry.act;
  actor.add(initial_of(act.deed.actor, act.time));
  actor.add_number(name_numbers_(act.deed.actor));
  target.add(initial_of(act.deed.target, act.time));
  target.add_number(name_numbers_(act.deed.target));
  post.add('u');  // a post keeps its name
  post.add_number(name_numbers_(act.deed.target));
  post.add('-');
  post.add_number(static_cast<std::uint64_t>(act.post_time));
  id.add('a');
  id.add_number(entry.id);
  Interaction row{.time = entry.time,
                  .kind = act.deed.kind,
                  .network = kNetwork,
                  .actor = actor.view(),
                  .target = target.view(),
                  .post = post.view(),
                  .id = id.view(),
                  .tags = ""};
  if (entry.undo != Undo::none) row.kind = Kind::undo;
  if (entry.undo == Undo::by_id) row.target = row.post = "";
  if (entry.undo == Undo::by_post) row.id = "";
  block.push(row);
}

}  // namespace renown::generate
