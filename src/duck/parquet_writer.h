/// Writing Parquet files from rows the caller has: score files, ledgers.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "renown/result.h"

#include "duck/column.h"
#include "duck/row_buffer.h"

namespace renown::duck {

/// How DuckDB is to write Parquet: COPY ... TO ... (these). Lengths of texts apart from their bytes (V2), and no trial
/// of dictionaries of more than a few values, which names are not: three fifths of the time to write and to read
/// (docs/decisions/0044).
inline constexpr const char* kParquetForm =
    "FORMAT parquet, PARQUET_VERSION V2, DICTIONARY_SIZE_LIMIT 1000, COMPRESSION zstd, COMPRESSION_LEVEL 1, "
    "ROW_GROUP_SIZE 122880";

/// Adds the next rows to the buffer, as many as fit (RowBuffer::full).
/// returns  true if more may follow, false at the end (the rows it has just added are still written)
using RowSource = std::function<Result<bool>(RowBuffer& rows)>;

/// Writes the rows to `path` (replacing what is there): format V2, zstd, row groups of 122,880, the types of `columns`,
/// every one nullable. The same rows give the same bytes with the same version of DuckDB. Memory is bounded by a row
/// group. Not atomic by itself: pass io::FileWriter::temporary_path().
///
/// returns  rows written
/// errors   what `source` returns; bad_input for a text that is not UTF-8; io when the file cannot be written
Result<std::uint64_t> write_parquet(const std::vector<ColumnSpec>& columns, const RowSource& source,
                                    const std::string& path);

}  // namespace renown::duck
