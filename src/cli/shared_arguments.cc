#include "cli/shared_arguments.h"

#include <charconv>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "pipeline/log_input.h"

namespace renown::cli {

CLI::Validator whole_number(std::uint64_t least, std::uint64_t most) {
  const auto check = [least, most](const std::string& text) {
    std::uint64_t number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = failed == std::errc{} && end == text.data() + text.size();
    if (whole && number >= least && number <= most) return std::string();
    if (most == std::numeric_limits<std::int64_t>::max())
      return fmt::format("'{}' is no whole number from {} on", text, least);
    return fmt::format("'{}' is no whole number from {} to {}", text, least, most);
  };
  return CLI::Validator(check, "");
}

CLI::Validator number() {
  const auto check = [](const std::string& text) {
    double value = 0.0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool good = failed == std::errc{} && end == text.data() + text.size();
    return good ? std::string() : fmt::format("'{}' is no number", text);
  };
  return CLI::Validator(check, "");
}

void add_reading_options(CLI::App& command, std::vector<std::string>& logs, std::string& input_format, bool& strict) {
  command.add_option("LOG", logs, "log files, patterns, dump folders; - is standard input");
  command.add_option("--input-format", input_format, fmt::format("{}", fmt::join(pipeline::log_format_names(), ", ")))
      ->capture_default_str();
  command.add_flag("--strict", strict, "stop at the first bad record");
}

namespace {

void add_model_options(CLI::App& command, LogOptions& log) {
  command.add_option("--model", log.model, "shipped model or model file (default: renown-0.1)");
  command.add_option("--half-life-days", log.half_life_days, "scale all half-lives so that the slow one is this")
      ->check(number());
  command
      .add_option("--verified-share", log.verified_share,
                  "share of engagers you expect to be verified (default: the model's)")
      ->check(number());
}

void add_run_options(CLI::App& command, LogOptions& log) {
  command.add_option("--pardon", log.pardon_file, "CSV network,account: never treated as part of a farm");
  command.add_option("--threads", log.threads, "threads to use (default: all cores)")->check(whole_number(1, 1024));
  command.add_option("--memory", log.memory,
                     "memory for working data, e.g. 2G; what does not fit goes to files in $TMPDIR or /var/tmp");
}

}  // namespace

void add_service_options(CLI::App& command, LogOptions& log) {
  command.add_option("--data", log.data_folder, "data folder (default: ~/.local/share/renown)");
  add_model_options(command, log);
  add_run_options(command, log);
}

void add_log_options(CLI::App& command, LogOptions& log) {
  add_reading_options(command, log.logs, log.input_format, log.strict);
  command.add_option("--data", log.data_folder, "data folder, read when no LOG is given, and its people with it");
  command.add_option("--as-of", log.as_of, "score as of this time (default: one second after the newest row)");
  add_model_options(command, log);
  command.add_option("--verified", log.verified_file,
                     "CSV network,account of verified people; without it scores are unprotected");
  command.add_option("--people", log.people_file, "CSV person,network,account: which accounts are one person");
  add_run_options(command, log);
  command.add_flag("--json", log.json, "JSON on standard output");
}

void add_enrolment_option(CLI::App& command, std::string& enrolment) {
  command.add_option("--enrolment", enrolment, "how they are drawn: random, or spread along engagements")
      ->capture_default_str();
}

void add_draw_options(CLI::App& command, std::vector<double>& shares, std::string& enrolment, std::uint64_t& draws) {
  command
      .add_option("--verified-shares", shares,
                  "draw so large shares of verified people (default: the model's, if there is no --verified)")
      ->delimiter(',')
      ->check(number());
  add_enrolment_option(command, enrolment);
  command.add_option("--draws", draws, "draws of each share")->check(whole_number(1, 1000))->capture_default_str();
}

}  // namespace renown::cli
