/// The document of everything that a data folder holds about one person, for the person.
#pragma once

#include <cstdint>

#include "renown/result.h"

#include "people/registry.h"
#include "pipeline/json_text.h"
#include "pipeline/people_folder.h"

namespace renown::pipeline {

/// Writes one object: the person and proofs, history, sources without tokens, profiles with consent, posts, and every
/// interaction received or sent. Engagers stand in it by the names that their networks show: it is for this person
/// alone.
///
/// now      unix seconds
/// returns  interactions. errors  of the folder. Cost: the whole log is read
Result<std::uint64_t> write_person_document(JsonText& json, PeopleFolder& folder, const people::Person& person,
                                            std::int64_t now);

}  // namespace renown::pipeline
