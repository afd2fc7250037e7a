/// Progress: how the pipeline tells a caller where it is, and learns that it should stop.
#pragma once

#include <cstdint>
#include <string_view>

namespace renown::pipeline {

/// Called by one thread at a time, not always the same, every few thousand rows.
class Progress {
 public:
  virtual ~Progress() = default;

  /// stage  "reading events.csv.gz"; done, total  in `unit`; total 0: not known
  virtual void update(std::string_view stage, std::uint64_t done, std::uint64_t total, std::string_view unit) = 0;

  /// Whether the user asked to stop. The pipeline then ends with ErrorCode::cancelled and leaves nothing half-written.
  virtual bool cancelled() = 0;
};

/// For callers who want neither.
class NoProgress : public Progress {
 public:
  void update(std::string_view, std::uint64_t, std::uint64_t, std::string_view) override {}
  bool cancelled() override { return false; }
};

}  // namespace renown::pipeline
