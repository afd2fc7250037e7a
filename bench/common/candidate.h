/// Candidate: one way to do a task that is timed.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace renown::bench {

/// What a candidate found, in a form in which two candidates can be held against each other.
struct Outcome {
  std::vector<std::uint64_t> exact;  ///< must be the same
  std::vector<double> close;         ///< must be the same to kTolerance
};

/// One run of one candidate, in a process of its own: prepare(), then run(), which alone is measured, then outcome().
/// What fails is thrown as std::runtime_error with a sentence: unlike the program, a benchmark has nothing to tidy up.
class Candidate {
 public:
  virtual ~Candidate() = default;

  /// Brings the input into the form that the candidate works on.
  virtual void prepare() {}
  virtual void run() = 0;
  virtual Outcome outcome() { return {}; }

  /// How many times run() does what the task is about: figures are for one of them.
  virtual double operations() const { return 1.0; }

  /// Figures of run() that are looked at apart, by a name of theirs: seconds or bytes; none for most.
  virtual std::vector<std::pair<std::string, double>> parts() const { return {}; }
};

/// Who takes part in a contest.
struct Entry {
  std::string name;  ///< "renown", "duckdb", ...
  std::function<std::unique_ptr<Candidate>()> make;
  bool same_result = true;  ///< false: it does something else, which is said in the task's header, and is not compared
};

}  // namespace renown::bench
