/// renown people export: everything that is held about one person, for the person.
#pragma once

#include "cli/options.h"
#include "people/registry.h"
#include "pipeline/people_folder.h"

namespace renown::cli {

/// Writes a JSON document: the person and proofs, history, sources without tokens, profiles with consent, posts, and
/// every interaction received or sent. returns  the exit code
int export_person(pipeline::PeopleFolder& folder, const people::Person& person, const PeopleOptions& options);

}  // namespace renown::cli
