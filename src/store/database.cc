#include "store/database.h"

#include <cerrno>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

namespace renown::store {
namespace {

constexpr int kBusyMilliseconds = 5000;

ErrorCode code_of(int result) {
  switch (result & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return ErrorCode::busy;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return ErrorCode::bad_input;
    case SQLITE_IOERR:
    case SQLITE_FULL:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_NOMEM:
      return ErrorCode::io;
    default:
      return ErrorCode::internal;
  }
}

Error error_of(const std::string& path, sqlite3* handle) {
  const int result = sqlite3_extended_errcode(handle);
  const ErrorCode code = code_of(result);
  const char* remedy = "";
  if (code == ErrorCode::bad_input) remedy = "; put it back from a backup";
  if (code == ErrorCode::busy) remedy = ": another process is writing to it, try again when it has finished";
  return {code, fmt::format("{}: {}{}", path, sqlite3_errmsg(handle), remedy)};
}

Result<sqlite3*> open(const std::string& path, const std::string& name, int flags) {
  sqlite3* handle = nullptr;
  const int opened =
      sqlite3_open_v2(name.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  if (opened == SQLITE_OK) {
    sqlite3_busy_timeout(handle, kBusyMilliseconds);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    return handle;
  }
  Error error = handle == nullptr ? Error{ErrorCode::io, path + ": out of memory"} : error_of(path, handle);
  sqlite3_close(handle);
  return error;
}

/// The file as a URI that says nothing will change: then SQLite needs no file beside it.
std::string immutable_name(const std::string& path) {
  std::string name = "file:";
  for (const char byte : path) {
    const bool plain = std::isalnum(static_cast<unsigned char>(byte)) != 0 || byte == '/' || byte == '.' || byte == '-';
    name += plain ? std::string(1, byte) : fmt::format("%{:02X}", static_cast<unsigned char>(byte));
  }
  return name + "?immutable=1";
}

/// Gives every `?` its value. returns  SQLITE_OK, or what went wrong
int bind(sqlite3_stmt* statement, Parameters parameters) {
  int index = 0;
  for (const Parameter& parameter : parameters) {
    ++index;
    int bound = SQLITE_OK;
    if (const auto* number = std::get_if<std::int64_t>(&parameter))
      bound = sqlite3_bind_int64(statement, index, *number);
    if (const auto* real = std::get_if<double>(&parameter)) bound = sqlite3_bind_double(statement, index, *real);
    if (const auto* text = std::get_if<std::string_view>(&parameter)) {
      const char* bytes = text->data() == nullptr ? "" : text->data();
      bound = sqlite3_bind_text(statement, index, bytes, static_cast<int>(text->size()), SQLITE_TRANSIENT);
    }
    if (bound != SQLITE_OK) return bound;
  }
  return SQLITE_OK;
}

bool has_bytes(const std::string& path) {
  std::error_code why;
  const auto size = std::filesystem::file_size(path, why);
  return !why && size > 0;
}

}  // namespace

void Rows::Close::operator()(sqlite3_stmt* statement) const {
  if (!is_kept) {
    sqlite3_finalize(statement);
    return;
  }
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
}
void Prepared::Close::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}
void Database::Close::operator()(sqlite3* handle) const {
  sqlite3_close(handle);
}

Result<bool> Rows::next() {
  const int result = sqlite3_step(statement_.get());
  if (result == SQLITE_ROW) return true;
  if (result == SQLITE_DONE) return false;
  sqlite3* handle = sqlite3_db_handle(statement_.get());
  const char* path = sqlite3_db_filename(handle, "main");
  return error_of(path == nullptr ? "" : path, handle);
}

std::string_view Rows::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return bytes == nullptr ? std::string_view() : std::string_view(bytes, static_cast<std::size_t>(size));
}
std::int64_t Rows::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}
double Rows::real(int column) const {
  return sqlite3_column_double(statement_.get(), column);
}
bool Rows::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

Result<Database> Database::open_for_writing(const std::string& path) {
  // Made by us first, so that nobody else may read it; SQLite gives its files beside it the same permissions.
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    const std::string reason = std::error_code(errno, std::generic_category()).message();
    return Error{ErrorCode::io, fmt::format("cannot open {} for writing: {}", path, reason)};
  }
  ::close(descriptor);
  auto handle = open(path, path, SQLITE_OPEN_READWRITE);
  if (!handle) return handle.error();
  Database database(path, *handle);
  auto set = database.execute_script(
      "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
      "PRAGMA cell_size_check=ON");
  if (!set) return set.error();
  return database;
}

Result<Database> Database::open_for_reading(const std::string& path) {
  std::error_code why;
  if (!std::filesystem::exists(path, why)) return Error{ErrorCode::not_found, fmt::format("there is no {}", path)};
  const std::string folder = std::filesystem::path(path).parent_path().string();
  const bool writable = ::access(folder.empty() ? "." : folder.c_str(), W_OK) == 0;
  const bool settled = !has_bytes(path + "-wal");
  auto handle = !writable && settled ? open(path, immutable_name(path), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI)
                                     : open(path, path, SQLITE_OPEN_READONLY);
  if (!handle) return handle.error();
  return Database(path, *handle);
}

Error Database::error() const {
  return error_of(path_, handle_.get());
}

Result<Rows> Database::query(std::string_view sql, Parameters parameters) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(handle_.get(), sql.data(), static_cast<int>(sql.size()), &statement, nullptr) != SQLITE_OK) {
    return error();
  }
  Rows rows(statement, /*is_kept=*/false);
  if (bind(statement, parameters) != SQLITE_OK) return error();
  return rows;
}

Result<Prepared> Database::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement,
                         nullptr) != SQLITE_OK) {
    return error();
  }
  return Prepared(statement);
}

Result<Rows> Prepared::query(Parameters parameters) {
  sqlite3* handle = sqlite3_db_handle(statement_.get());
  const char* path = sqlite3_db_filename(handle, "main");
  if (sqlite3_stmt_busy(statement_.get()) != 0) {
    return Error{ErrorCode::internal, fmt::format("{}: a statement is run again before its rows are gone: {}", path,
                                                  sqlite3_sql(statement_.get()))};
  }
  Rows rows(statement_.get(), /*is_kept=*/true);
  if (bind(statement_.get(), parameters) != SQLITE_OK) return error_of(path, handle);
  return rows;
}

Result<std::uint64_t> Database::execute(std::string_view sql, Parameters parameters) {
  auto rows = query(sql, parameters);
  if (!rows) return rows.error();
  for (auto more = rows->next();; more = rows->next()) {
    if (!more) return more.error();
    if (!*more) return static_cast<std::uint64_t>(sqlite3_changes64(handle_.get()));
  }
}

Result<void> Database::execute_script(const std::string& sql) {
  if (sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK) return {};
  return error();
}

Result<std::int64_t> Database::query_integer(std::string_view sql, Parameters parameters) {
  auto rows = query(sql, parameters);
  if (!rows) return rows.error();
  auto more = rows->next();
  if (!more) return more.error();
  if (!*more) return Error{ErrorCode::internal, fmt::format("{}: no row where one must be: {}", path_, sql)};
  return rows->integer(0);
}

std::int64_t Database::last_row() const {
  return sqlite3_last_insert_rowid(handle_.get());
}

Result<void> Database::leave_nothing_deleted() {
  return execute_script("PRAGMA wal_checkpoint(TRUNCATE); VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
}

Result<void> Database::write_copy(const std::string& path) {
  if (auto written = execute("VACUUM INTO ?", {path}); !written) return written.error();
  // VACUUM INTO leaves the file to the system's good will.
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
  const std::string reason = std::error_code(errno, std::generic_category()).message();
  if (descriptor >= 0) ::close(descriptor);
  if (synced) return {};
  return Error{ErrorCode::io, fmt::format("cannot write {} to the disk: {}", path, reason)};
}

Result<void> Database::check(Depth depth) {
  auto rows = query(depth == Depth::quick ? "PRAGMA quick_check(1)" : "PRAGMA integrity_check(1)");
  if (!rows) return rows.error();
  const auto more = rows->next();
  if (!more) return more.error();
  const std::string found(*more ? rows->text(0) : "no answer");
  if (found == "ok") return {};
  return bad_input(fmt::format("{} is damaged: {}; put it back from a backup", path_, found));
}

Result<Transaction> Transaction::begin(Database& database) {
  auto begun = database.execute("BEGIN IMMEDIATE");
  if (!begun) return begun.error();
  return Transaction(database);
}

Transaction::~Transaction() {
  // A failed rollback needs no word: SQLite has then rolled back already.
  if (database_ != nullptr) static_cast<void>(!database_->execute("ROLLBACK"));
}

Result<void> Transaction::commit() {
  auto done = database_->execute("COMMIT");
  if (!done) return done.error();
  database_ = nullptr;
  return {};
}

}  // namespace renown::store
