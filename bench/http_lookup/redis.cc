#include "common/redis.h"

#include "http_lookup/ask_server.h"
#include "http_lookup/task.h"

namespace renown::bench::http_lookup {
namespace {

class AskRedis final : public AskServer {
 public:
  explicit AskRedis(const Input& input) : input_(input) {}

  void prepare() override {
    Redis redis(input_.redis_port);
    redis.ask(Redis::command({"SET", "person:7", input_.body}));
    redis.answer();
    connect(input_.redis_port, Redis::command({"GET", "person:7"}));
  }

 private:
  /// "$123\r\n<body>\r\n"
  std::string_view body_of(std::string_view answer) const override {
    const std::size_t begin = answer.find("\r\n") + 2;
    return answer.substr(begin, answer.size() - begin - 2);
  }

  const Input& input_;
};

}  // namespace

std::unique_ptr<Candidate> redis(const Input& input) {
  return std::make_unique<AskRedis>(input);
}

}  // namespace renown::bench::http_lookup
