/// People and their sources as JSON: for the command line, and for what a person takes along.
#pragma once

#include <string_view>
#include <vector>

#include "renown/result.h"

#include "log/source.h"
#include "people/registry.h"
#include "pipeline/json_text.h"
#include "pipeline/people_folder.h"

namespace renown::pipeline {

/// Adds the person as an object, under `key` ("" inside an array).
void begin_person(JsonText& json, std::string_view key, const people::Person& person);  ///< without the end
void add_person(JsonText& json, std::string_view key, const people::Person& person);

/// What sync saw of the person's accounts, and what each of them says about being profiled and shown.
/// errors  of the store
Result<void> add_profiles(JsonText& json, const PeopleFolder& folder, const people::Person& person);

void add_history(JsonText& json, const std::vector<people::HistoryLine>& lines);

void add_pardons(JsonText& json, const std::vector<people::Pardon>& pardons);

/// Adds the source as an object, without end_object().
void begin_source(JsonText& json, const log::Source& source);

}  // namespace renown::pipeline
