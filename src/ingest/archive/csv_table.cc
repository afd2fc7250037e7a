#include "ingest/archive/csv_table.h"

#include <algorithm>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "io/byte_source.h"
#include "io/csv.h"

namespace renown::ingest::archive {
namespace {

constexpr int kLinesAboveHeader = 30;  ///< LinkedIn's are three

/// Bytes of a member as a source. Not io::open_memory: that would unpack what looks packed, beyond all limits.
class MemberBytes final : public io::ByteSource {
 public:
  explicit MemberBytes(std::string bytes) : bytes_(std::move(bytes)) {}

  Result<std::size_t> read(std::span<char> buffer) override {
    const std::size_t count = std::min(buffer.size(), bytes_.size() - position_);
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(position_), count, buffer.begin());
    position_ += count;
    return count;
  }
  std::uint64_t bytes_read() const override { return position_; }

 private:
  std::string bytes_;
  std::size_t position_ = 0;
};

class CsvTable final : public MemberRecords {
 public:
  using Take = std::function<Result<void>(const CsvRow&, Record&)>;

  CsvTable(std::string bytes, Take take)
      : reader_(std::make_unique<MemberBytes>(std::move(bytes))), take_(std::move(take)) {}

  Result<void> find_header(const std::vector<std::string_view>& needed) {
    for (int line = 0; line < kLinesAboveHeader; ++line) {
      const auto more = reader_.next(row_);
      if (!more) return more.error();
      if (!*more) break;
      std::vector<std::string> columns;
      for (const std::string_view field : row_.fields) columns.push_back(base::lower(base::trim(field)));
      const auto has = [&](std::string_view column) {
        return std::ranges::find(columns, base::lower(base::trim(column))) != columns.end();
      };
      if (!std::ranges::all_of(needed, has)) continue;
      columns_ = std::move(columns);
      return {};
    }
    return bad_input(fmt::format("no line is a header with the columns {}", fmt::join(needed, ", ")));
  }

  Result<bool> next(Record& record) override {
    const auto more = reader_.next(row_);
    if (!more) return more.error();
    if (!*more) return false;
    if (!row_.problem.empty()) return bad_input(row_.problem);
    if (row_.fields.size() != columns_.size()) {
      return bad_input(fmt::format("it has {} fields, the header {}", row_.fields.size(), columns_.size()));
    }
    if (!std::ranges::all_of(row_.fields, [](std::string_view field) { return base::is_utf8(field); })) {
      return bad_input("a text in it is not UTF-8");
    }
    if (auto taken = take_(CsvRow(columns_, row_.fields), record); !taken) return taken.error();
    return true;
  }

  std::string place() const override { return fmt::format("line {}", row_.line); }

 private:
  io::CsvReader reader_;
  Take take_;
  io::CsvRecord row_;
  std::vector<std::string> columns_;  ///< in lower case
};

}  // namespace

std::string_view CsvRow::operator[](std::string_view column) const {
  const auto at = std::ranges::find(*columns_, base::lower(base::trim(column)));
  return at == columns_->end() ? std::string_view{}
                               : base::trim((*fields_)[static_cast<std::size_t>(at - columns_->begin())]);
}

Result<std::unique_ptr<MemberRecords>> csv_table(std::string bytes, const std::vector<std::string_view>& needed,
                                                 std::function<Result<void>(const CsvRow&, Record&)> take) {
  auto table = std::make_unique<CsvTable>(std::move(bytes), std::move(take));
  if (auto found = table->find_header(needed); !found) return found.error();
  return std::unique_ptr<MemberRecords>(std::move(table));
}

}  // namespace renown::ingest::archive
