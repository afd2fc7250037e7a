#include "log/interaction_log.h"

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "base/utf8.h"
#include "log/copy.h"
#include "log/erase.h"
#include "log/export.h"
#include "log/import_state.h"
#include "log/key_file.h"
#include "log/log_reader.h"
#include "log/open_log.h"
#include "log/schema.h"
#include "log/shared_logs.h"
#include "log/source_table.h"
#include "log/source_writer_state.h"

namespace renown::log {
namespace {

/// Makes the key and the database of a folder that has none. The database comes last: its presence makes the folder
/// one.
Result<void> make_contents(const DataFolder& folder, const TombstoneKey& fresh_key) {
  auto key = read_or_make_key(folder, fresh_key);
  if (!key) return key.error();
  auto made = create_database(folder.fresh_database(), *key);
  if (!made)
    return Error{made.error().code, fmt::format("cannot make {}: {}", folder.fresh_database(), made.error().message)};
  if (std::rename(folder.fresh_database().c_str(), folder.database().c_str()) != 0) {
    return Error{ErrorCode::io, fmt::format("cannot make {}: {}", folder.database(), reason_of(errno))};
  }
  return sync_folder(folder.path());
}

Result<FolderLock> lock_and_tidy(const DataFolder& folder) {
  auto lock = FolderLock::exclusive(folder);
  if (!lock) return lock.error();
  auto tidied = folder.remove_leftovers();
  if (!tidied) return tidied.error();
  return lock;
}

Result<std::shared_ptr<OpenLog>> open_under(const DataFolder& folder, FolderLock lock, const LogOptions& options,
                                            bool writes) {
  auto key = read_key(folder);
  if (!key) return key.error();
  auto log = std::make_shared<OpenLog>(OpenLog{folder, std::move(lock), *key, options, writes});
  auto opened = open_database(*log);
  if (!opened) return opened.error();
  return log;
}

Error opened_for_reading(const OpenLog& log) {
  return {ErrorCode::internal, fmt::format("the data folder {} was opened for reading only", log.folder.path())};
}

}  // namespace

InteractionLog::InteractionLog(std::shared_ptr<OpenLog> log) : log_(std::move(log)), handle_(log_->handles) {}
InteractionLog::InteractionLog(InteractionLog&&) noexcept = default;
InteractionLog& InteractionLog::operator=(InteractionLog&&) noexcept = default;
InteractionLog::~InteractionLog() = default;

Result<InteractionLog> InteractionLog::create(const std::string& path, const TombstoneKey& fresh_key,
                                              const LogOptions& options) {
  if (auto log = shared_log(path)) return InteractionLog(std::move(log));
  const DataFolder folder(path);
  auto made = folder.make();
  if (!made) return made.error();
  auto lock = lock_and_tidy(folder);
  if (!lock) return lock.error();
  if (!folder.has_database()) {
    auto contents = make_contents(folder, fresh_key);
    if (!contents) return contents.error();
  }
  auto log = open_under(folder, std::move(*lock), options, true);
  if (!log) return log.error();
  return InteractionLog(std::move(*log));
}

Result<InteractionLog> InteractionLog::open_for_writing(const std::string& path, const LogOptions& options) {
  if (auto log = shared_log(path)) return InteractionLog(std::move(log));
  const DataFolder folder(path);
  auto good = folder.check();
  if (!good) return good.error();
  auto lock = lock_and_tidy(folder);
  if (!lock) return lock.error();
  auto log = open_under(folder, std::move(*lock), options, true);
  if (!log) return log.error();
  return InteractionLog(std::move(*log));
}

Result<InteractionLog> InteractionLog::open_for_reading(const std::string& path, const LogOptions& options) {
  if (auto log = shared_log(path)) return InteractionLog(std::move(log));
  const DataFolder folder(path);
  auto good = folder.check();
  if (!good) return good.error();
  auto lock = FolderLock::shared(folder);
  if (!lock) return lock.error();
  auto log = open_under(folder, std::move(*lock), options, false);
  if (!log) return log.error();
  return InteractionLog(std::move(*log));
}

Result<void> InteractionLog::share_within_process() {
  if (!log_->writes) return opened_for_reading(*log_);
  share_log(log_);
  return {};
}

Result<Import> InteractionLog::begin_import(const ImportSource& source, ImportOptions options) {
  if (!log_->writes) return opened_for_reading(*log_);
  if (options.batch_rows == 0) return Error{ErrorCode::usage, "a batch must have at least one row"};
  auto connection = connect(*log_);
  if (!connection) return connection.error();
  auto tombstones = read_tombstones(*connection, log_->key);
  if (!tombstones) return explain(*log_, tombstones.error());
  auto number = connection->query_int64("SELECT coalesce(max(import), 0) + 1 FROM imports");
  if (!number) return explain(*log_, number.error());
  auto catalog = main_catalog(*connection);
  if (!catalog) return explain(*log_, catalog.error());
  auto state = std::make_unique<Import::State>(log_, std::move(*connection), std::move(*tombstones));
  state->source = source;
  // Names of files may be any bytes; DuckDB takes text.
  const std::string name = base::is_utf8(source.name) ? source.name : base::printable(source.name);
  state->source.name = state->tombstones.clean_name(name);
  state->options = std::move(options);
  state->import = *number;
  state->catalog = *catalog;
  return Import(std::move(state));
}

Result<Tombstones> InteractionLog::tombstones() const {
  auto connection = connect(*log_);
  if (!connection) return connection.error();
  auto all = read_tombstones(*connection, log_->key);
  if (!all) return explain(*log_, all.error());
  return all;
}

Result<bool> InteractionLog::was_erased(std::string_view network, std::string_view account) const {
  const auto erased = tombstones();
  if (!erased) return erased.error();
  return erased->erased({0, Kind::post, network, account, "", "", "", ""});
}

Result<std::vector<Source>> InteractionLog::sources() const {
  auto connection = connect(*log_);
  if (!connection) return connection.error();
  auto all = read_sources(*connection);
  if (!all) return explain(*log_, all.error());
  return all;
}

Result<void> InteractionLog::add_source(const Source& source) {
  if (!log_->writes) return opened_for_reading(*log_);
  for (const std::string* text : {&source.name, &source.network, &source.account, &source.server, &source.settings}) {
    if (!base::is_utf8(*text)) return bad_input("a source is described in UTF-8");
  }
  const auto erased = was_erased(source.network, source.account);
  if (!erased) return erased.error();
  if (*erased) {
    return bad_input(fmt::format("{}:{} was erased from this data folder, and that is for good: it cannot be read",
                                 source.network, source.account));
  }
  const auto all = sources();
  if (!all) return all.error();
  for (const Source& each : *all) {
    if (each.name == source.name) return bad_input(fmt::format("there is a source {} already", source.name));
  }
  auto connection = connect(*log_);
  if (!connection) return connection.error();
  auto catalog = main_catalog(*connection);
  if (!catalog) return explain(*log_, catalog.error());
  auto added = insert_source(*connection, *catalog, source);
  return added ? added : explain(*log_, added.error());
}

Result<void> InteractionLog::remove_source(const std::string& name) {
  if (!log_->writes) return opened_for_reading(*log_);
  auto connection = connect(*log_);
  if (!connection) return connection.error();
  auto removed = connection->execute("DELETE FROM sources WHERE source = ?", {name});
  if (!removed) return explain(*log_, removed.error());
  if (*removed > 0) return {};
  return Error{ErrorCode::not_found, fmt::format("there is no source {}: renown connect --list shows all", name)};
}

Result<SourceWriter> InteractionLog::begin_source(const std::string& name) {
  if (!log_->writes) return opened_for_reading(*log_);
  auto connection = connect(*log_);
  if (!connection) return connection.error();
  auto there = connection->query_int64("SELECT count(*) FROM sources WHERE source = ?", {name});
  if (!there) return explain(*log_, there.error());
  if (*there == 0) return Error{ErrorCode::not_found, fmt::format("there is no source {}", name)};
  auto tombstones = read_tombstones(*connection, log_->key);
  if (!tombstones) return explain(*log_, tombstones.error());
  auto catalog = main_catalog(*connection);
  if (!catalog) return explain(*log_, catalog.error());
  auto state = std::make_unique<SourceWriter::State>(log_, std::move(*connection), std::move(*tombstones));
  state->catalog = *catalog;
  state->source = name;
  return SourceWriter(std::move(state));
}

Result<void> InteractionLog::write_copy(const std::string& path) const {
  return write_copy_of(*log_, path);
}

Result<std::int64_t> InteractionLog::schema_version() const {
  auto connection = connect(*log_);
  if (!connection) return connection.error();
  auto version = check_tables(*connection, log_->key);
  if (!version) return explain(*log_, version.error());
  return version;
}

const TombstoneKey& InteractionLog::key() const {
  return log_->key;
}

Result<std::uint64_t> InteractionLog::size() const {
  auto connection = connect(*log_);
  if (!connection) return connection.error();
  auto count = connection->query_int64("SELECT count(*) FROM interactions");
  if (!count) return explain(*log_, count.error());
  return static_cast<std::uint64_t>(*count);
}

Result<std::vector<ImportRecord>> InteractionLog::imports() const {
  auto connection = connect(*log_);
  if (!connection) return connection.error();
  auto rows =
      connection->query("SELECT name, digest, size_bytes, time, rows, added, complete FROM imports ORDER BY import");
  if (!rows) return explain(*log_, rows.error());
  std::vector<ImportRecord> all;
  for (auto more = rows->next();; more = rows->next()) {
    if (!more) return explain(*log_, more.error());
    if (!*more) return all;
    for (std::size_t i = 0; i < rows->size(); ++i) {
      const auto number = [&](std::size_t column) { return static_cast<std::uint64_t>(rows->column(column).int64(i)); };
      all.push_back({std::string(rows->column(0).text(i)), std::string(rows->column(1).text(i)), number(2),
                     rows->column(3).int64(i), number(4), number(5), rows->column(6).boolean(i)});
    }
  }
}

Result<bool> InteractionLog::holds_undos() const {
  auto connection = connect(*log_);
  if (!connection) return connection.error();
  auto count = connection->query_int64(
      fmt::format("SELECT count(*) FROM interactions WHERE kind = {}", static_cast<int>(Kind::undo)));
  if (!count) return explain(*log_, count.error());
  return *count > 0;
}

std::uint64_t InteractionLog::size_bytes() const {
  std::error_code ignored;
  const auto bytes = std::filesystem::file_size(log_->folder.database(), ignored);
  return ignored ? 0 : bytes;
}

Result<std::unique_ptr<model::InteractionReader>> InteractionLog::read(std::uint64_t skip) const {
  return open_log_reader(log_, size_bytes(), skip);
}

Result<ExportCounts> InteractionLog::export_to(const std::string& out) const {
  return export_log(*log_, out);
}

Result<EraseCounts> InteractionLog::erase(std::string_view network, std::string_view account) {
  if (!log_->writes) return opened_for_reading(*log_);
  if (network.empty() || account.empty() || !base::is_utf8(network) || !base::is_utf8(account)) {
    return bad_input("an account to erase is named as NETWORK:ACCOUNT, both not empty and valid UTF-8");
  }
  if (log_.use_count() > log_->handle_count())
    return Error{ErrorCode::internal, "an erase must wait for imports and readers to end"};
  return erase_account(*log_, network, account);
}

}  // namespace renown::log
