/// The words of this folder's tests: a data folder with something of everything in it, backed up and restored.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "io/testing.h"
#include "log/test_vocabulary.h"
#include "people/registry.h"
#include "pipeline/token_store.h"
#include "store/database.h"
#include "upkeep/backup.h"
#include "upkeep/restore.h"

namespace renown::upkeep::test {

inline constexpr std::int64_t kNow = 1'800'000'000;

/// Path below the folder -> bytes, of every file.
using Files = std::map<std::string, std::string>;

inline Files files_of(const std::string& folder) {
  Files files;
  std::error_code why;
  for (std::filesystem::recursive_directory_iterator entry(folder, why), end; !why && entry != end;
       entry.increment(why)) {
    if (!entry->is_regular_file()) continue;
    files[std::filesystem::relative(entry->path(), folder).string()] = io::testing::read_file(entry->path());
  }
  return files;
}

/// Files that say something, without locks.
inline Files content_of(const std::string& folder) {
  Files files = files_of(folder);
  files.erase("lock");
  files.erase("tokens/lock");
  return files;
}

/// All rows of all tables of a store, as text.
inline std::string dump(const std::string& path) {
  auto database = store::Database::open_for_reading(path);
  if (!database) return database.error().message;
  std::string text;
  auto tables = database->query("SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY name");
  while (tables && *tables->next()) {
    text += fmt::format("{}\n", tables->text(1));
    auto rows = database->query(fmt::format("SELECT * FROM \"{}\"", std::string(tables->text(0))));
    while (rows && *rows->next()) text += fmt::format("{}|{}|{}\n", rows->text(0), rows->text(1), rows->text(2));
  }
  return text;
}

class UpkeepTest : public ::testing::Test {
 protected:
  static log::test::Rows town(int people) {
    log::test::Rows rows;
    for (int i = 0; i < people; ++i) {
      rows.push_back({1'700'000'000 + i, Kind::reply, "forum", fmt::format("fan{}", i), "alice", fmt::format("p{}", i),
                      fmt::format("id{}", i), "tea"});
    }
    return rows;
  }

  /// Log, people, a store of a service, sealed tokens, something derived, and nothing else.
  void make_folder(int people = 200) {
    auto log = log::InteractionLog::create(data_, log::test::test_key());
    ASSERT_TRUE(log) << log.error().message;
    ASSERT_TRUE(log::test::import_rows(*log, town(people)));
    auto registry = people::PeopleRegistry::open_for_writing(data_ + "/people.sqlite");
    ASSERT_TRUE(registry) << registry.error().message;
    ASSERT_TRUE(registry->add("Alice", people::ConsentBasis::enrolled, 1));
    auto service = store::Database::open_for_writing(data_ + "/service.sqlite");
    ASSERT_TRUE(
        service->execute_script("CREATE TABLE points(person, day, score); PRAGMA user_version = 4;"
                                "INSERT INTO points VALUES (1, 20000, 57.25), (1, 20001, 58.5)"));
    auto tokens = pipeline::TokenStore::open(data_, key_);
    ASSERT_TRUE(tokens) << tokens.error().message;
    ASSERT_TRUE(tokens->put("mine", "a token that must not be readable"));
    io::testing::write_file(data_ + "/tally/00000001", "derived");
  }

  Result<BackupReport> back_up(bool with_token_key = false) {
    pipeline::NoProgress silent;
    return upkeep::back_up({data_, file_, key_, with_token_key, kNow}, silent);
  }
  Result<RestoreReport> restore(const std::string& to, Depth depth = Depth::quick) {
    pipeline::NoProgress silent;
    return upkeep::restore({file_, to, key_, depth}, silent);
  }
  Result<RestoreReport> verify() {
    pipeline::NoProgress silent;
    return verify_backup(file_, scratch_.path(), silent);
  }

  io::testing::TemporaryFolder scratch_;
  std::string data_ = scratch_ / "data", again_ = scratch_ / "again", file_ = scratch_ / "backup.tar.zst",
              key_ = scratch_ / "token.key";
};

}  // namespace renown::upkeep::test
