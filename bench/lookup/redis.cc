#include "common/redis.h"

#include <cstdlib>

#include "lookup/task.h"

namespace renown::bench::lookup {
namespace {

class AskRedis final : public Candidate {
 public:
  AskRedis(const Input& input, std::uint64_t at_a_time) : input_(input), at_a_time_(at_a_time) {}

  void prepare() override {
    server_ = std::make_unique<Redis>(input_.redis_port);
    server_->fill(input_.scores);
  }

  void run() override {
    for (std::uint64_t begin = 0; begin < kLookUps; begin += at_a_time_) {
      for (std::uint64_t i = begin; i < begin + at_a_time_; ++i)
        server_->ask(Redis::command({"ZSCORE", "scores", std::to_string(input_.asked(i))}));
      for (std::uint64_t i = 0; i < at_a_time_; ++i) sum_ += std::strtod(server_->answer()->str, nullptr);
    }
  }
  double operations() const override { return kLookUps; }
  Outcome outcome() override { return {.exact = {}, .close = {sum_}}; }

 private:
  static constexpr std::uint64_t kLookUps = 20'000;

  const Input& input_;
  std::uint64_t at_a_time_;
  std::unique_ptr<Redis> server_;
  double sum_ = 0.0;
};

}  // namespace

std::unique_ptr<Candidate> redis(const Input& input, std::uint64_t at_a_time) {
  return std::make_unique<AskRedis>(input, at_a_time);
}

}  // namespace renown::bench::lookup
