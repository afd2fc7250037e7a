/// Options as the user gave them, one struct for each subcommand; command_line.cc fills them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "renown/account.h"
#include "renown/result.h"

#include "pipeline/network_access.h"
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

/// What every command that asks networks takes.
struct NetworkOptions {
  std::vector<std::string> allowed_hosts;  ///< HOST:PORT
  std::string ca_file;
  std::string contact;
  std::string token_key_file;
};

struct ScoreOptions {
  LogOptions log;
  std::uint64_t top = 20;
  std::string out_file;
  std::string ledger_file;
  std::string farm_file;
};

struct WhyOptions {
  LogOptions log;
  std::string account;  ///< NETWORK:ACCOUNT
  std::string since;    ///< "7d", "12h", or a time
  std::string verified_then_file;
  std::string people_then_file;
  std::uint64_t top = 10;
};

struct EvaluateOptions {
  LogOptions log;
  std::string splits;  ///< "2,3,4.5", "2..4", times
  std::string until;
  std::optional<double> horizon_days;
  std::vector<double> verified_shares;
  std::string enrolment = "random";
  std::uint64_t draws = 3;
  std::uint64_t bootstrap = 200;
  std::string baselines = "all";
  std::string outcome;  ///< of the tables; empty: reposters where there are any
  std::uint64_t move_days = 7;
  bool fit = false;
  std::optional<double> fit_step_days;
  std::uint64_t seed = 1;
  std::string out_file;
};

struct AttackOptions {
  LogOptions log;
  std::vector<double> verified_shares;
  std::string enrolment = "random";
  std::uint64_t draws = 1;
  std::uint64_t targets = 20;
  std::vector<double> bands = {50.0, 90.0, 99.0};
  std::vector<std::string> scenarios = {"all"};
  std::uint64_t seed = 1;
  std::string out_file;
};

struct FitOptions {
  LogOptions log;
  std::string out_file;
  std::optional<double> step_days;
  std::optional<double> room_base_share;
  std::optional<double> drawn_share;  ///< of verified people
  std::string enrolment = "random";
  std::uint64_t seed = 1;
};

struct ImportOptions {
  std::vector<std::string> logs;
  std::string data_folder;
  std::string input_format = "auto";
  bool strict = false;
  bool json = false;
  bool acknowledge = false;
  std::uint64_t batch_rows = 0;  ///< 0: the default
  std::optional<std::uint64_t> threads;
  std::string memory;
};

struct ExportOptions {
  std::string data_folder;
  std::string out_folder;
  bool json = false;
};

struct ConnectOptions {
  std::string action;  ///< "add", "list", "remove", "networks", "actor"
  std::string data_folder;
  std::string connector;
  std::string account;
  std::string server;
  std::vector<std::string> settings;  ///< KEY=VALUE
  std::string name;
  std::string token_file;
  bool log_in = false;
  std::string client_id;
  std::string client_secret_file;
  std::string redirect;
  std::string scope;
  std::string plc_directory;  ///< empty: the network's own
  bool new_key = false;       ///< of the actor, whose address is `account`
  NetworkOptions network;
  bool json = false;
};

struct SyncOptions {
  std::string data_folder;
  std::vector<std::string> sources;
  bool follow = false;
  bool from_start = false;
  std::uint64_t every_seconds = 300;
  bool acknowledge = false;
  NetworkOptions network;
  bool json = false;
};

struct ServeOptions {
  LogOptions log;  ///< of it the data folder, the model, the pardoned, threads and memory
  std::string address = "127.0.0.1";
  std::uint64_t port = 8080;
  std::string public_url;
  std::string page_folder;
  std::vector<std::string> proxies;  ///< addresses or networks
  bool forwarded = false;            ///< proxies send Forwarded, not X-Forwarded-For
  std::string sync_every = "24h";
  std::string backup_folder;        ///< empty: no backups
  std::vector<std::string> log_in;  ///< names to print a log-in link for
  bool invited_only = false;
  double requests_a_minute = 1200;
  std::vector<std::string> klout_networks;  ///< "tw=chirp"
  std::string github_client_id;             ///< empty: nobody logs in at GitHub
  std::string github_secret_file;
  std::string plc_directory;  ///< empty: the network's own
  NetworkOptions network;
  bool json_log = false;
};

struct EraseOptions {
  std::string data_folder;
  std::string token_key_file;
  std::string account;  ///< NETWORK:ACCOUNT
  bool json = false;
};

struct PeopleOptions {
  std::string action;  ///< "list", "link", ...
  std::string data_folder;
  std::string token_key_file;
  std::string who;      ///< name, or NETWORK:ACCOUNT
  std::string other;    ///< into whom, whom
  std::string account;  ///< NETWORK:ACCOUNT
  std::string basis = "enrolled";
  std::string proof_file;
  std::string my_word;
  std::string profiles_file;
  bool fetch = false;
  std::string plc_directory;
  std::string out_file;
  NetworkOptions network;
  std::uint64_t days = 7;
  bool proofs = false;
  bool json = false;
};

struct GenerateOptions {
  std::uint64_t events = 0;
  std::uint64_t people = 0;
  std::uint64_t days = 0;
  std::uint64_t seed = 1;
  std::string start = "2024-01-01";
  bool stationary = false;
  std::uint64_t farms = 0;
  std::uint64_t pods = 0;
  std::uint64_t bots = 0;
  double dirty = 0.0;
  std::string out_file;     ///< empty: "-", unless there is a data folder
  std::string data_folder;  ///< empty: none
  std::string truth_file;   ///< empty: none
  std::string max_bytes;
  std::optional<std::uint64_t> threads;
  bool json = false;
};

struct BackupOptions {
  std::string data_folder;
  std::string out_file;
  std::string token_key_file;
  bool with_token_key = false;
  bool json = false;
};

struct RestoreOptions {
  std::string backup_file;
  std::string data_folder;
  std::string token_key_file;
  bool verify = false;
  bool json = false;
};

struct DoctorOptions {
  std::string data_folder;
  std::string token_key_file;
  bool fix = false;
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

/// The key of sealed tokens: as given, or the user's own ($XDG_CONFIG_HOME/renown/token.key, else
/// ~/.config/renown/token.key). errors  usage where nothing says where that is
Result<std::string> token_key_or_default(const std::string& token_key_file);

/// How networks are asked. What servers see of us has the program's name, and how to reach the operator.
pipeline::NetworkOptions network_options(const NetworkOptions& options);

/// Unix seconds now: the one place where the program reads the clock.
std::int64_t now();

}  // namespace renown::cli
