/// RecordJudge: what a reader says about the records it met, and when bad ones end the reading.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "renown/result.h"

#include "ingest/record.h"
#include "model/interaction_reader.h"

namespace renown::ingest {

/// Longest texts of a row; a record with a longer one is bad.
inline constexpr std::size_t kMaxAccountBytes = std::size_t{1} << 10;
inline constexpr std::size_t kMaxTextBytes = std::size_t{4} << 10;

/// What is wrong with a row, as one clause; empty if nothing is. That texts are valid UTF-8 is the parser's affair.
inline std::string row_problem(const Interaction& row) {
  if (row.network.empty() || row.actor.empty()) return "the account that acts is empty";
  struct Text {
    std::string_view name;
    std::string_view text;
    std::size_t max_bytes;
  };
  const Text texts[] = {{"the actor", row.actor, kMaxAccountBytes},
                        {"the target", row.target, kMaxAccountBytes},
                        {"the post", row.post, kMaxTextBytes},
                        {"the id", row.id, kMaxTextBytes},
                        {"the list of tags", row.tags, kMaxTextBytes}};
  for (const auto& [name, text, max_bytes] : texts) {
    if (text.size() > max_bytes) return std::string(name) + " is longer than " + std::to_string(max_bytes) + " bytes";
    if (text.find('\0') != std::string_view::npos) return std::string(name) + " holds a NUL byte";
  }
  return {};
}

/// Keeps the report of a log. A record that cannot be used is counted with its place; it ends the reading under
/// `strict`, and where the first kTrial records (or all, of a shorter file) are bad: then it is not what it claims.
class RecordJudge {
 public:
  static constexpr std::uint64_t kTrial = 100;

  explicit RecordJudge(model::ReadOptions options) : options_(options) {}

  /// Begins a file, of which most logs have one.
  ///
  /// name    the file in error sentences: "days-1-5.txt.gz"
  /// format  what it should be: "a Higgs activity log"
  void begin_file(std::string name, std::string format) {
    name_ = std::move(name);
    format_ = std::move(format);
    records_ = bad_ = 0;
    first_bad_.clear();
  }

  const std::string& name() const { return name_; }
  std::uint64_t records() const { return records_; }  ///< of this file
  const model::ReadReport& report() const { return report_; }

  void notice(std::string sentence) { report_.notices.push_back(std::move(sentence)); }

  /// Each record is counted, and then settled or called bad.
  void count_record() {
    ++records_;
    ++report_.records;
  }

  /// A record that can be settled only after later ones is counted then: nothing stands in the report without an
  /// outcome.
  void postpone_record() { --report_.records; }
  void resume_record() { ++report_.records; }

  /// Yields all rows of a record, or none where one breaks the rules; without rows it is left out.
  ///
  /// place   a function giving the record's place, called for a bad record only
  /// errors  as bad()
  template <class Place>
  Result<void> settle(const Record& record, model::InteractionBlock& block, Place place) {
    if (record.rows().empty()) {
      report_.leave_out(record.reason());
      return {};
    }
    for (const Interaction& row : record.rows()) {
      if (std::string problem = row_problem(row); !problem.empty()) return bad(place(), std::move(problem));
    }
    for (const Interaction& row : record.rows()) block.push(row);
    report_.interactions += record.rows().size();
    return {};
  }

  /// errors  bad_input: the record itself under `strict`, or "not what it claims" when the trial ends
  Result<void> bad(std::string place, std::string reason) {
    std::string sentence = place + ": " + reason;
    report_.add_bad({std::move(place), std::move(reason)});
    if (options_.strict) return bad_input(std::move(sentence));
    if (++bad_ == 1) first_bad_ = std::move(sentence);
    if (bad_ == kTrial && records_ == kTrial) return not_what_it_claims();
    return {};
  }

  /// To be called at the end of a file.
  ///
  /// errors  bad_input when it is empty or held nothing but bad records
  Result<void> finish_file() const {
    if (records_ == 0) return bad_input(name_ + " is empty: it holds no record to read");
    if (bad_ == records_) return not_what_it_claims();
    return {};
  }

 private:
  Error not_what_it_claims() const {
    const std::string first = records_ == kTrial ? "first " : "";
    const std::string which = records_ == 1
                                  ? "its only record cannot be used"
                                  : "none of its " + first + std::to_string(records_) + " records can be used";
    return bad_input(name_ + " is not " + format_ + ": " + which + "; " + first_bad_);
  }

  model::ReadOptions options_;
  model::ReadReport report_;
  std::string name_;
  std::string format_;
  std::uint64_t records_ = 0;  ///< of this file, like the next two
  std::uint64_t bad_ = 0;
  std::string first_bad_;
};

}  // namespace renown::ingest
