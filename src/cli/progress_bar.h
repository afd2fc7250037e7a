/// A progress bar on the error stream, with rate and time left; silent where that is no terminal.
#pragma once

#include <chrono>
#include <string>

#include "cli/terminal.h"
#include "pipeline/progress.h"

namespace renown::cli {

class ProgressBar : public pipeline::Progress {
 public:
  ProgressBar() : terminal_(stderr) {}
  ~ProgressBar() override { clear(); }
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void update(std::string_view stage, std::uint64_t done, std::uint64_t total, std::string_view unit) override;
  bool cancelled() override;

  /// Takes the bar off the screen, so that other text can follow.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;

  Terminal terminal_;
  std::string stage_;
  Clock::time_point stage_began_{};
  Clock::time_point drawn_{};
  bool shown_ = false;
};

}  // namespace renown::cli
