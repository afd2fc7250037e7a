/// People as tables and as JSON.
#pragma once

#include <string>
#include <vector>

#include "cli/terminal.h"
#include "people/registry.h"
#include "pipeline/json_text.h"
#include "pipeline/people_folder.h"

namespace renown::cli {

std::string people_text(const Terminal& terminal, const std::vector<people::Person>& all);
std::string person_text(const Terminal& terminal, const people::Person& person);
std::string history_text(const Terminal& terminal, const std::vector<people::HistoryLine>& lines);

/// Adds the person as an object, under `key` ("" inside an array).
void begin_person(pipeline::JsonText& json, std::string_view key, const people::Person& person);  ///< without the end
void add_person(pipeline::JsonText& json, std::string_view key, const people::Person& person);
/// What sync saw of the person's accounts, and what each of them says about being profiled and shown.
/// errors  of the store
Result<std::string> profiles_text(const Terminal& terminal, const pipeline::PeopleFolder& folder,
                                  const people::Person& person);
Result<void> add_profiles(pipeline::JsonText& json, const pipeline::PeopleFolder& folder, const people::Person& person);

void add_history(pipeline::JsonText& json, const std::vector<people::HistoryLine>& lines);

/// "github:ada"
std::string account_name(const Account& account);

}  // namespace renown::cli
