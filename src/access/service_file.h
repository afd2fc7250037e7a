/// ServiceFile: service.sqlite, as the parts of the access store share it.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "renown/result.h"

#include "base/random.h"
#include "store/database.h"

namespace renown::access {

/// Who only reads: a connection of its own, whose statements are kept.
class Reader {
 public:
  explicit Reader(store::Database database) : database_(std::move(database)) {}

  /// sql  a literal: the statement is kept under it. Its rows must be gone before it is asked again
  Result<store::Rows> ask(std::string_view sql, store::Parameters parameters = {});

 private:
  store::Database database_;
  std::unordered_map<std::string_view, store::Prepared> kept_;
};

/// Two connections, each with a lock: who reads never waits for a writer's disk, and sees whatever was committed before
/// it began. For any number of threads.
class ServiceFile {
 public:
  /// Opens or makes the file and brings its tables to the newest version.
  static Result<std::unique_ptr<ServiceFile>> open(const std::string& path, base::RandomBytes random);

  /// Runs work(store::Database&) in a transaction of its own. What it returns comes back once it is on disk; where that
  /// is an error, nothing has changed.
  template <class Work>
  auto change(Work work) -> decltype(work(std::declval<store::Database&>())) {
    auto result = append(std::move(work));
    ++version_;
    return result;
  }

  /// As change, for rows that are only added and that nobody keeps (Kept): the version stays.
  template <class Work>
  auto append(Work work) -> decltype(work(std::declval<store::Database&>())) {
    const std::lock_guard lock(write_mutex_);
    auto transaction = store::Transaction::begin(database_);
    if (!transaction) return transaction.error();
    auto result = work(database_);
    if (!result) return result;
    if (auto done = transaction->commit(); !done) return done.error();
    return result;
  }

  /// Another one after each change: whoever saw it before asking has what stands since then.
  std::uint64_t version() const { return version_; }

  /// Runs work(Reader&), which must not give away views of rows.
  template <class Work>
  auto read(Work work) {
    const std::lock_guard lock(read_mutex_);
    return work(reader_);
  }

  /// Writes the file anew, so that no byte of what was deleted is left. Everybody waits meanwhile.
  Result<void> leave_nothing_deleted();

  /// A secret of 43 letters. For any number of threads.
  std::string new_secret();

 private:
  ServiceFile(store::Database database, store::Database reading, base::RandomBytes random)
      : database_(std::move(database)), reader_(std::move(reading)), random_(std::move(random)) {}

  std::mutex write_mutex_, read_mutex_, random_mutex_;
  store::Database database_;
  Reader reader_;
  base::RandomBytes random_;
  std::atomic<std::uint64_t> version_ = 0;
};

/// What make(row) says of each row.
template <class Make>
auto all_rows(Result<store::Rows> rows, Make make)
    -> Result<std::vector<decltype(make(std::declval<const store::Rows&>()))>> {
  if (!rows) return rows.error();
  std::vector<decltype(make(std::declval<const store::Rows&>()))> all;
  for (auto more = rows->next();; more = rows->next()) {
    if (!more) return more.error();
    if (!*more) return all;
    all.push_back(make(*rows));
  }
}

/// What make(row) says of the first row, if there is one.
template <class Make>
auto first_row(Result<store::Rows> rows, Make make)
    -> Result<std::optional<decltype(make(std::declval<const store::Rows&>()))>> {
  if (!rows) return rows.error();
  auto more = rows->next();
  if (!more) return more.error();
  std::optional<decltype(make(std::declval<const store::Rows&>()))> first;
  if (*more) first = make(*rows);
  return first;
}

}  // namespace renown::access
