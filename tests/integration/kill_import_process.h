/// A child process that is killed without warning, and what it had acknowledged by then.
#pragma once

#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace renown::kill_test {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::milliseconds;

/// What a child did before it ended.
struct Ending {
  bool killed = false;             ///< by our signal, before it was done
  int exit_code = -1;              ///< where it was not killed
  std::uint64_t acknowledged = 0;  ///< the last number it sent
  Milliseconds lasted{0};
};

/// The child's side: says that this much is on disk. One small write is atomic: it arrives whole or not at all.
inline void acknowledge(int pipe, std::uint64_t count) {
  if (::write(pipe, &count, sizeof count) != sizeof count) ::_exit(3);
}

/// Runs this program anew with `arguments` and the number of a pipe for acknowledgements, and sends SIGKILL after
/// `delay`. A fresh process: nothing of the parent's DuckDB is in it.
inline Ending run_and_kill(std::vector<std::string> arguments, Milliseconds delay) {
  int pipe[2];
  if (::pipe(pipe) != 0) return {};
  ::fcntl(pipe[0], F_SETFD, FD_CLOEXEC);
  arguments.insert(arguments.begin(), "kill_import_test");
  arguments.push_back(std::to_string(pipe[1]));
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);

  const auto begin = Clock::now();
  const pid_t child = ::fork();
  if (child == 0) {
    ::execv("/proc/self/exe", argv.data());
    ::_exit(2);
  }
  ::close(pipe[1]);
  Ending ending;
  bool sent = false;
  for (;;) {
    const auto left = std::chrono::duration_cast<Milliseconds>(begin + delay - Clock::now());
    pollfd wait = {pipe[0], POLLIN, 0};
    const int ready = ::poll(&wait, 1, sent ? -1 : static_cast<int>(std::max(left, Milliseconds(0)).count()));
    if (ready == 0) {
      ::kill(child, SIGKILL);
      sent = true;
      continue;
    }
    std::uint64_t count = 0;
    if (::read(pipe[0], &count, sizeof count) != sizeof count) break;  // the child has gone
    ending.acknowledged = count;
  }
  ::close(pipe[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  ending.lasted = std::chrono::duration_cast<Milliseconds>(Clock::now() - begin);
  ending.killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
  if (WIFEXITED(status)) ending.exit_code = WEXITSTATUS(status);
  return ending;
}

}  // namespace renown::kill_test
