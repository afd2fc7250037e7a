#include "random_world.h"

#include <utility>

#include <fmt/format.h>
#include <rapidcheck.h>

#include "aggregate/acts.h"
#include "base/time.h"
#include "score/explain.h"
#include "score/model_file.h"

namespace renown::property {
namespace {

/// Takes `choices` off a random number.
std::uint64_t take(std::uint64_t& code, std::uint64_t choices) {
  const std::uint64_t choice = code % choices;
  code /= choices;
  return choice;
}

constexpr std::int64_t kDays[] = {30, 0, 1, 2, 8, 9, 15, 37, 100, 179, 180, 187, 300};

}  // namespace

Interaction Row::view() const {
  return {time, kind, actor.network, actor.account, target.account, post, id, tags};
}

const std::vector<Account>& accounts() {
  static const std::vector<Account> all = {{"chirp", "ann"}, {"chirp", "bob"}, {"chirp", "cat"}, {"chirp", "dan"},
                                           {"chirp", "eve"}, {"forum", "ann"}, {"forum", "bob"}, {"forum", "fay"}};
  return all;
}

Row decode_row(std::uint64_t code) {
  constexpr std::uint64_t kChirp = 5;
  constexpr std::uint64_t kForum = 3;
  Row row;
  const bool forum = take(code, 4) == 1;
  const std::uint64_t first = forum ? kChirp : 0;
  const std::uint64_t count = forum ? kForum : kChirp;
  row.actor = accounts()[first + take(code, count)];
  row.target = accounts()[first + take(code, count)];
  row.kind =
      static_cast<Kind>((take(code, kKindNames.size()) + static_cast<std::uint64_t>(Kind::like)) % kKindNames.size());
  const std::int64_t days = kDays[take(code, std::size(kDays))];
  row.time = kAsOf - days * base::kSecondsPerDay - static_cast<std::int64_t>(take(code, 4)) + 1;
  if (days > 0 && take(code, 3) == 0) row.time -= static_cast<std::int64_t>(take(code, 86'400));
  constexpr const char* kPosts[] = {"", "p", "q"};
  constexpr const char* kIds[] = {"", "", "1", "2"};
  constexpr const char* kTags[] = {"", "rust", "rust bread"};
  row.post = kPosts[take(code, 3)];
  row.id = kIds[take(code, 4)];
  row.tags = kTags[take(code, 3)];
  if (row.kind == Kind::post) row.target.account.clear();
  return row;
}

World any_world(bool is_protected) {
  World world;
  for (const std::uint64_t code :
       *rc::gen::container<std::vector<std::uint64_t>>(rc::gen::arbitrary<std::uint64_t>())) {
    world.rows.push_back(decode_row(code));
  }
  std::uint64_t links = *rc::gen::arbitrary<std::uint64_t>();
  for (const Account& account : accounts()) {
    const std::uint64_t owner = take(links, 6);
    if (owner < 3) world.lists.people[account] = fmt::format("person {}", owner);
  }
  const auto verified = *rc::gen::arbitrary<std::uint16_t>();
  if (!is_protected) return world;
  world.lists.verified.emplace();
  for (std::size_t i = 0; i < accounts().size(); ++i) {
    if ((verified >> i & 1) != 0) world.lists.verified->insert(accounts()[i]);
  }
  return world;
}

const ScoreModel& model() {
  static const ScoreModel plain = [] {
    ScoreModel shipped = *score::parse_model(score::shipped_model(score::kDefaultModel), "renown-0.1");
    shipped.quantiles_unprotected = shipped.quantiles_verified = {};
    return shipped;
  }();
  return plain;
}

score::ScoreRun score(const World& world, const ScoreModel& by, std::int64_t as_of, std::size_t threads) {
  aggregate::EventTable events;
  for (const Row& row : world.rows) events.add(row.view());
  const auto provoked_seconds = static_cast<std::int64_t>(by.provoked_days * static_cast<double>(base::kSecondsPerDay));
  aggregate::Acts acts = aggregate::derive_acts(std::move(events), world.lists.people, as_of, provoked_seconds);
  const score::Lists lists{.people = &world.lists.people,
                           .verified = world.lists.verified ? &*world.lists.verified : nullptr,
                           .farm = nullptr};
  return score::score_acts(std::move(acts), lists, by, as_of, threads);
}

ScoreCard card_of(const score::ScoreRun& run, const World& world, const Account& account) {
  if (const auto person = score::find_person(run, account)) return run.cards[*person];
  for (const auto& [other, owner] :
       world.lists.people) {  // the account itself may not be in the log while its person is
    if (owner != person_of(world, account)) continue;
    if (const auto person = score::find_person(run, other)) return run.cards[*person];
  }
  return {};
}

double raw_of(const score::ScoreRun& run, const World& world, const Account& account) {
  return card_of(run, world, account).raw;
}

std::string person_of(const World& world, const Account& account) {
  const auto linked = world.lists.people.find(account);
  return linked != world.lists.people.end() ? linked->second : account.network + ":" + account.account;
}

std::string shown(const World& world) {
  std::string text;
  for (const Row& row : world.rows) {
    text += fmt::format("{} {} {} {} -> {} post={} id={} tags={}\n", base::format_time(row.time), row.actor.network,
                        kind_name(row.kind), row.actor.account, row.target.account, row.post, row.id, row.tags);
  }
  for (const auto& [account, person] : world.lists.people)
    text += fmt::format("{}:{} is {}\n", account.network, account.account, person);
  if (world.lists.verified) {
    for (const Account& account : *world.lists.verified)
      text += fmt::format("verified {}:{}\n", account.network, account.account);
  }
  return text;
}

}  // namespace renown::property
