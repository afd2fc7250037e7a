/// People as tables and as JSON.
#pragma once

#include <string>
#include <vector>

#include "cli/terminal.h"
#include "people/registry.h"
#include "pipeline/people_folder.h"

namespace renown::cli {

std::string people_text(const Terminal& terminal, const std::vector<people::Person>& all);
std::string person_text(const Terminal& terminal, const people::Person& person);
std::string history_text(const Terminal& terminal, const std::vector<people::HistoryLine>& lines);

/// What sync saw of the person's accounts, and what each of them says about being profiled and shown.
/// errors  of the store
Result<std::string> profiles_text(const Terminal& terminal, const pipeline::PeopleFolder& folder,
                                  const people::Person& person);

/// "github:ada"
std::string account_name(const Account& account);

}  // namespace renown::cli
