#include "pipeline/interaction_file.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "pipeline/read_logs.h"

namespace renown::pipeline {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kPlenty = 1u << 30;

/// Rows with every awkward thing a text may hold, each told from the others by its time.
void make(std::uint64_t begin, std::uint64_t end, model::InteractionBlock& block) {
  for (std::uint64_t row = begin; row < end; ++row) {
    block.push({.time = static_cast<std::int64_t>(1'700'000'000 + row),
                .kind = row % 3 == 0 ? Kind::undo : Kind::reply,
                .network = "n",
                .actor = "comma, \"quote\"",
                .target = row % 2 == 0 ? "back\\slash" : "line\nbreak",
                .post = row % 5 == 0 ? "" : "p\u00fc",
                .id = "",
                .tags = "one two"});
  }
}

class InteractionFiles : public testing::Test {
 protected:
  InteractionFiles() : folder_(fs::temp_directory_path() / fmt::format("renown-interaction-file-{}", ::getpid())) {
    fs::create_directories(folder_);
  }
  ~InteractionFiles() override { fs::remove_all(folder_); }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  Result<InteractionFile> write(const std::string& name, std::uint64_t rows, std::uint64_t max_bytes = kPlenty,
                                std::size_t threads = 2) {
    NoProgress progress;
    return write_interactions(path(name), rows, make, max_bytes, threads, progress);
  }

  std::string bytes(const std::string& name) const {
    std::ifstream file(path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  /// What a reader makes of the file.
  std::vector<std::string> rows_read(const std::string& name) const {
    std::vector<std::string> rows;
    NoProgress progress;
    const auto read = read_logs(
        {.paths = {path(name)}},
        [&](const model::InteractionBlock& block) -> Result<void> {
          for (std::size_t i = 0; i < block.size(); ++i) rows.push_back(text(block[i]));
          return {};
        },
        progress);
    EXPECT_TRUE(read) << read.error().message;
    return rows;
  }

  static std::string text(const Interaction& row) {
    return fmt::format("{}|{}|{}|{}|{}|{}|{}|{}", row.time, kind_name(row.kind), row.network, row.actor, row.target,
                       row.post, row.id, row.tags);
  }

  fs::path folder_;
};

TEST_F(InteractionFiles, read_back_as_they_were_in_every_format) {
  constexpr std::uint64_t kRows = 20'001;  // several pieces and a part of one
  model::InteractionBlock wanted;
  make(0, kRows, wanted);
  for (const std::string name : {"log.csv", "log.ndjson", "log.parquet"}) {
    const auto written = write(name, kRows);
    ASSERT_TRUE(written) << written.error().message;
    EXPECT_EQ(written->rows, kRows);
    EXPECT_EQ(written->size_bytes, fs::file_size(path(name))) << name;
    const auto got = rows_read(name);
    ASSERT_EQ(got.size(), kRows) << name;
    for (std::uint64_t i = 0; i < kRows; ++i) ASSERT_EQ(got[i], text(wanted[i])) << name;
  }
}

TEST_F(InteractionFiles, are_the_same_for_any_number_of_threads) {
  for (const std::string ending : {".csv", ".ndjson", ".parquet"}) {
    for (const std::size_t threads : {1u, 2u, 7u})
      ASSERT_TRUE(write(fmt::format("log{}{}", threads, ending), 100'000, kPlenty, threads));
    EXPECT_EQ(bytes("log1" + ending), bytes("log2" + ending));
    EXPECT_EQ(bytes("log1" + ending), bytes("log7" + ending));
  }
}

TEST_F(InteractionFiles, without_rows_are_a_header) {
  ASSERT_TRUE(write("log.csv", 0));
  EXPECT_EQ(bytes("log.csv"), "time,network,kind,actor,target,post,id,tags\n");
  ASSERT_TRUE(write("log.ndjson", 0));
  EXPECT_EQ(bytes("log.ndjson"), "");
  ASSERT_TRUE(write("log.parquet", 0));
  EXPECT_TRUE(rows_read("log.parquet").empty());
}

TEST_F(InteractionFiles, larger_than_allowed_are_refused_and_leave_what_was_there) {
  for (const std::string name : {"log.csv", "log.ndjson", "log.parquet"}) {
    std::ofstream(path(name)) << "old";
    const auto refused = write(name, 100'000, 1000);
    ASSERT_FALSE(refused) << name;
    EXPECT_NE(refused.error().message.find("more than the 1000 allowed"), std::string::npos) << refused.error().message;
    EXPECT_EQ(bytes(name), "old");
  }
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 3) << "nothing is left beside them";
}

TEST_F(InteractionFiles, that_turn_out_larger_than_foreseen_are_stopped_on_the_way) {
  // The rows that are looked at beforehand are short, all others long.
  constexpr std::uint64_t kRows = 160'000;
  const std::string longer(200, 'x');
  const auto mostly_long = [&](std::uint64_t begin, std::uint64_t end, model::InteractionBlock& block) {
    for (std::uint64_t row = begin; row < end; ++row)
      block.push({.time = 1'700'000'000,
                  .kind = Kind::like,
                  .network = "n",
                  .actor = row % 10'000 < 256 ? std::string("a") : longer + std::to_string(row * 0x9e3779b97f4a7c15),
                  .target = "b",
                  .post = "",
                  .id = "",
                  .tags = ""});
  };
  NoProgress progress;
  for (const std::string name : {"log.csv", "log.parquet"}) {
    const auto refused =
        write_interactions(path(name), kRows, mostly_long, 1'000'000 * (name == "log.csv" ? 8 : 1), 2, progress);
    ASSERT_FALSE(refused) << name;
    EXPECT_EQ(refused.error().code, ErrorCode::io);
  }
  EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(InteractionFiles, an_unknown_ending_a_missing_folder_and_no_room_are_named) {
  EXPECT_EQ(write("log.txt", 1).error().code, ErrorCode::usage);
  EXPECT_NE(write("nowhere/log.csv", 1).error().message.find("there is no folder"), std::string::npos);
  const auto enormous = write("log.csv", 1'000'000'000'000, ~std::uint64_t{0});
  EXPECT_NE(enormous.error().message.find("the disk has room for"), std::string::npos) << enormous.error().message;
}

}  // namespace
}  // namespace renown::pipeline
