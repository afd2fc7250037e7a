/// What the tests of senders share: sending in a process that is killed.
#pragma once

#include <csignal>
#include <utility>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace renown::net::test {

/// Sends in a process of its own, which is killed after so many microseconds.
///
/// send     what it does there, and whether that went well; what it opens has to be opened there
/// returns  whether it came to its end before
template <class Send>
bool sends_until_killed(unsigned microseconds, Send&& send) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(std::forward<Send>(send)() ? 0 : 1);
  ::usleep(microseconds);
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
  return WIFEXITED(status);
}

}  // namespace renown::net::test
