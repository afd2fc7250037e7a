/// What every task's program does: read its options, hold the contest, write the measurements as JSON.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "common/contest.h"

namespace renown::bench {

/// How a program was called:
///
///     PROGRAM --work FOLDER [--log FILE] [--rows N] [--repeats N] [--only NAME] [--seconds N] [--redis PORT] [--form
///     NAME] [--service PORT --question FILE]
struct Call {
  std::string work_folder;  ///< for files of the run
  std::string log;          ///< a log to work on; empty: an invented one
  std::uint64_t rows = 0;   ///< of the invented log, or entries of a table; 0: the task's own size
  std::string only;         ///< one candidate alone; empty: all
  int redis_port = 0;       ///< of a server that is there for this run; 0: none
  int service_port = 0;     ///< of a `renown serve` that is there for this run; 0: none
  std::string question;     ///< file with the request that it is asked
  std::string form;         ///< which input of several a task has; empty: its first
  Turns turns;
};

/// Calls make_contest and prints what came of it. returns  the exit code of main: 1 with a sentence where something
/// failed, 2 for an unknown option.
int run_program(int count, char** arguments, const std::function<Contest(const Call&)>& make_contest);

}  // namespace renown::bench
