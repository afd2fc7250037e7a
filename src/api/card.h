/// Cards as the API tells them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "renown/score_card.h"

#include "api/answers.h"
#include "api/context.h"
#include "api/subject.h"

namespace renown::api {

/// The card of a subject as the object that is open in `json`, or as its member `key`. To others than the person one
/// that is not scored is "unscored", whatever the reason (D6), and what is the person's own is left out.
void write_card(JsonText& json, std::string_view key, const Context& context, const Subject& subject);

/// The numbers of a card alone.
void write_numbers(JsonText& json, const ScoreCard& card);

/// The one answer for everybody of whom nothing is told.
void write_unscored(JsonText& json, std::string_view key);

/// Engagers that are missing for a score.
std::uint64_t missing_engagers(const Context& context, const ScoreCard* card);

/// Share of the last 30 days that was observed on all of the person's sources; 1 where nothing is stale, and where
/// there are no sources (logs were imported).
double observed_share(const Context& context, const people::Person& person);

}  // namespace renown::api
