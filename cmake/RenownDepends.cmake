# Every library Renown links, found in one place. docs/dependencies.md has the reason for each.
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(simdjson REQUIRED)
find_package(CLI11 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(EXPAT REQUIRED)
find_package(LibArchive REQUIRED)
find_package(CURL 7.88 REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(Boost 1.81 REQUIRED)   # headers alone: Beast and what it stands on
find_package(SQLite3 REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(IDN2 REQUIRED IMPORTED_TARGET libidn2)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(UTF8PROC REQUIRED IMPORTED_TARGET libutf8proc)
add_library(Zstd::Zstd ALIAS PkgConfig::ZSTD)
add_library(Idn2::Idn2 ALIAS PkgConfig::IDN2)
add_library(Sodium::Sodium ALIAS PkgConfig::SODIUM)
add_library(Utf8proc::Utf8proc ALIAS PkgConfig::UTF8PROC)

# DuckDB is not in Debian: `./dev deps` puts the published library and its C header under build/deps/duckdb.
set(RENOWN_DUCKDB ${PROJECT_SOURCE_DIR}/build/deps/duckdb CACHE PATH "Folder with duckdb.h and libduckdb.so")
find_path(DUCKDB_INCLUDE duckdb.h HINTS ${RENOWN_DUCKDB} NO_CACHE)
find_library(DUCKDB_LIBRARY duckdb HINTS ${RENOWN_DUCKDB} NO_CACHE)
if(NOT DUCKDB_INCLUDE OR NOT DUCKDB_LIBRARY)
  message(FATAL_ERROR "DuckDB was not found in ${RENOWN_DUCKDB}: run ./dev deps, or pass -DRENOWN_DUCKDB=FOLDER with duckdb.h and libduckdb.so")
endif()
add_library(DuckDB::DuckDB SHARED IMPORTED)
set_target_properties(DuckDB::DuckDB PROPERTIES
  IMPORTED_LOCATION ${DUCKDB_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${DUCKDB_INCLUDE})

if(RENOWN_BUILD_TESTS)
  find_package(GTest REQUIRED)
  find_package(rapidcheck REQUIRED)
  pkg_check_modules(IGRAPH REQUIRED IMPORTED_TARGET igraph)   # GPL: tests only, never the program or the library
endif()
