#include <limits>

#include "aggregate/act_maker.h"
#include "common/read_events.h"
#include "ingest_aggregate/task.h"

namespace renown::bench::ingest_aggregate {
namespace {

class Renown final : public Candidate {
 public:
  explicit Renown(const Events& events) : events_(events) {}
  double operations() const override { return static_cast<double>(events_.rows); }

  void run() override {
    rows_.read(events_);
    order_ = aggregate::AccountOrder(rows_.intake.accounts());
    const aggregate::PersonNumbers persons(rows_.intake.accounts(), order_, rows_.people);
    constexpr std::int64_t kNothingIsProvoked = -1;
    const aggregate::UndoSet undos;
    aggregate::ActMaker acts(rows_.intake, undos, order_, persons, std::numeric_limits<std::int64_t>::max(),
                             kNothingIsProvoked);
    for (std::size_t partition = 0; partition < base::kPartitions; ++partition)
      acts.for_each_person(partition, [&](const aggregate::ActsOnPerson& target) { add(target); });
  }

  Outcome outcome() override {
    Digest digest;
    for (const Pair& pair : pairs_)
      digest.add(order_[pair.actor].account, order_[pair.target].account, pair.first, pair.latest, pair.rows);
    return digest.outcome();
  }

 private:
  struct Pair {
    std::uint32_t actor, target;
    std::int64_t first, latest;
    std::uint64_t rows;
  };

  void add(const aggregate::ActsOnPerson& target) {
    for (std::size_t i = 0; i < target.acts.size();) {
      const std::size_t begin = i;
      while (i < target.acts.size() && target.acts[i].actor == target.acts[begin].actor) ++i;
      pairs_.push_back({target.acts[begin].actor, target.target, target.acts[begin].moment.time(),
                        target.acts[i - 1].moment.time(), i - begin});
    }
  }

  const Events& events_;
  IntakeOfEvents rows_;
  aggregate::AccountOrder order_;
  base::Buffer<Pair> pairs_;
};

}  // namespace

std::unique_ptr<Candidate> renown(const Events& events) {
  return std::make_unique<Renown>(events);
}

}  // namespace renown::bench::ingest_aggregate
