/// Purpose: what a look-up of somebody is for. A closed list, for a score is never to be used out of its context.
#pragma once

#include <string_view>

#include "renown/result.h"

namespace renown::access {

enum class Purpose { marketing, support, community, research, event, other };

std::string_view purpose_name(Purpose purpose);

/// Whether it is one of those that are never taken: employment, credit, housing and insurance.
bool is_refused_purpose(std::string_view name);

/// errors  bad_input: employment, credit, housing and insurance are refused, with the reason; another word is unknown
Result<Purpose> parse_purpose(std::string_view name);

}  // namespace renown::access
