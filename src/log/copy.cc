#include "log/copy.h"

#include <filesystem>

#include <fmt/format.h>

#include "duck/sql.h"
#include "log/schema.h"

namespace renown::log {
namespace {

/// The copy's name in statements.
constexpr const char* kCopy = "copy_of_log";

void remove_file(const std::string& path) {
  for (const std::string& file : {path, path + ".wal"}) {
    std::error_code ignored;
    std::filesystem::remove(file, ignored);
  }
}

Result<void> fill(duck::Connection& connection, const std::string& path) {
  auto catalog = main_catalog(connection);
  if (!catalog) return catalog.error();
  // One statement, and so one snapshot: what is committed meanwhile is in the copy as a whole or not at all.
  for (const std::string& statement : {fmt::format("ATTACH {} AS {} (READ_WRITE)", duck::text_literal(path), kCopy),
                                       fmt::format("COPY FROM DATABASE {} TO {}", duck::name_literal(*catalog), kCopy),
                                       fmt::format("CHECKPOINT {}", kCopy), fmt::format("DETACH {}", kCopy)}) {
    if (auto done = connection.execute(statement); !done) return done.error();
  }
  std::error_code ignored;
  if (!std::filesystem::exists(path + ".wal", ignored)) return sync_file(path);
  return Error{ErrorCode::io, fmt::format("{}.wal could not be emptied", path)};
}

}  // namespace

Result<void> write_copy_of(const OpenLog& log, const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored)) {
    return bad_input(fmt::format("{} is there already: a copy of the log needs a new name", path));
  }
  auto connection = connect(log);
  if (!connection) return connection.error();
  const auto filled = fill(*connection, path);
  if (filled) return {};
  // Fails where it was never attached.
  static_cast<void>(!connection->execute(fmt::format("DETACH DATABASE IF EXISTS {}", kCopy)));
  remove_file(path);
  return Error{filled.error().code,
               fmt::format("{} cannot be copied: {}", log.folder.database(), filled.error().message)};
}

}  // namespace renown::log
