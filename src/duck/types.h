/// Our column types and DuckDB's. For the sources of this folder only.
#pragma once

#include <duckdb.h>

#include "duck/column.h"

namespace renown::duck {

inline Type from_duckdb(duckdb_type type) {
  switch (type) {
    case DUCKDB_TYPE_BOOLEAN:
      return Type::boolean;
    case DUCKDB_TYPE_UTINYINT:
      return Type::uint8;
    case DUCKDB_TYPE_BIGINT:
      return Type::int64;
    case DUCKDB_TYPE_DOUBLE:
      return Type::float64;
    case DUCKDB_TYPE_VARCHAR:
      return Type::text;
    default:
      return Type::other;
  }
}

inline duckdb_type to_duckdb(Type type) {
  switch (type) {
    case Type::boolean:
      return DUCKDB_TYPE_BOOLEAN;
    case Type::uint8:
      return DUCKDB_TYPE_UTINYINT;
    case Type::int64:
      return DUCKDB_TYPE_BIGINT;
    case Type::float64:
      return DUCKDB_TYPE_DOUBLE;
    case Type::text:
      return DUCKDB_TYPE_VARCHAR;
    case Type::other:
      break;
  }
  return DUCKDB_TYPE_INVALID;
}

}  // namespace renown::duck
