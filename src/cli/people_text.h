/// People as tables and as JSON.
#pragma once

#include <string>
#include <vector>

#include "cli/terminal.h"
#include "people/registry.h"
#include "pipeline/json_text.h"

namespace renown::cli {

std::string people_text(const Terminal& terminal, const std::vector<people::Person>& all);
std::string person_text(const Terminal& terminal, const people::Person& person);
std::string history_text(const Terminal& terminal, const std::vector<people::HistoryLine>& lines);

/// Adds the person as an object, under `key` ("" inside an array).
void add_person(pipeline::JsonText& json, std::string_view key, const people::Person& person);
void add_history(pipeline::JsonText& json, const std::vector<people::HistoryLine>& lines);

/// "github:ada"
std::string account_name(const Account& account);

}  // namespace renown::cli
