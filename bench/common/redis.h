/// What candidates that ask a Redis server share: a connection, and the scores as its sorted set `scores`.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>

#include <fmt/format.h>
#include <hiredis/hiredis.h>

namespace renown::bench {

class Redis {
 public:
  explicit Redis(int port) : context_(redisConnect("127.0.0.1", port)) {
    if (!context_ || context_->err) throw std::runtime_error(fmt::format("no Redis server answers on port {}", port));
  }

  void ask(const std::string& command) { redisAppendFormattedCommand(context_.get(), command.data(), command.size()); }

  struct Free {
    void operator()(redisReply* reply) const { freeReplyObject(reply); }
    void operator()(redisContext* context) const { redisFree(context); }
  };
  using Reply = std::unique_ptr<redisReply, Free>;

  Reply answer() {
    void* reply = nullptr;
    if (redisGetReply(context_.get(), &reply) != REDIS_OK) throw std::runtime_error("the Redis server went away");
    Reply owned(static_cast<redisReply*>(reply));
    if (owned->type == REDIS_REPLY_ERROR) throw std::runtime_error("Redis: " + std::string(owned->str));
    return owned;
  }

  /// A command of words as Redis's protocol writes it.
  static std::string command(std::initializer_list<std::string> words) {
    std::string text = fmt::format("*{}\r\n", words.size());
    for (const std::string& word : words) text += fmt::format("${}\r\n{}\r\n", word.size(), word);
    return text;
  }

  /// Makes the sorted set: members are the numbers of people, as text.
  void fill(std::span<const double> scores) {
    if (holds(scores.size())) return;
    ask(command({"DEL", "scores"}));
    answer();
    constexpr std::size_t kMembers = 1000;
    for (std::size_t begin = 0; begin < scores.size(); begin += kMembers) {
      const std::size_t end = std::min(scores.size(), begin + kMembers);
      std::string text = fmt::format("*{}\r\n$4\r\nZADD\r\n$6\r\nscores\r\n", 2 + 2 * (end - begin));
      for (std::size_t i = begin; i < end; ++i) {
        for (const std::string& word : {fmt::format("{}", scores[i]), fmt::format("{}", i)})
          text += fmt::format("${}\r\n{}\r\n", word.size(), word);
      }
      ask(text);
      answer();
    }
  }

 private:
  bool holds(std::size_t members) {
    ask(command({"ZCARD", "scores"}));
    return answer()->integer == static_cast<long long>(members);
  }

  std::unique_ptr<redisContext, Free> context_;
};

}  // namespace renown::bench
