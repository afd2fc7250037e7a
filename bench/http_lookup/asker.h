/// Asker: the client of this task, the same for every candidate.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace renown::bench::http_lookup {

/// Some connections, each with one question under way; all on the calling thread. Every answer has as many bytes as the
/// first, so that reading them costs nothing.
class Asker {
 public:
  /// throws  std::runtime_error where nobody answers
  Asker(int port, std::string question);
  ~Asker();
  Asker(const Asker&) = delete;
  Asker& operator=(const Asker&) = delete;

  const std::string& first_answer() const { return first_answer_; }

  /// Asks so often in all.
  void ask(std::uint64_t times);

 private:
  struct One {
    int descriptor;
    std::size_t received;
  };

  std::string question_, first_answer_;
  int poll_;
  std::vector<One> connections_;
};

}  // namespace renown::bench::http_lookup
