/// ReadAhead: a reader on a thread of its own, so that reading and what is done with the rows overlap.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

#include "model/interaction_reader.h"

namespace renown::model {

/// Gives the blocks of another reader, a few of which wait in memory. Rows, report and errors are those that the other
/// one gave; report() and bytes_read() are as of the block that was last handed out.
///
/// Destroyed early, it waits until the other reader has filled the block it is at: not for a reader that may wait for
/// its input for long, such as that of a pipe.
class ReadAhead final : public InteractionReader {
 public:
  explicit ReadAhead(std::unique_ptr<InteractionReader> reader);
  ~ReadAhead() override;
  ReadAhead(const ReadAhead&) = delete;
  ReadAhead& operator=(const ReadAhead&) = delete;

  Result<bool> read(InteractionBlock& block) override;
  const ReadReport& report() const override { return report_; }
  std::uint64_t bytes_read() const override { return bytes_read_; }

 private:
  /// What one call of the other reader gave.
  struct Step {
    InteractionBlock block;
    bool more = false;
    std::optional<Error> error;
    ReadReport report;
    std::uint64_t bytes_read = 0;
  };

  void work(const std::stop_token& stop);
  void take_step(Step& step);

  std::unique_ptr<InteractionReader> reader_;  ///< the thread's alone, once it runs
  ReadReport report_;
  std::uint64_t bytes_read_ = 0;
  bool ended_ = false;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<std::unique_ptr<Step>> ready_, spare_;
  std::jthread thread_;  // last: it must end before what it uses
};

}  // namespace renown::model
