/// The words of this folder's tests: rows, a data folder that is gone afterwards, what is in a log.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "log/interaction_log.h"

namespace renown::log::test {

/// An interaction that owns its texts.
struct Row {
  std::int64_t time = 0;
  Kind kind = Kind::like;
  std::string network = "x", actor, target, post, id, tags;

  Interaction view() const { return {time, kind, network, actor, target, post, id, tags}; }
  static Row of(const Interaction& row) {
    return {row.time,
            row.kind,
            std::string(row.network),
            std::string(row.actor),
            std::string(row.target),
            std::string(row.post),
            std::string(row.id),
            std::string(row.tags)};
  }
  auto operator<=>(const Row&) const = default;
};

inline void PrintTo(const Row& row, std::ostream* out) {
  *out << fmt::format("{} {} {}: {} -> {} post '{}' id '{}' tags '{}'", row.time, row.network, kind_name(row.kind),
                      row.actor, row.target, row.post, row.id, row.tags);
}

using Rows = std::vector<Row>;

inline Rows sorted(Rows rows) {
  std::ranges::sort(rows);
  return rows;
}

/// Sorted, each once.
inline Rows as_set(Rows rows) {
  std::ranges::sort(rows);
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

inline TombstoneKey test_key(unsigned char first = 7) {
  std::array<unsigned char, TombstoneKey::kBytes> bytes = {};
  bytes[0] = first;
  return TombstoneKey(bytes);
}

/// Gives the rows to the log as one import, `block_rows` at a time.
inline Result<ImportCounts> import_rows(InteractionLog& log, const Rows& rows, ImportOptions options = {},
                                        const std::string& name = "test", std::size_t block_rows = 1000) {
  auto import = log.begin_import({.name = name, .time = 1'700'000'000}, std::move(options));
  if (!import) return import.error();
  model::InteractionBlock block;
  for (const Row& row : rows) {
    block.push(row.view());
    if (block.size() < block_rows) continue;
    auto added = import->add(block);
    if (!added) return added.error();
    block.clear();
  }
  auto added = import->add(block);
  if (!added) return added.error();
  return import->finish();
}

inline Result<Rows> read_all(model::InteractionReader& reader) {
  Rows rows;
  model::InteractionBlock block;
  for (bool more = true; more;) {
    block.clear();
    auto read = reader.read(block);
    if (!read) return read.error();
    more = *read;
    for (std::size_t i = 0; i < block.size(); ++i) rows.push_back(Row::of(block[i]));
  }
  return rows;
}

/// All rows of the log, sorted.
inline Rows contents(const InteractionLog& log) {
  auto reader = log.read();
  EXPECT_TRUE(reader) << reader.error().message;
  auto rows = read_all(**reader);
  EXPECT_TRUE(rows) << rows.error().message;
  return sorted(*rows);
}

inline std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// The files below `folder` whose bytes hold `text`.
inline std::vector<std::string> files_with(const std::filesystem::path& folder, std::string_view text) {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && bytes_of(entry.path()).find(text) != std::string::npos)
      found.push_back(entry.path());
  }
  return found;
}

/// An empty place for data folders, removed with what is in it.
class Scratch {
 public:
  explicit Scratch(const std::string& name)
      : path_(std::filesystem::path(::testing::TempDir()) / fmt::format("renown_{}_{}", name, ::getpid())) {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

/// A fixture with one data folder.
class LogTest : public ::testing::Test {
 protected:
  InteractionLog create() { return made(InteractionLog::create(folder_, test_key())); }
  InteractionLog reopen() { return made(InteractionLog::open_for_writing(folder_)); }
  InteractionLog open_to_read() { return made(InteractionLog::open_for_reading(folder_)); }

  static ImportCounts import(InteractionLog& log, const Rows& rows, ImportOptions options = {},
                             const std::string& name = "test") {
    auto counts = import_rows(log, rows, std::move(options), name);
    EXPECT_TRUE(counts) << counts.error().message;
    return counts ? *counts : ImportCounts();
  }

  Scratch scratch_{::testing::UnitTest::GetInstance()->current_test_info()->test_suite_name()};
  std::string folder_ = scratch_ / "data";

 private:
  static InteractionLog made(Result<InteractionLog> log) {
    EXPECT_TRUE(log) << log.error().message;
    return *std::move(log);
  }
};

}  // namespace renown::log::test
