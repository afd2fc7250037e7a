// A full disk, played by a limit on the size of files: writing past it fails as on a full disk.
#include <csignal>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "log/test_vocabulary.h"

namespace renown::log {
namespace {

using test::contents;
using test::Rows;

Rows numbered_rows(std::int64_t count) {
  Rows rows;
  for (std::int64_t i = 0; i < count; ++i) {
    // Texts that do not pack well.
    const auto noise = static_cast<std::uint64_t>(i + 1) * 0x9E3779B97F4A7C15ULL;
    rows.push_back({1'400'000'000 + i, Kind::like, "x", fmt::format("{:x}", noise), fmt::format("{:x}", noise * noise),
                    fmt::format("{:x}{:x}", noise * 31, noise * 77), fmt::format("{}", i), ""});
  }
  return rows;
}

/// Runs `work` in a process whose files may not grow past `limit_bytes`. returns  what it wrote to the given pipe
template <class Work>
std::string in_a_full_world(std::uint64_t limit_bytes, Work work) {
  int pipe[2];
  EXPECT_EQ(::pipe(pipe), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit = {limit_bytes, limit_bytes};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const std::string said = work();
    static_cast<void>(!::write(pipe[1], said.data(), said.size()));
    ::_exit(0);
  }
  ::close(pipe[1]);
  std::string said;
  char buffer[4096];
  for (ssize_t length; (length = ::read(pipe[0], buffer, sizeof buffer)) > 0;)
    said.append(buffer, static_cast<std::size_t>(length));
  ::close(pipe[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << "it must not crash";
  return said;
}

class DiskFull : public test::LogTest {};

TEST_F(DiskFull, AnImportStopsAndLosesNothing) {
  const Rows rows = numbered_rows(60'000);
  const std::string said = in_a_full_world(3 << 20, [&] {
    std::uint64_t durable = 0;
    auto log = InteractionLog::create(folder_, test::test_key());
    if (!log) return "cannot create: " + log.error().message;
    auto counts = test::import_rows(
        *log, rows, {.batch_rows = 5'000, .on_commit = [&](const ImportCounts& now) { durable = now.rows; }});
    if (counts) return std::string("the fault did not happen");
    return fmt::format("{} {} {}", durable, counts.error().code == ErrorCode::io, counts.error().message);
  });
  std::size_t durable = 0;
  ASSERT_EQ(std::sscanf(said.c_str(), "%zu", &durable), 1) << said;
  EXPECT_NE(said.find(" true "), std::string::npos) << "not an error of input and output: " << said;
  EXPECT_NE(said.find("File too large"), std::string::npos) << said;
  EXPECT_NE(said.find("what was acknowledged before is safe, importing again adds the rest"), std::string::npos)
      << said;
  EXPECT_GT(durable, 0U);

  auto log = reopen();
  EXPECT_EQ(contents(log), test::sorted(Rows(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(durable))));
  EXPECT_EQ(import(log, rows).added, rows.size() - durable);
}

TEST_F(DiskFull, AnEraseThatFailsHasNotHappened) {
  Rows rows = numbered_rows(60'000);
  rows[5].actor = "alice";
  {
    auto log = create();
    import(log, rows);
  }
  const std::string said = in_a_full_world(2 << 20, [&] {
    auto log = InteractionLog::open_for_writing(folder_);
    if (!log) return "cannot open: " + log.error().message;
    auto erased = log->erase("x", "alice");
    if (erased) return std::string("the fault did not happen");
    return fmt::format("{}, then {} rows", erased.error().message, contents(*log).size());
  });
  EXPECT_NE(said.find("File too large"), std::string::npos) << said;
  EXPECT_NE(said.find("then 60000 rows"), std::string::npos) << said;
  auto log = reopen();
  EXPECT_EQ(contents(log), test::sorted(rows));
  EXPECT_FALSE(std::filesystem::exists(folder_ + "/interactions.duckdb.new"));
  EXPECT_EQ(log.erase("x", "alice")->rows_removed, 1U);
}

TEST_F(DiskFull, AnExportThatFailsLeavesTheEarlierOne) {
  const Rows rows = numbered_rows(60'000);
  auto log = create();
  import(log, Rows(rows.begin(), rows.begin() + 10));
  const std::string out = scratch_ / "out";
  ASSERT_TRUE(log.export_to(out));
  const auto before = test::bytes_of(out + "/_renown_export.json");
  import(log, rows);
  {
    auto closed = std::move(log);
  }
  const std::string said = in_a_full_world(1 << 20, [&] {
    auto reading = InteractionLog::open_for_reading(folder_);
    if (!reading) return "cannot open: " + reading.error().message;
    auto exported = reading->export_to(out);
    return exported ? std::string("the fault did not happen") : exported.error().message;
  });
  EXPECT_NE(said.find("File too large"), std::string::npos) << said;
  EXPECT_EQ(test::bytes_of(out + "/_renown_export.json"), before);
  EXPECT_FALSE(std::filesystem::exists(out + ".partial"));
}

}  // namespace
}  // namespace renown::log
