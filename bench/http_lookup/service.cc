#include <bit>
#include <charconv>
#include <stdexcept>

#include "common/redis.h"
#include "http_lookup/ask_server.h"
#include "http_lookup/task.h"

namespace renown::bench::http_lookup {
namespace {

/// A `renown serve` that runs already.
class AskService final : public AskServer {
 public:
  explicit AskService(const Input& input) : input_(input) {}
  void prepare() override { connect(input_.service_port, input_.question); }

 private:
  std::uint64_t fingerprint(std::string_view body) const override { return score_bits(body); }
  const Input& input_;
};

class AskRedisScore final : public AskServer {
 public:
  explicit AskRedisScore(const Input& input) : input_(input) {}

  void prepare() override {
    Redis redis(input_.redis_port);
    const std::size_t at = input_.body.find(kScore) + kScore.size();
    redis.ask(Redis::command({"ZADD", "people", input_.body.substr(at, input_.body.find(',', at) - at), "7"}));
    redis.answer();
    connect(input_.redis_port, Redis::command({"ZSCORE", "people", "7"}));
  }

  static constexpr std::string_view kScore = "\"score\":";

 private:
  /// "$4\r\n63.4\r\n", as the body that it stands for
  std::uint64_t fingerprint(std::string_view) const override {
    const std::string& answer = asker().first_answer();
    return score_bits(std::string(kScore) + answer.substr(answer.find("\r\n") + 2));
  }
  const Input& input_;
};

}  // namespace

std::uint64_t score_bits(std::string_view body) {
  const std::size_t at = body.find(AskRedisScore::kScore);
  double score = 0.0;
  if (at == std::string_view::npos) throw std::runtime_error("an answer without a score: " + std::string(body));
  body.remove_prefix(at + AskRedisScore::kScore.size());
  if (std::from_chars(body.data(), body.data() + body.size(), score).ec != std::errc{})
    throw std::runtime_error("an answer whose score is no number: " + std::string(body));
  return std::bit_cast<std::uint64_t>(score);
}

std::unique_ptr<Candidate> service(const Input& input) {
  return std::make_unique<AskService>(input);
}

std::unique_ptr<Candidate> redis_score(const Input& input) {
  return std::make_unique<AskRedisScore>(input);
}

}  // namespace renown::bench::http_lookup
