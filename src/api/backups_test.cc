#include "api/backups.h"

#include <fstream>

#include <gtest/gtest.h>

#include "api/testing.h"
#include "pipeline/progress.h"
#include "upkeep/restore.h"

namespace renown::api {
namespace {

constexpr std::string_view kFile = "renown-7.tar.zst";  // test::kNow is a Sunday

BackupState when_done(const Backups& backups) {
  for (int i = 0; i < 5'000; ++i) {
    BackupState state = backups.state();
    if (!state.is_running && (!state.backups.empty() || !state.problem.empty())) return state;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  ADD_FAILURE() << "no backup was made";
  return {};
}

TEST(BackupsTest, OneIsMadeAtOnceOfARunningInstanceAndCanBeRestored) {
  test::TestInstance world;
  world.context().backups.start();
  const BackupState state = when_done(world.context().backups);
  EXPECT_EQ(state.problem, "");
  ASSERT_EQ(state.backups.size(), 1U);
  EXPECT_EQ(state.backups.front().name, kFile);
  EXPECT_GT(state.backups.front().size_bytes, 1000U);

  pipeline::NoProgress progress;
  const auto verified =
      upkeep::verify_backup(world.backup_folder() + "/" + std::string(kFile), world.backup_folder(), progress);
  ASSERT_TRUE(verified) << verified.error().message;
  EXPECT_EQ(world.get("/v1/people/me/score", world.ada).status, 200);  // the service goes on
}

TEST(BackupsTest, TheOperatorSeesThemAndAsksForOne) {
  test::TestInstance world;
  world.context().backups.start();
  when_done(world.context().backups);
  EXPECT_EQ(world.ask("POST", "/v1/admin/backups", world.operator_).status, 202);
  when_done(world.context().backups);
  const auto answer = world.get("/v1/admin/backups", world.operator_);
  EXPECT_EQ(answer.status, 200);
  EXPECT_TRUE(*answer.json()["is_on"].boolean());
  EXPECT_EQ((*answer.json()["items"].elements().begin())["name"].text(), kFile);
  EXPECT_EQ(world.get("/v1/admin/backups", world.ada).status, 403);
  EXPECT_EQ(world.get("/v1/admin/backups").status, 401);
}

TEST(BackupsTest, AFolderThatIsGoneIsSaidAndTriedAgainAnHourLater) {
  test::TestInstance world;
  auto backups = *Backups::open(world.instance(), {.folder = world.backup_folder()});
  std::filesystem::remove_all(world.backup_folder());
  backups->start();
  const BackupState state = when_done(*backups);
  EXPECT_NE(state.problem.find(world.backup_folder()), std::string::npos) << state.problem;
  EXPECT_TRUE(state.backups.empty());
  EXPECT_GE(*state.next, world.now() + 3000);
}

TEST(BackupsTest, WhatAKilledServiceLeftHalfDoneIsRemovedOfAllWeekdays) {
  test::TestInstance world;
  const std::string half = world.backup_folder() + "/renown-3.tar.zst.partial";
  const std::string whole = world.backup_folder() + "/renown-3.tar.zst",
                    other = world.backup_folder() + "/notes.partial";
  for (const std::string& path : {half + "/interactions.duckdb", whole, other}) io::testing::write_file(path, "x");
  ASSERT_TRUE(Backups::open(world.instance(), {.folder = world.backup_folder()}));
  EXPECT_FALSE(std::filesystem::exists(half));
  EXPECT_TRUE(std::filesystem::exists(whole));
  EXPECT_TRUE(std::filesystem::exists(other));
}

TEST(BackupsTest, AFolderMustBeThereAndNotInTheDataFolder) {
  test::TestInstance world;
  const auto missing = Backups::open(world.instance(), {.folder = world.backup_folder() + "/none"});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::io);
  const auto inside = Backups::open(world.instance(), {.folder = world.folder()});
  ASSERT_FALSE(inside);
  EXPECT_EQ(inside.error().code, ErrorCode::usage);
  const auto none = Backups::open(world.instance(), {});
  ASSERT_TRUE(none);
  EXPECT_FALSE((*none)->state().is_on);
}

}  // namespace
}  // namespace renown::api
