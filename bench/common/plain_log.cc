#include "common/plain_log.h"

#include <unordered_set>

#include "base/hash.h"

namespace renown::bench {
namespace {

class PlainLog final : public Log {
 public:
  explicit PlainLog(std::unique_ptr<Log> log) : log_(std::move(log)) {}

  void read(const OnBlock& on_block) const override {
    aggregate::AccountTable accounts;
    std::vector<std::uint32_t> actors;
    std::vector<std::uint32_t> targets;
    std::unordered_set<std::uint64_t> seen;
    model::InteractionBlock kept;
    log_->read([&](const model::InteractionBlock& block) {
      accounts.intern(block, actors, targets);
      kept.clear();
      for (std::size_t i = 0; i < block.size(); ++i) {
        if (!is_engagement(block.kinds()[i]) || actors[i] == targets[i]) continue;
        const std::uint64_t pair = (std::uint64_t{actors[i]} << 32) | targets[i];
        if (!seen.insert(base::mix64(pair) ^ static_cast<std::uint64_t>(block.times()[i])).second) continue;
        Interaction row = block[i];
        row.post = row.id = row.tags = {};  // columns have none
        kept.push(row);
      }
      on_block(kept);
    });
  }
  std::string description() const override { return log_->description(); }

 private:
  std::unique_ptr<Log> log_;
};

}  // namespace

std::unique_ptr<Log> plain_log(std::unique_ptr<Log> log) {
  return std::make_unique<PlainLog>(std::move(log));
}

}  // namespace renown::bench
