#include "ingest/flat/csv_header.h"

#include <fmt/format.h>

namespace renown::ingest::flat {

Result<CsvHeader> read_header(const std::string& log, const io::CsvRecord& record) {
  if (!record.problem.empty()) {
    return bad_input(fmt::format("{}:{}: the header line is no CSV: {}", log, record.line, record.problem));
  }
  CsvHeader header;
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

Result<Interaction> read_fields(const CsvHeader& header, const std::vector<std::string_view>& fields) {
  if (fields.size() != header.names.size()) {
    return bad_input(fmt::format("it has {} fields, the header has {}", fields.size(), header.names.size()));
  }
  FlatRow row;
  for (std::size_t i = 0; i < kColumns; ++i) {
    if (header.field[i]) row[static_cast<Column>(i)] = fields[*header.field[i]];
  }
  return read_row(row);
}

}  // namespace renown::ingest::flat
