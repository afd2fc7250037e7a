#include "base/idle_memory.h"

#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "duck/connection.h"

namespace renown::duck {
namespace {

/// Of DuckDB's library, as the system counts it.
std::size_t resident_kib() {
  std::ifstream parts("/proc/self/smaps");
  std::size_t sum = 0;
  bool is_of_it = false;
  for (std::string line; std::getline(parts, line);) {
    if (line.find('-') < line.find(':')) is_of_it = line.find("libduckdb") != std::string::npos;
    if (is_of_it && line.starts_with("Rss:")) sum += std::stoul(line.substr(4));
  }
  return sum;
}

TEST(IdleMemory, DuckDBGivesItsPagesBackAndAnswersAsBefore) {
  const Database database = *Database::in_memory({});
  Connection connection = *Connection::open(database);
  const std::string question = "SELECT sum(hash(i::VARCHAR) % 1000)::BIGINT FROM range(100000) t(i)";
  const std::int64_t before = *connection.query_int64(question);
  const std::size_t used = resident_kib();
  base::give_back_idle_memory();
  EXPECT_LT(resident_kib(), used / 2);
  EXPECT_EQ(*connection.query_int64(question), before);
}

}  // namespace
}  // namespace renown::duck
