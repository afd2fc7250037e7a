#include "ingest/flat/csv_reader.h"

#include <array>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "ingest/flat/flat_row.h"
#include "ingest/flat/record_keeper.h"
#include "io/csv.h"

namespace renown::ingest::flat {
namespace {

/// Which field of a record holds which column.
struct Header {
  std::array<std::optional<std::size_t>, kColumns> field;
  std::vector<std::string> names;
  std::vector<std::string> ignored;
};

Result<Header> read_header(const std::string& log, const io::CsvRecord& record) {
  if (!record.problem.empty()) {
    return bad_input(fmt::format("{}:{}: the header line is no CSV: {}", log, record.line, record.problem));
  }
  Header header;
  for (std::size_t i = 0; i < record.fields.size(); ++i) {
    const std::string_view name = record.fields[i];
    header.names.emplace_back(name);
    const auto column = parse_column(name);
    if (!column) {
      header.ignored.emplace_back(name);
      continue;
    }
    auto& field = header.field[static_cast<std::size_t>(*column)];
    if (field) return bad_input(fmt::format("{}:{}: the header names column '{}' twice", log, record.line, name));
    field = i;
  }
  for (std::size_t i = 0; i < kNeededColumns; ++i) {
    if (!header.field[i]) return missing_column(log, static_cast<Column>(i), header.names);
  }
  return header;
}

class CsvLogReader final : public model::InteractionReader {
 public:
  CsvLogReader(std::string log, std::unique_ptr<io::ByteSource> source, model::ReadOptions options)
      : keeper_(std::move(log), "a flat CSV log", options), csv_(std::move(source)) {}

  Result<bool> read(model::InteractionBlock& block) override {
    if (!header_) {
      if (auto begun = begin(); !begun) return begun.error();
    }
    while (!block.full()) {
      auto more = csv_.next(record_);
      if (!more) return more.error();
      if (!*more) {
        if (auto finished = keeper_.finish(); !finished) return finished.error();
        return false;
      }
      if (auto taken = take_record(block); !taken) return taken.error();
    }
    return true;
  }

  const model::ReadReport& report() const override { return keeper_.report(); }
  std::uint64_t bytes_read() const override { return csv_.bytes_read(); }

 private:
  Result<void> begin() {
    auto more = csv_.next(record_);
    if (!more) return more.error();
    if (!*more) {
      return bad_input(fmt::format("{} is empty: a flat CSV log begins with a header line such as {}", keeper_.log(),
                                   "time,network,kind,actor,target,post,id"));
    }
    auto header = read_header(keeper_.log(), record_);
    if (!header) return header.error();
    if (!header->ignored.empty()) keeper_.notice(ignored_columns(keeper_.log(), header->ignored));
    header_ = std::move(*header);
    return {};
  }

  Result<void> take_record(model::InteractionBlock& block) {
    if (!record_.problem.empty()) return bad(record_.problem);
    if (record_.fields.size() != header_->names.size()) {
      return bad(fmt::format("it has {} fields, the header has {}", record_.fields.size(), header_->names.size()));
    }
    FlatRow row;
    for (std::size_t i = 0; i < kColumns; ++i) {
      if (header_->field[i]) row[static_cast<Column>(i)] = record_.fields[*header_->field[i]];
    }
    auto act = read_row(row);
    if (!act) return bad(act.error().message);
    block.push(*act);
    keeper_.good();
    return {};
  }

  Result<void> bad(std::string reason) {
    if (record_.cut_off) reason = "the last line is cut off: " + reason;
    return keeper_.bad(fmt::format("{}:{}", keeper_.log(), record_.line), std::move(reason));
  }

  RecordKeeper keeper_;
  io::CsvReader csv_;
  io::CsvRecord record_;
  std::optional<Header> header_;
};

}  // namespace

std::unique_ptr<model::InteractionReader> read_csv(std::string log, std::unique_ptr<io::ByteSource> source,
                                                   model::ReadOptions options) {
  return std::make_unique<CsvLogReader>(std::move(log), std::move(source), options);
}

bool looks_like_csv(std::string_view head) {
  constexpr std::size_t kMost = 3;
  auto source = io::open_memory("head", head);
  if (!source) return false;
  io::CsvReader csv(std::move(*source));
  io::CsvRecord record;
  auto more = csv.next(record);
  if (!more || !*more) return false;
  std::array<bool, kColumns> seen{};
  for (const std::string_view name : record.fields) {
    if (const auto column = parse_column(name)) seen[static_cast<std::size_t>(*column)] = true;
  }
  std::size_t needed = 0;
  for (std::size_t i = 0; i < kNeededColumns; ++i) needed += seen[i] ? 1 : 0;
  return needed >= kMost;
}

}  // namespace renown::ingest::flat
