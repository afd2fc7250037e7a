/// What an Import holds. For the sources of this folder only.
#pragma once

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
        batch(connection) {}

  Result<void> add(Interaction row);
  Result<void> commit(bool complete);
  Result<void> write_batch(bool complete);
  Result<void> record(bool complete);
  Error fail(const Error& error);

  std::shared_ptr<OpenLog> log;
  duck::Connection connection;
  Tombstones tombstones;
  Batch batch;  ///< uses connection, so it goes first
  std::string catalog;
  ImportSource source;
  ImportOptions options;
  std::int64_t import = 0;  ///< its number in the list of imports
  ImportCounts durable;     ///< as of the last commit
  ImportCounts given;       ///< with the rows since
  std::vector<std::string> room;
  std::optional<Error> failure;
};

}  // namespace renown::log
