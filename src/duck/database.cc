#include "duck/database.h"

#include <array>
#include <charconv>
#include <string_view>

#include <duckdb.h>
#include <fmt/format.h>

#include "duck/error.h"

namespace renown::duck {
namespace {

// The C header is that of 1.4; every later 1.x library has all of its functions.
constexpr int kOldestMinor = 4;

Result<void> check_library() {
  const std::string_view version = duckdb_library_version();
  int minor = 0;
  if (version.starts_with("v1.")) std::from_chars(version.data() + 3, version.data() + version.size(), minor);
  if (minor >= kOldestMinor) return {};
  return Error{ErrorCode::internal,
               fmt::format("the DuckDB library is {}, but Renown needs 1.{} or a later 1.x", version, kOldestMinor)};
}

/// DuckDB's settings, freed whatever happens.
class Config {
 public:
  Config() { duckdb_create_config(&config_); }
  ~Config() { duckdb_destroy_config(&config_); }
  Config(const Config&) = delete;
  Config& operator=(const Config&) = delete;

  Result<void> set(const char* name, const std::string& value) {
    if (duckdb_set_config(config_, name, value.c_str()) == DuckDBSuccess) return {};
    return Error{ErrorCode::internal, fmt::format("DuckDB does not take the setting {} = {}", name, value)};
  }
  duckdb_config handle() const { return config_; }

 private:
  duckdb_config config_ = nullptr;
};

Result<void> apply(Config& config, const DatabaseOptions& options) {
  struct Setting {
    const char* name;
    std::string value;
  };
  const auto truth = [](bool on) { return std::string(on ? "true" : "false"); };
  const std::array settings = {
      Setting{"autoinstall_known_extensions", "false"},
      Setting{"autoload_known_extensions", "false"},
      Setting{"allow_community_extensions", "false"},
      Setting{"temp_directory", options.temporary_folder},
      Setting{"access_mode", options.read_only ? "READ_ONLY" : "AUTOMATIC"},
      Setting{"enable_external_access", truth(options.external_access)},
  };
  for (const Setting& setting : settings) {
    auto set = config.set(setting.name, setting.value);
    if (!set) return set;
  }
  if (options.threads != 0) {
    auto set = config.set("threads", std::to_string(options.threads));
    if (!set) return set;
  }
  if (options.memory_limit_bytes != 0)
    return config.set("memory_limit", fmt::format("{}B", options.memory_limit_bytes));
  return {};
}

Error open_error(const char* message) {
  const std::string_view text = message == nullptr ? "" : message;
  Error error{ErrorCode::io, sentence(text)};
  if (text.find("Conflicting lock") != std::string_view::npos) error.code = ErrorCode::busy;
  for (const std::string_view damaged :
       {"not a valid DuckDB database", "Corrupt", "newer version", "checksum", "magic", "Serialization Error",
        "WAL file", "Could not read enough bytes", "Failed to load metadata"}) {
    if (text.find(damaged) != std::string_view::npos) error.code = ErrorCode::bad_input;
  }
  return error;
}

}  // namespace

Result<Database> Database::open(const std::string& path, const DatabaseOptions& options) {
  auto library = check_library();
  if (!library) return library.error();
  Config config;
  auto applied = apply(config, options);
  if (!applied) return applied.error();
  duckdb_database handle = nullptr;
  char* message = nullptr;
  if (duckdb_open_ext(path.c_str(), &handle, config.handle(), &message) == DuckDBSuccess) return Database(handle);
  Error error = open_error(message);
  duckdb_free(message);
  return error;
}

Result<Database> Database::in_memory(const DatabaseOptions& options) {
  return open(":memory:", options);
}

void Database::Close::operator()(_duckdb_database* handle) const {
  duckdb_close(&handle);
}

}  // namespace renown::duck
