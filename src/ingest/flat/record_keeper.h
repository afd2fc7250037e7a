/// RecordKeeper: the books of a flat log's reader: what was good, what was bad, and when to stop.
#pragma once

#include <cstdint>
#include <string>

#include "renown/result.h"

#include "model/interaction_reader.h"

namespace renown::ingest::flat {

class RecordKeeper {
 public:
  /// A log whose first records are all bad is not what it claims to be.
  static constexpr std::uint64_t kTrial = 100;

  /// log    its name in sentences
  /// claim  what it should be: "a flat CSV log"
  RecordKeeper(std::string log, std::string claim, model::ReadOptions options);

  void good(std::uint64_t rows = 1) {
    report_.records += rows;
    report_.interactions += rows;
  }

  /// errors  bad_input: the record itself under `strict`; that the log is not what it claims after kTrial bad ones
  Result<void> bad(std::string place, std::string reason);

  /// The log has ended. errors  bad_input, if it had records and none was good
  Result<void> finish() const;

  void notice(std::string sentence) { report_.notices.push_back(std::move(sentence)); }

  const std::string& log() const { return log_; }
  const model::ReadReport& report() const { return report_; }

 private:
  Error not_what_it_claims() const;

  std::string log_;
  std::string claim_;
  model::ReadOptions options_;
  model::ReadReport report_;
};

}  // namespace renown::ingest::flat
