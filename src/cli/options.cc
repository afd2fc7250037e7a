#include "cli/options.h"

#include <charconv>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <limits>
#include <thread>

#include <fmt/format.h>

#include "base/time.h"
#include "base/version.h"

namespace renown::cli {
namespace {

/// A century: far beyond any window, and well below where the fading formula runs out of digits.
constexpr double kMaxHalfLifeDays = 36'500.0;

Error usage(std::string sentence) {
  return {ErrorCode::usage, std::move(sentence)};
}

std::string environment(const char* variable) {
  const char* value = std::getenv(variable);
  return value == nullptr ? "" : value;
}

}  // namespace

std::int64_t now() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

Result<std::string> data_folder_or_default(const std::string& data_folder) {
  if (!data_folder.empty()) return data_folder;
  const std::string data_home = environment("XDG_DATA_HOME");
  if (data_home.starts_with('/'))
    return data_home + "/renown";  // relative ones are to be ignored, says the XDG standard
  const std::string home = environment("HOME");
  if (home.empty())
    return usage("name the data folder with --data: neither HOME nor XDG_DATA_HOME says where yours is");
  return home + "/.local/share/renown";
}

Result<std::string> token_key_or_default(const std::string& token_key_file) {
  if (!token_key_file.empty()) return token_key_file;
  const std::string config_home = environment("XDG_CONFIG_HOME");
  if (config_home.starts_with('/')) return config_home + "/renown/token.key";
  const std::string home = environment("HOME");
  if (home.empty()) {
    return usage("name the key of the tokens with --token-key: neither HOME nor XDG_CONFIG_HOME says where yours is");
  }
  return home + "/.config/renown/token.key";
}

pipeline::NetworkOptions network_options(const NetworkOptions& options) {
  std::string agent = fmt::format("renown/{}", base::version());
  if (!options.contact.empty()) agent += fmt::format(" (+{})", options.contact);
  return {.user_agent = std::move(agent), .allowed_hosts = options.allowed_hosts, .ca_file = options.ca_file};
}

Result<Account> parse_account(const std::string& text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos || colon == 0 || colon + 1 == text.size()) {
    return usage(fmt::format("'{}' is not an account: write NETWORK:ACCOUNT, as in github:alice", text));
  }
  return Account{text.substr(0, colon), text.substr(colon + 1)};
}

Result<std::uint64_t> parse_size(const std::string& text, std::string_view option) {
  std::uint64_t number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string_view unit(end, text.data() + text.size());
  std::uint64_t factor = 0;
  if (unit.empty()) factor = 1;
  if (unit == "K" || unit == "k") factor = std::uint64_t{1} << 10;
  if (unit == "M" || unit == "MB") factor = std::uint64_t{1} << 20;
  if (unit == "G" || unit == "GB") factor = std::uint64_t{1} << 30;
  if (failed != std::errc{} || factor == 0 || number == 0 ||
      number > std::numeric_limits<std::uint64_t>::max() / factor) {
    return usage(fmt::format("{} {}: write a size like 512M or 2G", option, text));
  }
  return number * factor;
}

Result<pipeline::LogFormat> parse_input_format(const std::string& name) {
  const auto format = pipeline::parse_log_format(name);
  if (format) return *format;
  return usage(fmt::format("--input-format {}: there are {}", name, fmt::join(pipeline::log_format_names(), ", ")));
}

Result<pipeline::ScoreRequest> score_request(const LogOptions& options) {
  pipeline::ScoreRequest request;
  const auto format = parse_input_format(options.input_format);
  if (!format) return format.error();
  request.logs = {.paths = options.logs, .format = *format, .strict = options.strict};
  if (options.logs.empty()) {
    auto data_folder = data_folder_or_default(options.data_folder);
    if (!data_folder) return data_folder.error();
    request.data_folder = std::move(*data_folder);
    std::error_code ignored;
    if (options.data_folder.empty() && !std::filesystem::exists(request.data_folder, ignored)) {
      return usage(fmt::format("name a LOG to read; there is no data folder {} yet, which renown import LOG would make",
                               request.data_folder));
    }
  }
  if (!options.logs.empty() && !options.data_folder.empty()) {
    return usage("give either LOG files or --data, not both; renown import brings files into a data folder");
  }
  request.now = now();
  if (!options.as_of.empty()) {
    const auto as_of = base::parse_time(options.as_of);
    if (!as_of) return usage("--as-of: " + as_of.error().message);
    request.as_of = *as_of;
  }
  request.model = options.model;
  if (options.half_life_days && !(*options.half_life_days > 0.0 && *options.half_life_days <= kMaxHalfLifeDays)) {
    return usage(fmt::format("--half-life-days must be above 0 and at most {}", kMaxHalfLifeDays));
  }
  request.half_life_days = options.half_life_days;
  request.verified_share = options.verified_share;
  request.verified_file = options.verified_file;
  request.people_file = options.people_file;
  request.pardon_file = options.pardon_file;
  request.threads = options.threads.value_or(std::max(1u, std::thread::hardware_concurrency()));
  request.logs.threads = request.threads;
  if (!options.memory.empty()) {
    const auto memory = parse_size(options.memory, "--memory");
    if (!memory) return memory.error();
    request.memory_bytes = *memory;
  }
  return request;
}

}  // namespace renown::cli
