/// Ctrl-C: the program ends within a second and leaves nothing half-written.
#pragma once

#include <chrono>

namespace renown::cli {

/// Takes SIGINT, SIGTERM and SIGHUP (the terminal was closed) for the whole process, from install() to the end, except
/// those that the caller has set to be ignored. The first one sets a flag that the pipeline looks at; if the work has
/// not ended 0.7 s later, what is half-written is removed and the process ends.
class Interrupt {
 public:
  /// Call before any other thread is started, once.
  static void install();

  static bool requested();

  /// For a command whose end takes longer, such as a server that finishes its answers: so long instead of 0.7 s. Call
  /// it before a signal can come.
  static void take_time(std::chrono::milliseconds time);

  /// Ends the process by the signal that was caught, as shells expect of a program that was stopped.
  [[noreturn]] static void end_by_signal();
};

}  // namespace renown::cli
