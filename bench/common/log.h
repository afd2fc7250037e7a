/// Log: what most tasks work on: rows as every candidate may have them.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "renown/account.h"

#include "aggregate/account_table.h"
#include "aggregate/intake.h"
#include "base/spill_area.h"
#include "model/interaction_block.h"

namespace renown::bench {

/// Rows as numbers, one column for each: what a candidate gets that does not read texts. Accounts are numbered in the
/// order in which the log names them.
struct Columns {
  std::vector<std::int64_t> time;
  std::vector<std::uint8_t> kind;
  std::vector<std::uint32_t> actor;
  std::vector<std::uint32_t> target;  ///< kNoAccount where there is none

  std::size_t size() const { return time.size(); }
  void push(std::int64_t when, Kind what, std::uint32_t who, std::uint32_t whom) {
    time.push_back(when);
    kind.push_back(static_cast<std::uint8_t>(what));
    actor.push_back(who);
    target.push_back(whom);
  }
};

class Log {
 public:
  virtual ~Log() = default;

  using OnBlock = std::function<void(const model::InteractionBlock&)>;
  /// Gives all rows with their texts, as often as it is called.
  virtual void read(const OnBlock& on_block) const = 0;
  virtual std::string description() const = 0;
};

/// People as many as rows, seven days: what docs/generate.md measures.
std::unique_ptr<Log> invented_log(std::uint64_t rows);

/// Any log that Renown reads. throws  std::runtime_error
std::unique_ptr<Log> log_file(const std::string& path);

/// The file, or an invented log where `path` is empty.
std::unique_ptr<Log> log_for(const std::string& path, std::uint64_t rows);

/// A log's rows as columns, and who is who.
struct LogColumns {
  Columns columns;
  aggregate::AccountTable accounts;
  std::int64_t as_of = 0;              ///< one second after the newest row
  std::vector<std::uint8_t> verified;  ///< by account: a tenth of them, by hash
  AccountSet verified_set;             ///< the same as names
};
LogColumns columns_of(const Log& log);

/// Rows in partitions, as the score takes them; what is needed around them lives here too.
struct FilledIntake {
  PeopleMap people;
  base::SpillArea area{std::uint64_t{1} << 40, "/var/tmp"};
  std::unique_ptr<aggregate::Intake> intake;

  explicit FilledIntake(const Log& log);
};

}  // namespace renown::bench
