#include "common/duck.h"

#include <stdexcept>

#include <sys/wait.h>
#include <unistd.h>

#include "duck/parquet_writer.h"
#include "duck/sql.h"

namespace renown::bench {
namespace {

void write_here(const Columns& columns, const std::string& path) {
  std::size_t at = 0;
  must(duck::write_parquet(
      {{"time", duck::Type::int64},
       {"kind", duck::Type::uint8},
       {"actor", duck::Type::int64},
       {"target", duck::Type::int64}},
      [&](duck::RowBuffer& rows) -> Result<bool> {
        for (; at < columns.size() && !rows.full(); ++at) {
          rows.add_row();
          rows.set_int64(0, columns.time[at]);
          rows.set_uint8(1, columns.kind[at]);
          rows.set_int64(2, columns.actor[at]);
          rows.set_int64(3, columns.target[at]);
        }
        return at < columns.size();
      },
      path));
}

}  // namespace

void write_columns(const Columns& columns, const std::string& path) {
  const pid_t id = fork();
  if (id < 0) throw std::runtime_error("no process could be made");
  if (id == 0) {
    try {
      write_here(columns, path);
      _exit(0);
    } catch (const std::exception&) {
      _exit(1);
    }
  }
  int status = 0;
  waitpid(id, &status, 0);
  if (status != 0) throw std::runtime_error("the columns could not be written to " + path);
}

ColumnsInDuck::ColumnsInDuck(const std::string& columns_file, unsigned threads) {
  database_ = std::make_unique<duck::Database>(must(duck::Database::in_memory(
      {.external_access = true, .threads = threads, .memory_limit_bytes = std::uint64_t{6} << 30})));
  connection_ = std::make_unique<duck::Connection>(must(duck::Connection::open(*database_)));
  must(
      connection_->execute("CREATE TABLE rows AS SELECT time, kind, actor::UINTEGER AS actor, "
                           "target::UINTEGER AS target FROM read_parquet(" +
                           duck::text_literal(columns_file) + ")"));
}

}  // namespace renown::bench
