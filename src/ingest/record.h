/// Record: what one record of a log stands for: rows, or a reason why there are none.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "renown/interaction.h"

namespace renown::ingest {

/// Used again for each record of a log. The rows' texts point into the record's bytes, or into what keep() holds.
class Record {
 public:
  void clear() {
    rows_.clear();
    kept_.clear();
    reason_.clear();
  }

  void add(const Interaction& row) { rows_.push_back(row); }

  /// Says why a good record without rows is no interaction: "vote without a voter". Counted by this text.
  void leave_out(std::string reason) { reason_ = std::move(reason); }

  /// Holds a text that stands nowhere in the record's bytes, until clear().
  std::string_view keep(std::string text) { return kept_.emplace_back(std::move(text)); }

  const std::vector<Interaction>& rows() const { return rows_; }
  const std::string& reason() const { return reason_; }

 private:
  std::vector<Interaction> rows_;
  std::deque<std::string> kept_;  ///< a deque: views into short strings must survive the next keep()
  std::string reason_;
};

}  // namespace renown::ingest
