// kill -9 while the interaction log is written, again and again: nothing acknowledged is lost, nothing is doubled,
// nothing is half done.
//
//   kill_import_test ROUNDS [SEED]
//
// Each round runs a child (this program anew) that imports, syncs, erases or exports, kills it after a random time,
// opens the folder again and looks. The seed is printed; the same seed makes the same rounds, though not the same
// timing.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "duck/connection.h"
#include "duck/sql.h"
#include "kill_import_process.h"
#include "log/interaction_log.h"
#include "log/tombstones.h"

namespace renown::kill_test {
namespace {

namespace fs = std::filesystem;
using log::InteractionLog;

[[noreturn]] void fail(const std::string& what) {
  fmt::print(stderr, "FAILED: {}\n", what);
  std::fflush(nullptr);
  std::_Exit(1);
}

template <class T>
T must(Result<T> result, const std::string& doing) {
  if (!result) fail(fmt::format("{}: {}", doing, result.error().message));
  return *std::move(result);
}

log::TombstoneKey test_key() {
  return log::TombstoneKey({1, 2, 3});
}

// --- the file that is imported: row i of the file `file` -------------------------------------------------------------

constexpr std::uint64_t kAccounts = 50;

struct MadeRow {
  std::string actor, target, post, id;
  Interaction view;

  MadeRow(std::uint64_t file, std::uint64_t i) {
    const std::uint64_t mixed = (i + 1 + file * 1'000'003) * 0x9E3779B97F4A7C15ULL;
    actor = fmt::format("account{}", (mixed >> 40) % kAccounts);
    target = fmt::format("account{}", (mixed >> 20) % kAccounts);
    post = i % 5 == 0 ? fmt::format("https://x.example/{}/{}", target, mixed % 1000) : fmt::format("post-{:x}", mixed);
    id = fmt::format("{}-{}", file, i);
    // Out of order, as logs of several networks are.
    view = {static_cast<std::int64_t>(1'400'000'000 + i - mixed % 500),
            static_cast<Kind>(i % kEngagementKinds),
            "x",
            actor,
            target,
            post,
            id,
            ""};
  }
  MadeRow(const MadeRow&) = delete;
};

Result<log::ImportCounts> import_file(InteractionLog& log, std::uint64_t file, std::uint64_t rows,
                                      log::ImportOptions options) {
  auto import = log.begin_import({.name = fmt::format("file {}", file)}, std::move(options));
  if (!import) return import.error();
  model::InteractionBlock block;
  for (std::uint64_t i = 0; i < rows; ++i) {
    block.push(MadeRow(file, i).view);
    if (!block.full() && i + 1 < rows) continue;
    auto added = import->add(block);
    if (!added) return added.error();
    block.clear();
  }
  return import->finish();
}

// --- children --------------------------------------------------------------------------------------------------------

int child_import(const std::string& folder, std::uint64_t file, std::uint64_t rows, std::size_t batch_rows, int pipe) {
  auto log = InteractionLog::create(folder, test_key());
  if (!log) fail(log.error().message);
  auto counts = import_file(*log, file, rows,
                            {.batch_rows = batch_rows,
                             .on_commit = [&](const log::ImportCounts& durable) { acknowledge(pipe, durable.rows); }});
  if (!counts) fail(counts.error().message);
  return 0;
}

int child_erase(const std::string& folder, const std::string& account, int pipe) {
  auto log = InteractionLog::open_for_writing(folder);
  if (!log) fail(log.error().message);
  auto erased = log->erase("x", account);
  if (!erased) fail(erased.error().message);
  acknowledge(pipe, 1);
  return 0;
}

int child_export(const std::string& folder, const std::string& out, int pipe) {
  auto log = InteractionLog::open_for_reading(folder);
  if (!log) fail(log.error().message);
  auto exported = log->export_to(out);
  if (!exported) fail(exported.error().message);
  acknowledge(pipe, 1);
  return 0;
}

constexpr const char* kSource = "x:everybody";

/// Where the source stands: rows given so far. Nothing where there is no source yet.
std::optional<std::uint64_t> standing(const InteractionLog& log) {
  const auto all = must(log.sources(), "reading the sources");
  if (all.empty()) return {};
  return all[0].state.cursor.empty() ? 0 : std::stoull(all[0].state.cursor);
}

/// Gives the rows of a file from where the source stands, by pieces; every third row without its time being known.
Result<void> sync_file(InteractionLog& log, std::uint64_t file, std::uint64_t rows, std::uint64_t piece_rows,
                       const std::function<void(std::uint64_t)>& on_commit) {
  if (!standing(log)) {
    auto added = log.add_source({.name = kSource, .connector = "x", .network = "x", .settings = "{}"});
    if (!added) return added;
  }
  auto writer = log.begin_source(kSource);
  if (!writer) return writer.error();
  for (std::uint64_t next = *standing(log); next < rows;) {
    const std::uint64_t end = std::min(rows, next + piece_rows);
    model::InteractionBlock dated, undated;
    for (; next < end; ++next) (next % 3 == 0 ? undated : dated).push(MadeRow(file, next).view);
    writer->add_dated(dated);
    writer->add_undated(undated);
    auto committed = writer->commit({.cursor = std::to_string(end), .tried_time = 1});
    if (!committed) return committed.error();
    on_commit(end);
  }
  return {};
}

int child_sync(const std::string& folder, std::uint64_t file, std::uint64_t rows, std::uint64_t piece_rows, int pipe) {
  auto log = InteractionLog::create(folder, test_key());
  if (!log) fail(log.error().message);
  auto done = sync_file(*log, file, rows, piece_rows, [&](std::uint64_t given) { acknowledge(pipe, given); });
  if (!done) fail(done.error().message);
  return 0;
}

// --- looking ---------------------------------------------------------------------------------------------------------

std::string text_of(const Interaction& row) {
  return fmt::format("{}|{}|{}|{}|{}|{}|{}|{}", row.time, kind_name(row.kind), row.network, row.actor, row.target,
                     row.post, row.id, row.tags);
}

/// All rows of the log as texts, sorted, doubles included.
std::vector<std::string> contents(const InteractionLog& log) {
  auto reader = must(log.read(), "reading the log");
  std::vector<std::string> rows;
  model::InteractionBlock block;
  for (bool more = true; more;) {
    block.clear();
    more = must(reader->read(block), "reading the log");
    for (std::size_t i = 0; i < block.size(); ++i) rows.push_back(text_of(block[i]));
  }
  std::ranges::sort(rows);
  return rows;
}

/// The rows 0 to `count` - 1 of a file as a log without the erased accounts has them.
std::vector<std::string> expected(std::uint64_t file, std::uint64_t count,
                                  const std::vector<std::string>& erased = {}) {
  log::Tombstones tombstones(test_key());
  for (const std::string& account : erased) tombstones.add(tombstones.make("x", account));
  std::vector<std::string> rows, room;
  for (std::uint64_t i = 0; i < count; ++i) {
    MadeRow row(file, i);
    if (tombstones.erased(row.view)) continue;
    tombstones.clean(row.view, room);
    rows.push_back(text_of(row.view));
  }
  std::ranges::sort(rows);
  return rows;
}

/// How often the fault happened, and when it was too late.
struct Tally {
  std::string what;
  int rounds = 0;
  int killed = 0;

  void add(const Ending& ending) {
    ++rounds;
    if (ending.killed) ++killed;
    if (!ending.killed && ending.exit_code != 0)
      fail(fmt::format("{}: the child ended with {}", what, ending.exit_code));
  }
  void check() const {
    fmt::print("{}: {} rounds, {} killed before they were done, nothing lost, nothing doubled\n", what, rounds, killed);
    if (killed * 2 < rounds) fail(fmt::format("{}: the fault happened in {} of {} rounds only", what, killed, rounds));
  }
};

/// How a file is imported, and for how many milliseconds at most.
struct Shape {
  std::size_t batch_rows;
  std::uint64_t rows;
  int longest_delay;
};

// Small batches live in the write-ahead log; the largest go past it into the file, and are free blocks if killed.
constexpr Shape kShapes[] = {{500, 100'000, 500}, {3'000, 300'000, 500}, {130'000, 520'000, 4'000}};

class Rounds {
 public:
  Rounds(std::string scratch, int rounds, std::uint64_t seed)
      : scratch_(std::move(scratch)), rounds_(rounds), random_(seed) {}

  // One folder is imported into, killed and imported into again, a few times; then the file is imported to its end and
  // a new folder begins.
  void import() {
    Tally tally{"import"};
    int with_batches = 0;
    while (tally.rounds < rounds_) {
      const std::string folder = fresh("import");
      const std::uint64_t file = ++files_;
      const Shape shape = kShapes[files_ % std::size(kShapes)];
      std::uint64_t durable = 0;
      for (int again = 0; again < 5 && tally.rounds < rounds_; ++again) {
        const Ending ending = run_and_kill(
            {"import", folder, std::to_string(file), std::to_string(shape.rows), std::to_string(shape.batch_rows)},
            Milliseconds(between(5, shape.longest_delay)));
        tally.add(ending);
        if (ending.acknowledged > 0) ++with_batches;
        durable = check_import(folder, file, shape, std::max(durable, ending.acknowledged));
      }
      finish_import(folder, file, shape.rows);
    }
    tally.check();
    fmt::print("  {} of them after at least one acknowledged batch\n", with_batches);
    if (with_batches * 4 < tally.rounds)
      fail("too few imports got to a first batch: this machine is too slow for this test");
  }

  // A cursor is never ahead of its rows, nor behind them: after each kill the log holds the rows up to it, and no more.
  void sync() {
    Tally tally{"sync"};
    int with_pieces = 0;
    constexpr std::uint64_t kRows = 60'000;
    while (tally.rounds < rounds_) {
      const std::string folder = fresh("sync");
      const std::uint64_t file = ++files_;
      const std::uint64_t piece_rows = files_ % 2 == 0 ? 60 : 1'000;
      std::uint64_t durable = 0;
      for (int again = 0; again < 5 && tally.rounds < rounds_; ++again) {
        const Ending ending =
            run_and_kill({"sync", folder, std::to_string(file), std::to_string(kRows), std::to_string(piece_rows)},
                         Milliseconds(between(5, 900)));
        tally.add(ending);
        if (ending.acknowledged > 0) ++with_pieces;
        durable = check_sync(folder, file, std::max(durable, ending.acknowledged));
      }
      auto log = must(InteractionLog::create(folder, test_key()), "opening for the last sync");
      auto done = sync_file(log, file, kRows, 10'000, [](std::uint64_t) {});
      if (!done) fail(done.error().message);
      if (contents(log) != expected(file, kRows)) fail("after the last sync the log is not what the source gave");
    }
    tally.check();
    fmt::print("  {} of them after at least one acknowledged piece\n", with_pieces);
    if (with_pieces * 4 < tally.rounds)
      fail("too few syncs got to a first piece: this machine is too slow for this test");
  }

  void erase() {
    Tally tally{"erase"};
    constexpr std::uint64_t kRows = 60'000;
    while (tally.rounds < rounds_) {
      const std::string folder = fresh("erase");
      const std::uint64_t file = ++files_;
      make_log(folder, file, kRows);
      std::vector<std::string> gone;
      auto before = expected(file, kRows);
      for (std::uint64_t next = 0; next < kAccounts / 2 && tally.rounds < rounds_;) {
        const std::string account = fmt::format("account{}", next);
        auto with_it = gone;
        with_it.push_back(account);
        const auto after = expected(file, kRows, with_it);
        const Ending ending = run_and_kill({"erase", folder, account}, Milliseconds(between(1, longest_erase_)));
        if (!ending.killed) longest_erase_ = std::max<int>(5, static_cast<int>(ending.lasted.count()));
        tally.add(ending);
        const auto now = contents(must(InteractionLog::open_for_reading(folder), "opening after a killed erase"));
        if (now != before && now != after)
          fail(fmt::format("an erase is half done: {} rows, neither as before nor as after", now.size()));
        if (ending.acknowledged == 1 && now != after) fail("an acknowledged erase did not happen");
        if (now != after) {
          longest_erase_ += longest_erase_ / 4 + 1;  // killed too early: give the next one more time
          continue;
        }
        check_erased(folder, file, kRows, after);
        gone = with_it;
        before = after;
        ++next;
      }
    }
    tally.check();
  }

  void export_log() {
    Tally tally{"export"};
    const std::string folder = fresh("export");
    const std::string out = folder + "-out";
    const std::uint64_t file = ++files_;
    std::uint64_t old_rows = 0, rows = 20'000;
    make_log(folder, file, rows);
    int longest = 1'000;
    while (tally.rounds < rounds_) {
      const Ending ending = run_and_kill({"export", folder, out}, Milliseconds(between(1, longest)));
      tally.add(ending);
      const std::uint64_t exported = check_export(out);
      if (exported != old_rows && exported != rows)
        fail(fmt::format("an export has {} rows, neither {} nor {}", exported, old_rows, rows));
      if (ending.acknowledged == 1 && exported != rows) fail("an acknowledged export is not there");
      if (!ending.killed) longest = std::max<int>(5, static_cast<int>(ending.lasted.count()));
      if (exported != rows) {
        longest += longest / 4 + 1;
        continue;
      }
      old_rows = rows;
      rows += 1'000;
      make_log(folder, file, rows);
    }
    tally.check();
  }

 private:
  int between(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }

  std::string fresh(const std::string& name) {
    const std::string folder = fmt::format("{}/{}", scratch_, name);
    fs::remove_all(folder);
    return folder;
  }

  static void make_log(const std::string& folder, std::uint64_t file, std::uint64_t rows) {
    auto log = must(InteractionLog::create(folder, test_key()), "making a log");
    must(import_file(log, file, rows, {}), "making a log");
  }

  /// returns rows in the log
  static std::uint64_t check_import(const std::string& folder, std::uint64_t file, const Shape& shape,
                                    std::uint64_t acknowledged) {
    auto opened = InteractionLog::open_for_reading(folder);
    if (!opened && opened.error().code == ErrorCode::not_found && acknowledged == 0)
      return 0;  // killed while making it
    const auto now = contents(must(std::move(opened), "opening after a kill"));
    const std::uint64_t count = now.size();
    if (count < acknowledged) fail(fmt::format("{} rows were acknowledged, {} are there", acknowledged, count));
    if (count > acknowledged + shape.batch_rows)
      fail(fmt::format("{} rows were acknowledged, {} are there", acknowledged, count));
    if (count % shape.batch_rows != 0 && count != shape.rows)
      fail(fmt::format("{} rows are not whole batches of {}", count, shape.batch_rows));
    // Rows come in the file's order, so whole batches are its first rows: this finds lost, doubled and wrong ones
    // alike.
    if (now != expected(file, count)) fail(fmt::format("the log's {} rows are not the file's first {}", count, count));
    return count;
  }

  /// returns where the source stands
  static std::uint64_t check_sync(const std::string& folder, std::uint64_t file, std::uint64_t acknowledged) {
    auto opened = InteractionLog::open_for_reading(folder);
    if (!opened && opened.error().code == ErrorCode::not_found && acknowledged == 0) return 0;
    const auto log = must(std::move(opened), "opening after a kill");
    const std::uint64_t cursor = standing(log).value_or(0);
    if (cursor < acknowledged)
      fail(fmt::format("{} rows were acknowledged, the cursor is at {}", acknowledged, cursor));
    if (contents(log) != expected(file, cursor))
      fail(fmt::format("the cursor is at {} rows, and the log holds others", cursor));
    return cursor;
  }

  static void finish_import(const std::string& folder, std::uint64_t file, std::uint64_t rows) {
    auto log = must(InteractionLog::create(folder, test_key()), "opening for the last import");
    must(import_file(log, file, rows, {}), "the last import");
    if (contents(log) != expected(file, rows)) fail("after the last import the log is not the file");
  }

  /// The account does not come back, and nothing of the work lies about.
  static void check_erased(const std::string& folder, std::uint64_t file, std::uint64_t rows,
                           const std::vector<std::string>& after) {
    auto log = must(InteractionLog::open_for_writing(folder), "opening after an erase");
    const auto counts = must(import_file(log, file, rows, {}), "importing after an erase");
    if (counts.added != 0) fail(fmt::format("{} rows came back after an erase", counts.added));
    if (contents(log) != after) fail("importing again after an erase changed the log");
    if (fs::exists(folder + "/interactions.duckdb.new")) fail("an erase left its file behind");
  }

  /// returns rows of the export in place, 0 where there is none; one without a marker, or that is not what the marker
  /// says, is half an export
  static std::uint64_t check_export(const std::string& out) {
    if (!fs::exists(out)) return 0;
    std::ifstream marker(out + "/_renown_export.json");
    const std::string text{std::istreambuf_iterator<char>(marker), {}};
    unsigned long rows = 0, files = 0;
    if (std::sscanf(text.c_str(), "{\"format\":\"renown export\",\"version\":1,\"rows\":%lu,\"files\":%lu}", &rows,
                    &files) != 2) {
      fail("an export without a whole marker");
    }
    auto database = must(duck::Database::in_memory({.external_access = true}), "opening DuckDB");
    auto connection = must(duck::Connection::open(database), "opening DuckDB");
    const std::string from = "FROM read_parquet(" + duck::text_literal(out + "/*/*/*.parquet") +
                             ", hive_partitioning = false, filename = true)";
    const auto counted = must(connection.query_int64("SELECT count(*) " + from), "reading an export");
    const auto found = must(connection.query_int64("SELECT count(DISTINCT filename) " + from), "reading an export");
    if (static_cast<unsigned long>(counted) != rows || static_cast<unsigned long>(found) != files) {
      fail(fmt::format("an export has {} rows in {} files, its marker says {} in {}", counted, found, rows, files));
    }
    return rows;
  }

  std::string scratch_;
  int rounds_;
  std::mt19937_64 random_;
  std::uint64_t files_ = 0;
  int longest_erase_ = 1'000;  ///< milliseconds within which an erase is killed: follows how long one takes here
};

int run(int rounds, std::uint64_t seed) {
  fmt::print("{} rounds each, seed {}\n", rounds, seed);
  std::fflush(stdout);
  const std::string scratch = (fs::temp_directory_path() / fmt::format("renown_kill_import_{}", ::getpid())).string();
  fs::create_directories(scratch);
  Rounds all(scratch, rounds, seed);
  all.import();
  all.sync();
  all.erase();
  all.export_log();
  fs::remove_all(scratch);
  return 0;
}

}  // namespace
}  // namespace renown::kill_test

int main(int argc, char** argv) {
  using namespace renown::kill_test;
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  const auto number = [&](std::size_t i) { return std::strtoull(arguments[i].c_str(), nullptr, 10); };
  if (arguments.size() == 6 && arguments[0] == "import") {
    return child_import(arguments[1], number(2), number(3), number(4), static_cast<int>(number(5)));
  }
  if (arguments.size() == 6 && arguments[0] == "sync") {
    return child_sync(arguments[1], number(2), number(3), number(4), static_cast<int>(number(5)));
  }
  if (arguments.size() == 4 && arguments[0] == "erase")
    return child_erase(arguments[1], arguments[2], static_cast<int>(number(3)));
  if (arguments.size() == 4 && arguments[0] == "export")
    return child_export(arguments[1], arguments[2], static_cast<int>(number(3)));
  if (arguments.empty() || arguments.size() > 2 || number(0) == 0) {
    fmt::print(stderr, "usage: kill_import_test ROUNDS [SEED]\n");
    return 2;
  }
  const std::uint64_t seed = arguments.size() == 2 ? number(1) : std::random_device()();
  return run(static_cast<int>(number(0)), seed);
}
