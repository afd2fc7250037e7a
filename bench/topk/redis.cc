#include "common/redis.h"

#include <cstdlib>

#include "topk/task.h"

namespace renown::bench::topk {
namespace {

class AskRedis final : public Candidate {
 public:
  explicit AskRedis(const Input& input) : input_(input) {}

  void prepare() override {
    server_ = std::make_unique<Redis>(input_.redis_port);
    server_->fill(input_.scores);
  }

  void run() override {
    server_->ask(Redis::command({"ZREVRANGE", "scores", "0", std::to_string(kTop - 1), "WITHSCORES"}));
    answer_ = server_->answer();
  }

  Outcome outcome() override {
    Outcome outcome;
    for (std::size_t i = 1; i < answer_->elements; i += 2)
      outcome.close.push_back(std::strtod(answer_->element[i]->str, nullptr));
    return outcome;
  }

 private:
  const Input& input_;
  std::unique_ptr<Redis> server_;
  Redis::Reply answer_;
};

}  // namespace

std::unique_ptr<Candidate> redis(const Input& input) {
  return std::make_unique<AskRedis>(input);
}

}  // namespace renown::bench::topk
