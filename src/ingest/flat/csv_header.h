/// CsvHeader: the first line of a flat CSV log, and the records that follow it.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "renown/interaction.h"
#include "renown/result.h"

#include "ingest/flat/flat_row.h"
#include "io/csv.h"

namespace renown::ingest::flat {

/// Which field of a record holds which column.
struct CsvHeader {
  std::array<std::optional<std::size_t>, kColumns> field;
  std::vector<std::string> names;
  std::vector<std::string> ignored;
};

/// errors  bad_input: no CSV, a column twice, a needed one missing
Result<CsvHeader> read_header(const std::string& log, const io::CsvRecord& record);

/// A record as a row that points into its fields. errors  bad_input, one clause
Result<Interaction> read_fields(const CsvHeader& header, const std::vector<std::string_view>& fields);

}  // namespace renown::ingest::flat
