/// What the arguments of several commands share: checks of values, and the options of every command that reads logs.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "cli/options.h"

namespace CLI {
class App;
class Validator;
}  // namespace CLI

namespace renown::cli {

/// A whole number in [least, most]. CLI11 itself reads "-1" as a very large one.
CLI::Validator whole_number(std::uint64_t least, std::uint64_t most = std::numeric_limits<std::int64_t>::max());

CLI::Validator number();

/// Logs, and how they are read.
void add_reading_options(CLI::App& command, std::vector<std::string>& logs, std::string& input_format, bool& strict);

/// These, the data folder, the model, the lists, and what a run may use.
void add_log_options(CLI::App& command, LogOptions& log);

/// Of them what a server takes: the data folder, the model, the pardoned, and what a run may use.
void add_service_options(CLI::App& command, LogOptions& log);

void add_enrolment_option(CLI::App& command, std::string& enrolment);

/// For commands that try several drawn lists of verified people.
void add_draw_options(CLI::App& command, std::vector<double>& shares, std::string& enrolment, std::uint64_t& draws);

}  // namespace renown::cli
