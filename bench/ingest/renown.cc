#include "common/read_events.h"
#include "ingest/task.h"

namespace renown::bench::ingest {
namespace {

class Renown final : public Candidate {
 public:
  explicit Renown(const Events& events) : events_(events) {}

  void run() override { rows_.read(events_); }
  double operations() const override { return static_cast<double>(events_.rows); }

  Outcome outcome() override {
    Sums sums;
    base::Buffer<aggregate::KeyedRow> keyed;
    for (std::size_t partition = 0; partition < base::kPartitions; ++partition)
      rows_.intake.keyed_rows().read(partition, keyed);
    for (const auto& [row, post, id] : keyed)
      sums.add(row.moment.time(), row.moment.kind(), rows_.intake.accounts()[row.actor].account.size(),
               rows_.intake.accounts()[row.target].account.size());
    return sums.outcome();
  }

 private:
  const Events& events_;
  IntakeOfEvents rows_;
};

}  // namespace

std::unique_ptr<Candidate> renown(const Events& events) {
  return std::make_unique<Renown>(events);
}

}  // namespace renown::bench::ingest
