#include "model/read_ahead.h"

#include <exception>
#include <string>
#include <utility>

namespace renown::model {
namespace {

constexpr int kSteps = 4;  ///< blocks in memory: one being filled, one in use, and some between them

}  // namespace

ReadAhead::ReadAhead(std::unique_ptr<InteractionReader> reader)
    : reader_(std::move(reader)), report_(reader_->report()), bytes_read_(reader_->bytes_read()) {
  for (int i = 0; i < kSteps; ++i) spare_.push_back(std::make_unique<Step>());
  thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

ReadAhead::~ReadAhead() = default;

Result<bool> ReadAhead::read(InteractionBlock& block) {
  if (ended_) return false;
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !ready_.empty(); });
  std::unique_ptr<Step> step = std::move(ready_.front());
  ready_.pop_front();
  lock.unlock();

  std::swap(block, step->block);
  std::swap(report_, step->report);
  bytes_read_ = step->bytes_read;
  ended_ = !step->more;
  std::optional<Error> error = std::exchange(step->error, std::nullopt);
  {
    const std::lock_guard giving_back(mutex_);
    spare_.push_back(std::move(step));
  }
  changed_.notify_all();
  if (error) return *std::move(error);
  return !ended_;
}

void ReadAhead::work(const std::stop_token& stop) {
  for (bool more = true; more;) {
    std::unique_lock lock(mutex_);
    if (!changed_.wait(lock, stop, [this] { return !spare_.empty(); }) || stop.stop_requested()) return;
    std::unique_ptr<Step> step = std::move(spare_.front());
    spare_.pop_front();
    lock.unlock();
    take_step(*step);
    more = step->more;
    lock.lock();
    ready_.push_back(std::move(step));
    lock.unlock();
    changed_.notify_all();
  }
}

/// What is thrown (only the standard library throws) ends the log with a sentence.
void ReadAhead::take_step(Step& step) {
  step.block.clear();
  try {
    auto more = reader_->read(step.block);
    step.more = more && *more;
    if (!more) step.error = std::move(more).error();
    step.report = reader_->report();
    step.bytes_read = reader_->bytes_read();
  } catch (const std::exception& thrown) {
    step.more = false;
    step.error = Error{ErrorCode::internal, std::string("the thread that reads the log failed: ") + thrown.what()};
  }
}

}  // namespace renown::model
