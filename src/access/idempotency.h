/// Idempotency: a request that is sent twice is done once.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "access/role.h"
#include "access/service_file.h"

namespace renown::access {

inline constexpr std::int64_t kAnswerSeconds = 86'400;
inline constexpr std::int64_t kMostAnswersOfCaller = 1000;    ///< beyond it the caller's oldest goes
inline constexpr std::int64_t kMostAnswers = 20'000;          ///< of all, likewise
inline constexpr std::size_t kMostAnswerBytes = 32U << 10;    ///< a longer body is not kept
inline constexpr std::size_t kMostIdempotencyKeyBytes = 255;  ///< of the header

/// What was answered.
struct RecordedAnswer {
  int status = 0;
  /// Those worth keeping: names and values without line ends.
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::string body = {};
  bool is_withheld = false;  ///< the body is not there: it held a secret that is told once, was too long, or named
                             ///< somebody who was erased
};

/// One request of one caller under one Idempotency-Key: `caller` is caller_of_login() or caller_of_key(), `route` the
/// id of the route.
std::string caller_of_login(LoginId login);
std::string caller_of_key(std::int64_t key);

class Idempotency;

/// What a request turned out to be. Where it is the first, it is under way until finish(), or until this is destroyed:
/// then it can be sent again. Must not outlive the store.
class Attempt {
 public:
  enum class State {
    first,      ///< do it, and finish() with the answer
    under_way,  ///< 409: the first one is being answered
    conflict,   ///< 422: the key was used for another request
    replay,     ///< answer() is what the first one was answered
  };
  State state() const { return state_; }
  const RecordedAnswer& answer() const { return answer_; }

  /// Keeps the answer for a day; on disk when it returns. Call it before the answer is sent, whatever its status. Its
  /// body is left out where it is_withheld. errors  io: the request was done, and is not kept
  Result<void> finish(const RecordedAnswer& answer, std::int64_t now);

  Attempt(Attempt&& other) noexcept;
  Attempt& operator=(Attempt&&) = delete;
  ~Attempt();

 private:
  friend class Idempotency;
  struct Key {
    std::string caller, route, hash;
    auto operator<=>(const Key&) const = default;
  };
  Attempt(State state, Idempotency* owner, Key key, std::string request)
      : state_(state), owner_(owner), key_(std::move(key)), request_(std::move(request)) {}

  State state_;
  Idempotency* owner_;  ///< of a first one that is not finished; else none
  Key key_;
  std::string request_;
  RecordedAnswer answer_;
};

/// What is under way stands in memory: a kill ends it, and whoever asks again is the first. Keys and requests are
/// stored as hashes. For any number of threads.
class Idempotency {
 public:
  explicit Idempotency(ServiceFile& file) : file_(file) {}

  /// request  all that makes the request what it is: target and body
  /// errors   bad_input for a key that is empty or longer than 255 bytes; io
  Result<Attempt> begin(std::string_view caller, std::string_view route, std::string_view key, std::string_view request,
                        std::int64_t now);

  /// Removes what is older than a day or beyond the bounds. In a transaction of the caller's.
  Result<void> tidy(store::Database& database, std::int64_t now);

 private:
  friend class Attempt;
  Result<void> finish(const Attempt::Key& key, std::string_view request, const RecordedAnswer& answer,
                      std::int64_t now);
  void abandon(const Attempt::Key& key);

  ServiceFile& file_;
  std::mutex mutex_;
  std::map<Attempt::Key, std::string> under_way_;  ///< with the hash of the request
};

}  // namespace renown::access
