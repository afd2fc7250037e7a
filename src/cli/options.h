/// Options as the user gave them, one struct for each subcommand; command_line.cc fills them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "renown/account.h"
#include "renown/result.h"

#include "pipeline/score_log.h"

namespace renown::cli {

/// What every command that reads logs takes.
struct LogOptions {
  std::vector<std::string> logs;
  std::string data_folder;
  std::string input_format = "auto";
  bool strict = false;
  std::string as_of;
  std::string model;
  std::optional<double> half_life_days;
  std::string verified_file;
  std::optional<double> verified_share;
  std::string people_file;
  std::string pardon_file;
  std::optional<std::uint64_t> threads;
  std::string memory;
  bool json = false;
};

struct ScoreOptions {
  LogOptions log;
  std::uint64_t top = 20;
  std::string out_file;
  std::string ledger_file;
};

struct WhyOptions {
  LogOptions log;
  std::string account;  ///< NETWORK:ACCOUNT
  std::string since;    ///< "7d", "12h", or a time
  std::string verified_then_file;
  std::string people_then_file;
  std::uint64_t top = 10;
};

struct ImportOptions {
  std::vector<std::string> logs;
  std::string data_folder;
  std::string input_format = "auto";
  bool strict = false;
  bool json = false;
  bool acknowledge = false;
  std::uint64_t batch_rows = 0;  ///< 0: the default
  std::string memory;
};

struct ExportOptions {
  std::string data_folder;
  std::string out_folder;
  bool json = false;
};

struct EraseOptions {
  std::string data_folder;
  std::string account;  ///< NETWORK:ACCOUNT
  bool json = false;
};

/// The request that the options ask for. errors  usage, naming the option
Result<pipeline::ScoreRequest> score_request(const LogOptions& options);

/// "auto", "flat", ... errors  usage, naming those that there are
Result<pipeline::LogFormat> parse_input_format(const std::string& name);

/// "network:account"; the account may itself hold colons. errors  usage
Result<Account> parse_account(const std::string& text);

/// "2G", "512M", "1000000": bytes. errors  usage
Result<std::uint64_t> parse_size(const std::string& text, std::string_view option);

/// The data folder of the options, or the user's own ($XDG_DATA_HOME/renown, else ~/.local/share/renown).
/// errors  usage where nothing says where that is
Result<std::string> data_folder_or_default(const std::string& data_folder);

/// Unix seconds now: the one place where the program reads the clock.
std::int64_t now();

}  // namespace renown::cli
