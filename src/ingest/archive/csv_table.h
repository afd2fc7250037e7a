/// A member that is a CSV table, with or without lines of talk above its header.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "renown/result.h"

#include "ingest/archive/network.h"

namespace renown::ingest::archive {

/// One row, asked by the names of its columns, whatever their case.
class CsvRow {
 public:
  CsvRow(const std::vector<std::string>& columns, const std::vector<std::string_view>& fields)
      : columns_(&columns), fields_(&fields) {}

  /// Without the blanks around it; empty if there is no such column. Valid as long as the row.
  std::string_view operator[](std::string_view column) const;

 private:
  const std::vector<std::string>* columns_;
  const std::vector<std::string_view>* fields_;
};

/// needed  columns that the header must have: the first line that has them all is the header
/// take    what a row stands for, as MemberRecords::next
/// errors  bad_input, as one clause, naming the column that is missing
Result<std::unique_ptr<MemberRecords>> csv_table(std::string bytes, const std::vector<std::string_view>& needed,
                                                 std::function<Result<void>(const CsvRow&, Record&)> take);

}  // namespace renown::ingest::archive
