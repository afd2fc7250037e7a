// Acts of hundreds of thousands of rows, held against a plain twin: the rules as docs/scoring/acts.md has them, over
// maps of the standard library. Small logs never come to the ways in which large ones are sorted.
#include "aggregate/act_maker.h"

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <ostream>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

#include <gtest/gtest.h>

#include "base/hash.h"
#include "base/parallel.h"
#include "base/time.h"
#include "model/interaction_block.h"

namespace renown::aggregate {
namespace {

constexpr std::int64_t kStart = 1'700'000'000;
constexpr std::int64_t kProvokedSeconds = 7 * base::kSecondsPerDay;

/// What a log is like.
struct Shape {
  std::string name;
  std::size_t rows = 0;
  std::uint32_t actors = 0;    ///< accounts 0 to actors - 1 act
  std::uint32_t targets = 0;   ///< accounts 0 to targets - 1 are engaged with
  std::uint32_t seconds = 0;   ///< few: many twins
  std::uint32_t favoured = 0;  ///< in a thousand: rows on account 0
  std::uint32_t linked = 0;    ///< accounts 2n and 2n + 1 below this one are of one person
  friend std::ostream& operator<<(std::ostream& out, const Shape& shape) { return out << shape.name; }
};

struct TestRow {
  std::int64_t time = 0;
  Kind kind = Kind::like;
  std::uint32_t actor = 0, target = 0;
  std::string post, id;

  bool has_target() const { return kind != Kind::post && !(kind == Kind::undo && !id.empty()); }
};

using Pair = std::pair<std::uint32_t, std::uint32_t>;             // actor and target
using Tally = std::map<Pair, std::map<std::int64_t, Kind>>;       // acts by time: one a second
using NumberOf = std::unordered_map<std::string, std::uint32_t>;  // account by its name

/// Names begin alike for twenty bytes, and many are the beginning of others.
std::string name_of(std::uint32_t account) {
  return "somebody-of-a-forum-" + std::to_string(account);
}

/// A row of every kind; few posts and ids, so that undos find what they name.
TestRow row_of(const Shape& shape, std::size_t i) {
  const std::uint64_t hash = base::mix64(i + 1);
  const std::uint64_t more = base::mix64(hash);
  TestRow row{.time = kStart + static_cast<std::int64_t>(i * shape.seconds / shape.rows + hash % 3),
              .kind = static_cast<Kind>(more % kKindNames.size()),
              .actor = static_cast<std::uint32_t>((hash >> 8) % shape.actors),
              .target = static_cast<std::uint32_t>((more >> 8) % shape.targets),
              .post = {},
              .id = {}};
  if ((hash >> 40) % 1000 < shape.favoured) row.target = 0;
  if ((more >> 40) % 3 == 0) row.post = "post-" + std::to_string((more >> 42) % 3);
  if ((more >> 50) % 3 == 0) row.id = "id-" + std::to_string((more >> 52) % 50);
  return row;
}

/// Rows in time, or with every second one far from its place.
std::vector<TestRow> rows_of(const Shape& shape, bool in_time) {
  std::vector<TestRow> rows;
  for (std::size_t i = 0; i < shape.rows; ++i) rows.push_back(row_of(shape, i));
  for (std::size_t i = 0; !in_time && i < rows.size(); i += 2) std::swap(rows[i], rows[base::mix64(i) % rows.size()]);
  return rows;
}

/// The rules, one after the other.
class PlainRules {
 public:
  PlainRules(const Shape& shape, const std::vector<TestRow>& rows, std::int64_t as_of) : shape_(shape), as_of_(as_of) {
    for (const TestRow& row : rows) note(row);
    for (const TestRow& row : rows) {
      if (is_act(row)) kinds_[{row.actor, row.target}][row.time].insert(row.kind);
    }
  }

  Tally tally() const {
    Tally tally;
    for (const auto& [pair, by_time] : kinds_) {
      bool counts = false;  // from the first act on that was not provoked
      for (const auto& [time, kinds] : by_time) {
        counts = counts || !provoked(pair, time, kinds);
        if (counts) tally[pair][time] = *kinds.begin();
      }
    }
    return tally;
  }

 private:
  void note(const TestRow& row) {
    if (row.has_target() && addresses_in_words(row.kind)) words_[{row.actor, row.target}].insert(row.time);
    if (row.kind != Kind::undo || row.time >= as_of_) return;
    std::int64_t& latest =
        row.id.empty() ? undone_post_[{row.actor, row.target, row.post}] : undone_[{row.actor, row.id}];
    latest = std::max(latest, row.time);
  }

  bool withdrawn(const TestRow& row) const {
    const auto by_id = undone_.find({row.actor, row.id});
    const auto by_post = undone_post_.find({row.actor, row.target, row.post});
    return (!row.id.empty() && by_id != undone_.end() && row.time < by_id->second) ||
           (by_post != undone_post_.end() && row.time < by_post->second);
  }

  bool same_person(std::uint32_t a, std::uint32_t b) const {
    return a == b || (a / 2 == b / 2 && std::max(a, b) < shape_.linked);
  }

  bool is_act(const TestRow& row) const {
    return row.time < as_of_ && is_engagement(row.kind) && !same_person(row.actor, row.target) && !withdrawn(row);
  }

  bool provoked(const Pair& pair, std::int64_t time, const std::set<Kind>& kinds) const {
    if (!std::ranges::all_of(kinds, addresses_in_words)) return false;
    const auto said = words_.find({pair.second, pair.first});
    if (said == words_.end()) return false;
    const auto asked = said->second.lower_bound(time - kProvokedSeconds);
    return asked != said->second.end() && *asked <= time;
  }

  const Shape& shape_;
  std::int64_t as_of_;
  std::map<Pair, std::set<std::int64_t>> words_;
  std::map<std::pair<std::uint32_t, std::string>, std::int64_t> undone_;
  std::map<std::tuple<std::uint32_t, std::uint32_t, std::string>, std::int64_t> undone_post_;
  std::map<Pair, std::map<std::int64_t, std::set<Kind>>> kinds_;
};

PeopleMap people_of(const Shape& shape) {
  PeopleMap people;
  for (std::uint32_t i = 0; i < shape.linked; ++i) people[{"forum", name_of(i)}] = "person " + std::to_string(i / 2);
  return people;
}

void fill(Intake& intake, const std::vector<TestRow>& rows) {
  model::InteractionBlock block;
  for (const TestRow& row : rows) {
    const std::string actor = name_of(row.actor);
    const std::string target = row.has_target() ? name_of(row.target) : "";
    block.push({.time = row.time,
                .kind = row.kind,
                .network = "forum",
                .actor = actor,
                .target = target,
                .post = row.post,
                .id = row.id,
                .tags = {}});
    if (block.size() < 1000) continue;
    intake.add(block);
    block.clear();
  }
  intake.add(block);
  intake.finish();
}

/// The acts that ActMaker makes, and whether each person's came once, whole and in order.
class MadeActs {
 public:
  MadeActs(const Shape& shape, const AccountOrder& order, const PersonNumbers& persons)
      : order_(order), persons_(persons) {
    for (std::uint32_t i = 0; i < std::max(shape.actors, shape.targets); ++i) numbers_[name_of(i)] = i;
  }

  void add(const ActsOnPerson& target) {
    const auto engager_and_moment = [&](const Row& act) {
      return std::pair(persons_.of(act.actor), act.moment.bits >> 6);
    };
    is_ordered_ &= std::ranges::is_sorted(target.acts, {}, engager_and_moment);
    is_once_ &= targets_.insert(target.target).second;
    std::set<Pair> pairs;
    for (const Row& act : target.acts) {
      const Pair pair = {number_of(act.actor), number_of(act.target)};
      is_once_ &= tally_[pair].emplace(act.moment.time(), act.moment.kind()).second;
      is_ordered_ &= persons_.of(act.target) == target.target;
      pairs.insert(pair);
    }
    is_counted_ &= pairs.size() == target.account_pairs;
  }

  void expect(const Tally& wanted) const {
    EXPECT_TRUE(is_ordered_);
    EXPECT_TRUE(is_once_);
    EXPECT_TRUE(is_counted_);
    EXPECT_EQ(tally_.size(), wanted.size());
    EXPECT_TRUE(tally_ == wanted);
  }

 private:
  std::uint32_t number_of(AccountId rank) const { return numbers_.at(std::string(order_[rank].account)); }

  const AccountOrder& order_;
  const PersonNumbers& persons_;
  NumberOf numbers_;
  Tally tally_;
  std::set<PersonId> targets_;
  bool is_ordered_ = true, is_once_ = true, is_counted_ = true;
};

struct Way {
  bool in_time = true;
  std::uint64_t memory_bytes = 0;
  std::size_t threads = 1;
};

void expect_the_acts_of(const Shape& shape, const Way& way) {
  const std::int64_t as_of = kStart + shape.seconds - shape.seconds / 50;
  const std::vector<TestRow> rows = rows_of(shape, way.in_time);
  const PeopleMap people = people_of(shape);
  base::SpillArea area(way.memory_bytes, std::filesystem::temp_directory_path());
  Intake intake(people, area);
  fill(intake, rows);
  EXPECT_EQ(area.spilled_bytes() > 0, way.memory_bytes == 0);

  const AccountOrder& order = intake.order();
  const PersonNumbers persons(intake.accounts(), order, people);
  UndoSet undos;
  for (const KeyedRow& undo : intake.undos()) {
    if (undo.row.moment.time() < as_of) undos.add(undo);
  }
  MadeActs made(shape, order, persons);
  std::mutex lock;
  base::parallel_workers(
      base::kPartitions, way.threads,
      [&] {
        return [&, acts = std::make_unique<ActMaker>(intake, undos, order, persons, as_of, kProvokedSeconds)](
                   std::size_t partition) {
          acts->for_each_person(partition, [&](const ActsOnPerson& target) {
            const std::lock_guard guard(lock);
            made.add(target);
          });
        };
      },
      [](std::size_t) { return true; });
  made.expect(PlainRules(shape, rows, as_of).tally());
}

class ActsOfManyRows : public testing::TestWithParam<Shape> {};

TEST_P(ActsOfManyRows, are_those_of_the_plain_rules) {
  constexpr std::uint64_t kEnough = std::uint64_t{1} << 30;
  for (const Way& way : {Way{true, kEnough, 1}, Way{false, 0, 2}}) {
    SCOPED_TRACE(testing::Message() << (way.in_time ? "in time" : "in no order") << ", " << way.memory_bytes
                                    << " bytes, " << way.threads << " threads");
    expect_the_acts_of(GetParam(), way);
  }
}

// Partitions of over 16,384 rows are sorted part by part (base/radix_sort.h): one target, or a favoured one, makes
// them.
INSTANTIATE_TEST_SUITE_P(Shapes, ActsOfManyRows,
                         testing::Values(Shape{"few_accounts", 100'000, 12, 12, 1'000'000, 0, 4},
                                         Shape{"as_many_accounts_as_rows", 100'000, 100'000, 100'000, 3'000'000, 0, 0},
                                         Shape{"all_on_one", 60'000, 40'000, 1, 500'000, 0, 0},
                                         Shape{"half_on_one", 200'000, 5'000, 90'000, 2'000'000, 500, 0},
                                         Shape{"one_acts", 60'000, 1, 60'000, 500'000, 0, 0},
                                         Shape{"in_few_seconds", 100'000, 300, 300, 5, 100, 0},
                                         Shape{"linked_people", 150'000, 3'000, 20'000, 2'000'000, 300, 3'000}),
                         [](const auto& shape) { return shape.param.name; });

}  // namespace
}  // namespace renown::aggregate
