/// Which acts an activity stands for (the table in docs/formats/activitystreams.md).
#pragma once

#include "renown/result.h"

#include "ingest/activitystreams/activity.h"
#include "ingest/activitystreams/object_authors.h"
#include "ingest/record.h"

namespace renown::ingest::activitystreams {

/// Fills `record`, which is clear, with rows or the reason why there are none, and lets `authors` remember what was
/// created. The rows' texts point into the parsed line, the record and `authors`: use them before those change.
///
/// errors  bad_input, saying as one clause what the activity lacks
Result<void> acts_of(const Activity& activity, ObjectAuthors& authors, Record& record);

}  // namespace renown::ingest::activitystreams
