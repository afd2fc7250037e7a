/// DuckDB's side of a QueryResult, freed in the right order. For the sources of this folder only.
#pragma once

#include <duckdb.h>

#include "duck/query_result.h"

namespace renown::duck {

struct QueryResult::Handles {
  duckdb_prepared_statement statement = nullptr;
  duckdb_result result = {};
  duckdb_data_chunk chunk = nullptr;

  Handles() = default;
  Handles(const Handles&) = delete;
  Handles& operator=(const Handles&) = delete;
  ~Handles() {
    duckdb_destroy_data_chunk(&chunk);
    duckdb_destroy_result(&result);
    duckdb_destroy_prepare(&statement);
  }
};

}  // namespace renown::duck
