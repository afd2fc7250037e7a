/// What an Import holds. For the sources of this folder only.
#pragma once

#include <array>
#include <cstddef>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "duck/connection.h"
#include "log/batch.h"
#include "log/import.h"
#include "log/open_log.h"
#include "log/tombstones.h"

namespace renown::log {

struct Import::State {
  State(std::shared_ptr<OpenLog> log_, duck::Connection connection_, Tombstones tombstones_)
      : log(std::move(log_)),
        connection(std::move(connection_)),
        tombstones(std::move(tombstones_)),
        batches{Batch(connection), Batch(connection)} {}

  Result<void> add(Interaction row, bool ascii);
  Result<void> start_commit(bool complete);
  Result<void> settle();
  Result<void> settle_if_done();
  Result<ImportCounts> commit(Batch& batch, ImportCounts counts, bool complete);
  Result<void> record(const ImportCounts& counts, bool complete);
  Error fail(const Error& error);

  std::shared_ptr<OpenLog> log;
  duck::Connection connection;
  Tombstones tombstones;
  std::array<Batch, 2> batches;  ///< use the connection, so they go first
  std::size_t filling = 0;       ///< the other one is being committed
  std::string catalog;
  ImportSource source;
  ImportOptions options;
  std::int64_t import = 0;  ///< its number in the list of imports
  ImportCounts durable;     ///< as of the last commit
  ImportCounts given;       ///< with the rows since, of which it is not known yet what was new
  std::vector<std::string> room;
  std::optional<Error> failure;
  std::future<Result<ImportCounts>> committing;  ///< last: waits for its thread before the rest goes
};

}  // namespace renown::log
