#include "cli/interrupt.h"

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <thread>

#include "io/uncommitted_files.h"

namespace renown::cli {
namespace {

std::atomic<int> caught_signal{0};
std::atomic<std::int64_t> milliseconds_to_end{700};

void wait_for_signal(const sigset_t& signals) {
  int signal = 0;
  if (sigwait(&signals, &signal) != 0) return;
  caught_signal = signal;
  std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds_to_end.load()));
  io::remove_uncommitted_files();
  Interrupt::end_by_signal();
}

}  // namespace

void Interrupt::install() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    // What the caller has told us to ignore stays ignored: nohup, and Ctrl-C for what a shell runs in the background.
    struct sigaction action{};
    if (sigaction(signal, nullptr, &action) == 0 && action.sa_handler != SIG_IGN) sigaddset(&signals, signal);
  }
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // inherited by every thread: only the one below takes them
  std::thread([signals] { wait_for_signal(signals); }).detach();
}

bool Interrupt::requested() {
  return caught_signal != 0;
}

void Interrupt::take_time(std::chrono::milliseconds time) {
  milliseconds_to_end = time.count();
}

void Interrupt::end_by_signal() {
  const int signal = caught_signal;
  std::signal(signal, SIG_DFL);
  sigset_t one;
  sigemptyset(&one);
  sigaddset(&one, signal);
  pthread_sigmask(SIG_UNBLOCK, &one, nullptr);
  std::raise(signal);
  std::_Exit(128 + signal);
}

}  // namespace renown::cli
