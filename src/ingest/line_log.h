/// LineLog: a log of one record a line.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "renown/result.h"

#include "ingest/record.h"
#include "ingest/record_judge.h"
#include "io/line_reader.h"
#include "model/interaction_reader.h"

namespace renown::ingest {

/// Streams: memory is bounded by the longest line. Blank lines are no records.
class LineLog : public model::InteractionReader {
 public:
  /// name    the log in error sentences and places: "day.txt:17"
  /// format  what it should be: "a Higgs activity log"
  LineLog(std::string name, std::string format, std::unique_ptr<io::ByteSource> source, model::ReadOptions options)
      : lines_(std::move(source)), judge_(options) {
    judge_.begin_file(std::move(name), std::move(format));
  }

  Result<bool> read(model::InteractionBlock& block) final {
    while (!block.full()) {
      const auto more = lines_.next(line_);
      if (!more) return more.error();
      if (!*more) {
        if (const auto whole = judge_.finish_file(); !whole) return whole.error();
        return false;
      }
      if (const auto taken = take_line(block); !taken) return taken.error();
    }
    return true;
  }

  const model::ReadReport& report() const final { return judge_.report(); }
  std::uint64_t bytes_read() const final { return lines_.bytes_read(); }

 protected:
  /// Puts what the line stands for into `record`, which is clear: rows, or the reason why there are none.
  ///
  /// errors  bad_input, saying as one clause why the line cannot be used
  virtual Result<void> read_record(std::string_view line, Record& record) = 0;

 private:
  Result<void> take_line(model::InteractionBlock& block) {
    if (!line_.too_long && line_.text.find_first_not_of(" \t") == std::string_view::npos) return {};
    judge_.count_record();
    if (line_.too_long) return bad("the line is longer than " + std::to_string(io::LineReader::kMaxBytes) + " bytes");
    record_.clear();
    if (const auto taken = read_record(line_.text, record_); !taken) return bad(taken.error().message);
    return judge_.settle(record_, block, [this] { return place(); });
  }

  Result<void> bad(std::string reason) {
    if (line_.cut_off) reason += " (the last line has no line ending: the log may be cut off)";
    return judge_.bad(place(), std::move(reason));
  }

  std::string place() const { return judge_.name() + ":" + std::to_string(line_.number); }

  io::LineReader lines_;
  io::Line line_;
  RecordJudge judge_;
  Record record_;
};

}  // namespace renown::ingest
