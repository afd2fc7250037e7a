#include "upkeep/kept_files.h"

#include <gtest/gtest.h>

#include "io/testing.h"
#include "upkeep/manifest.h"

namespace renown::upkeep {
namespace {

TEST(KeptFiles, HaveARoleByTheirNamesAndNothingElseHas) {
  struct Row {
    const char* name;
    std::optional<FileRole> role;
  };
  const std::string long_name = std::string(65, 'a') + ".sqlite";
  for (const Row& row : std::initializer_list<Row>{
           {"", {}},
           {"interactions.duckdb", FileRole::log},
           {"other.duckdb", {}},
           {"interactions.duckdb.wal", {}},
           {"interactions.duckdb.new", {}},
           {"people.sqlite", FileRole::store},
           {"a-b_9.sqlite", FileRole::store},
           {".sqlite", {}},
           {"people.sqlite-wal", {}},
           {"People.sqlite", {}},
           {"../people.sqlite", {}},
           {"a/people.sqlite", {}},
           {"/people.sqlite", {}},
           {"people\n.sqlite", {}},
           {long_name.c_str(), {}},
           {"tombstone.key", FileRole::key},
           {"badge.key", FileRole::key},
           {"token.key", FileRole::token_key},
           {"tombstone.key.new", {}},
           {"tokens/0123abcdef.sealed", FileRole::sealed_token},
           {"tokens/0123abcdeg.sealed", {}},
           {"tokens/.sealed", {}},
           {"tokens/lock", {}},
           {"tokens/../0123.sealed", {}},
           {"tokens/tokens/0123.sealed", {}},
           {"lock", {}},
           {"tally/00000001", {}},
           {"manifest.json", {}},
       }) {
    EXPECT_EQ(role_of(row.name), row.role) << row.name;
  }
}

TEST(KeptFiles, AreListedWithTheLogFirst) {
  const io::testing::TemporaryFolder folder;
  EXPECT_TRUE(list_files(folder / "nowhere")->kept.empty());
  for (const char* name : {"people.sqlite", "tombstone.key", "interactions.duckdb", "tally/00000001", "lock",
                           "tokens/ab.sealed", "tokens/lock", "letter.txt", "interactions.duckdb.new", "token.key"}) {
    io::testing::write_file(folder / name, "x");
  }
  const auto files = list_files(folder.path());
  ASSERT_TRUE(files);
  EXPECT_EQ(files->kept,
            (std::vector<std::string>{"interactions.duckdb", "people.sqlite", "tokens/ab.sealed", "tombstone.key"}));
  EXPECT_EQ(files->unknown, (std::vector<std::string>{"letter.txt"}));
  EXPECT_EQ(*leftovers(folder.path()), (std::vector<std::string>{folder / "interactions.duckdb.new"}));
}

TEST(Manifests, ReadBackAsTheyWere) {
  Manifest manifest{.program = "1.2.3", .made = 1'800'000'000};
  const std::string digest(64, 'a');
  manifest.members = {{"interactions.duckdb", FileRole::log, 123, digest, 2, 5000},
                      {"people.sqlite", FileRole::store, std::uint64_t{1} << 40, digest, 1, 0},
                      {"tombstone.key", FileRole::key, 65, digest, 0, 0}};
  const auto again = parse_manifest(manifest_json(manifest));
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(*again, manifest);
  EXPECT_EQ(manifest.size_bytes(), 123 + (std::uint64_t{1} << 40) + 65);
  EXPECT_EQ(manifest.find(FileRole::sealed_token), nullptr);
}

}  // namespace
}  // namespace renown::upkeep
