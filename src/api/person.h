/// People as the API tells them, for the resources that have some in them.
#pragma once

#include "api/answers.h"
#include "api/subject.h"

namespace renown::api {

void write_person(JsonText& json, std::string_view key, const Context& context, const Subject& subject);

/// The members `points` and `models` of the object that is open: what was published within so many days.
/// errors  of the store
Result<void> write_history(JsonText& json, Context& context, const Subject& subject, std::int64_t days);

}  // namespace renown::api
