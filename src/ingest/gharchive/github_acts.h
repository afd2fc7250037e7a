/// Which acts a GitHub event stands for (the table in docs/formats/gharchive.md).
#pragma once

#include "ingest/gharchive/github_event.h"
#include "ingest/record.h"

namespace renown::ingest::gharchive {

/// Fills `record`, which is clear, with one row or the reason why there is none. The row's texts point into `event`.
void acts_of(const GithubEvent& event, Record& record);

}  // namespace renown::ingest::gharchive
