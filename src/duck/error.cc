#include "duck/error.h"

#include <algorithm>

#include <duckdb.h>

namespace renown::duck {
namespace {

ErrorCode code_of(int type) {
  switch (type) {
    case DUCKDB_ERROR_IO:
    case DUCKDB_ERROR_PERMISSION:
    case DUCKDB_ERROR_OUT_OF_MEMORY:
      return ErrorCode::io;
    case DUCKDB_ERROR_INTERRUPT:
      return ErrorCode::cancelled;
    case DUCKDB_ERROR_CONVERSION:
    case DUCKDB_ERROR_OUT_OF_RANGE:
    case DUCKDB_ERROR_CONSTRAINT:
    case DUCKDB_ERROR_INVALID_INPUT:
    case DUCKDB_ERROR_SERIALIZATION:
    case DUCKDB_ERROR_MISMATCH_TYPE:
      return ErrorCode::bad_input;
    default:
      return ErrorCode::internal;
  }
}

}  // namespace

std::string sentence(std::string_view message) {
  std::string_view line = message.substr(0, message.find('\n'));
  // "IO Error: Cannot open file ..." -> "Cannot open file ..."; several kinds may be stacked.
  constexpr std::string_view kMark = "Error: ";
  constexpr std::size_t kLongestKind = 40;
  for (auto at = line.find(kMark); at != std::string_view::npos && at < kLongestKind; at = line.find(kMark)) {
    line.remove_prefix(at + kMark.size());
  }
  while (!line.empty() && (line.back() == ' ' || line.back() == '.')) line.remove_suffix(1);
  return line.empty() ? "DuckDB gave no reason" : std::string(line);
}

Error make_error(int type, const char* message) {
  const std::string_view text = message == nullptr ? "" : message;
  Error error{code_of(type), sentence(text)};
  // A commit that meets a full disk is reported as a failed transaction.
  for (const std::string_view refused : {"Could not write", "Could not read", "Could not sync", "No space left"}) {
    if (text.find(refused) != std::string_view::npos) error.code = ErrorCode::io;
  }
  return error;
}

}  // namespace renown::duck
