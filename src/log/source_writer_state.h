/// What a SourceWriter holds. For the sources of this folder only.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "duck/bulk_insert.h"
#include "duck/connection.h"
#include "log/batch.h"
#include "log/open_log.h"
#include "log/source_writer.h"
#include "log/tombstones.h"
#include "model/interaction_block.h"

namespace renown::log {

/// How what sources gave stands in the list of imports; no file has this digest.
inline constexpr std::string_view kSyncName = "renown sync";
inline constexpr std::string_view kSyncDigest = "sources";

struct SourceWriter::State {
  State(std::shared_ptr<OpenLog> log_, duck::Connection connection_, Tombstones tombstones_)
      : log(std::move(log_)),
        connection(std::move(connection_)),
        tombstones(std::move(tombstones_)),
        dated(connection) {}

  bool admit(Interaction& row);
  Result<SourceCounts> commit(const SourceState& state);
  Result<std::uint64_t> move_undated();
  Result<void> record(const SourceCounts& done, const SourceState& state);
  void drop();

  std::shared_ptr<OpenLog> log;
  duck::Connection connection;
  Tombstones tombstones;
  Batch dated;  ///< uses the connection, like insert
  std::optional<duck::BulkInsert> insert;
  model::InteractionBlock undated;
  SourceCounts counts;  ///< of what was given since the last commit
  std::string catalog;
  std::string source;
  std::vector<std::string> room;
};

}  // namespace renown::log
