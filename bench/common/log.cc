#include "common/log.h"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "base/hash.h"
#include "generate/world.h"
#include "pipeline/log_input.h"

namespace renown::bench {
namespace {

class InventedLog final : public Log {
 public:
  explicit InventedLog(std::uint64_t rows) : rows_(rows) {
    auto world = generate::World::create({.people = std::max<std::uint64_t>(2, rows),
                                          .days = 7,
                                          .rows = rows,
                                          .seed = 1,
                                          .start = 1'704'067'200,
                                          .stationary = false});
    if (!world) throw std::runtime_error(world.error().message);
    world_ = std::make_unique<generate::World>(std::move(*world));
  }

  void read(const OnBlock& on_block) const override {
    model::InteractionBlock block;
    for (std::uint64_t begin = 0; begin < rows_; begin += model::InteractionBlock::kRows) {
      block.clear();
      world_->append(begin, std::min(rows_, begin + model::InteractionBlock::kRows), block);
      on_block(block);
    }
  }
  std::string description() const override { return fmt::format("invented log of {} rows", rows_); }

 private:
  std::uint64_t rows_;
  std::unique_ptr<generate::World> world_;
};

class LogFile final : public Log {
 public:
  explicit LogFile(std::string path) : path_(std::move(path)) {}

  void read(const OnBlock& on_block) const override {
    auto reader = pipeline::open_log(path_, pipeline::LogFormat::automatic, {});
    if (!reader) throw std::runtime_error(reader.error().message);
    model::InteractionBlock block;
    for (bool more = true; more;) {
      block.clear();
      const auto read = (*reader)->read(block);
      if (!read) throw std::runtime_error(read.error().message);
      on_block(block);
      more = *read;
    }
  }
  std::string description() const override { return path_.substr(path_.find_last_of('/') + 1); }

 private:
  std::string path_;
};

bool is_verified(std::string_view account) {
  return base::stable_hash(account) % 10 == 0;
}

}  // namespace

std::unique_ptr<Log> invented_log(std::uint64_t rows) {
  return std::make_unique<InventedLog>(rows);
}

std::unique_ptr<Log> log_file(const std::string& path) {
  return std::make_unique<LogFile>(path);
}

std::unique_ptr<Log> log_for(const std::string& path, std::uint64_t rows) {
  return path.empty() ? invented_log(rows) : log_file(path);
}

LogColumns columns_of(const Log& log) {
  LogColumns result;
  std::vector<std::uint32_t> actors;
  std::vector<std::uint32_t> targets;
  log.read([&](const model::InteractionBlock& block) {
    result.accounts.intern(block, actors, targets);
    for (std::size_t i = 0; i < block.size(); ++i)
      result.columns.push(block.times()[i], block.kinds()[i], actors[i], targets[i]);
  });
  if (result.columns.size() == 0) throw std::runtime_error(log.description() + " has no rows");
  result.as_of = *std::ranges::max_element(result.columns.time) + 1;
  for (aggregate::AccountId id = 0; id < result.accounts.size(); ++id) {
    const auto name = result.accounts[id];
    result.verified.push_back(is_verified(name.account));
    if (result.verified.back()) result.verified_set.insert({std::string(name.network), std::string(name.account)});
  }
  return result;
}

constexpr bool kMayUndo = false;  // no log that is measured holds an undo

FilledIntake::FilledIntake(const Log& log)
    : intake(std::make_unique<aggregate::Intake>(people, area, aggregate::Intake::Keeps{.keys = kMayUndo})) {
  log.read([&](const model::InteractionBlock& block) { intake->add(block); });
  intake->finish();
}

}  // namespace renown::bench
