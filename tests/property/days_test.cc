// A log that is taken in day by day, each run going on from the files of those before it, gives the scores of a log
// that is taken in whole: to the bit, whatever came when, and whatever was put together in between.
#include <algorithm>
#include <filesystem>
#include <limits>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <unistd.h>

#include "aggregate/intake.h"
#include "aggregate/intake_file.h"
#include "base/spill_area.h"
#include "model/interaction_block.h"
#include "random_world.h"
#include "same_card.h"
#include "score/sweep.h"

namespace renown::property {
namespace {

namespace fs = std::filesystem;

const AccountSet kNobody;

/// A folder for the files of one world.
class TallyFolder {
 public:
  TallyFolder() : path_(fs::temp_directory_path() / ("renown-days-" + std::to_string(::getpid()))) {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  ~TallyFolder() { fs::remove_all(path_); }
  TallyFolder(const TallyFolder&) = delete;
  TallyFolder& operator=(const TallyFolder&) = delete;

  std::string file(std::size_t number) const { return path_ / std::to_string(number); }

 private:
  fs::path path_;
};

void add_rows(aggregate::Intake& intake, std::span<const Row> rows) {
  model::InteractionBlock block;
  for (const Row& row : rows) block.push(row.view());
  intake.add(block);
}

/// One data folder's tally, in its simplest form.
class Days {
 public:
  Days(const World& world, bool keeps_keys) : world_(world), keeps_keys_(keeps_keys) {}

  /// A run after these rows came: scores all rows so far.
  score::ScoreSheet run(std::span<const Row> rows, bool together, std::int64_t as_of) {
    base::SpillArea area(std::numeric_limits<std::uint64_t>::max(), "");
    aggregate::Intake intake(world_.lists.people, area, aggregate::Intake::Keeps{.keys = keeps_keys_});
    for (std::size_t number = 1; number <= files_; ++number) {
      const auto loaded = aggregate::load_intake(intake, folder_.file(number));
      RC_ASSERT(bool{loaded});
      RC_ASSERT(loaded->has_value());
    }
    const aggregate::IntakeMark loaded = aggregate::mark_of(intake);
    add_rows(intake, rows);
    intake.finish();
    together = together || files_ == 0;
    if (together) intake.sort_rows(2);
    files_ = together ? 1 : files_ + 1;
    const auto saved =
        aggregate::save_intake(intake, together ? aggregate::IntakeMark{} : loaded, "note", folder_.file(files_));
    RC_ASSERT(bool{saved});
    return sweep(intake, area, as_of);
  }

  score::ScoreSheet whole(std::span<const Row> rows, std::int64_t as_of) const {
    base::SpillArea area(std::numeric_limits<std::uint64_t>::max(), "");
    aggregate::Intake intake(world_.lists.people, area, aggregate::Intake::Keeps{.keys = keeps_keys_});
    add_rows(intake, rows);
    intake.finish();
    return sweep(intake, area, as_of);
  }

 private:
  score::ScoreSheet sweep(aggregate::Intake& intake, base::SpillArea& area, std::int64_t as_of) const {
    const score::SweepRequest request{.model = model(),
                                      .as_of = as_of,
                                      .people = world_.lists.people,
                                      .verified = world_.lists.verified ? &*world_.lists.verified : nullptr,
                                      .pardoned = kNobody,
                                      .threads = 2};
    auto sheet =
        score::sweep_scores(intake, area, request, [](std::string_view, std::uint64_t, std::uint64_t) { return true; });
    RC_ASSERT(bool{sheet});
    return std::move(*sheet);
  }

  const World& world_;
  bool keeps_keys_;
  TallyFolder folder_;
  std::size_t files_ = 0;
};

void expect_same_scores(const score::ScoreSheet& a, const score::ScoreSheet& b) {
  RC_ASSERT(a.ranking() == b.ranking());
  RC_ASSERT(a.farms() == b.farms());
  RC_ASSERT(same_bits(a.observed_verified_share(), b.observed_verified_share()));
  RC_ASSERT(a.dropped().rows == b.dropped().rows);
  RC_ASSERT(a.dropped().withdrawn == b.dropped().withdrawn);
  RC_ASSERT(a.dropped().twins == b.dropped().twins);
  RC_ASSERT(a.dropped().provoked == b.dropped().provoked);
  RC_ASSERT(a.dropped().acts == b.dropped().acts);
  for (const aggregate::AccountId account : a.ranking()) {
    RC_ASSERT(a.account(account).network == b.account(account).network);
    RC_ASSERT(a.account(account).account == b.account(account).account);
    RC_ASSERT(a.person_name(a.person_of(account)) == b.person_name(b.person_of(account)));
    expect_same_card(a.card(a.person_of(account)), b.card(b.person_of(account)));
  }
}

/// How many rows each run finds new, in what form they are kept, and at what time it scores.
void compare(World world, bool keeps_keys) {
  if (!keeps_keys) std::erase_if(world.rows, [](const Row& row) { return row.kind == Kind::undo; });
  Days days(world, keeps_keys);
  const std::span<const Row> rows = world.rows;
  for (std::size_t done = 0; done < rows.size();) {
    const auto most = static_cast<int>(rows.size() - done);
    const auto count = static_cast<std::size_t>(*rc::gen::resize(100, rc::gen::inRange(1, most + 1)));
    const bool together = *rc::gen::arbitrary<bool>();
    const std::int64_t as_of = kAsOf - 86'400 * *rc::gen::inRange(0, 40);
    const score::ScoreSheet by_days = days.run(rows.subspan(done, count), together, as_of);
    done += count;
    expect_same_scores(by_days, days.whole(rows.first(done), as_of));
  }
}

TEST(Days, give_the_scores_of_the_whole_log) {
  EXPECT_TRUE(rc::check("protected, with undos", [] { compare(any_world(true), true); }));
  EXPECT_TRUE(rc::check("unprotected, with undos", [] { compare(any_world(false), true); }));
  EXPECT_TRUE(rc::check("without what undos name rows by", [] { compare(any_world(true), false); }));
}

}  // namespace
}  // namespace renown::property
