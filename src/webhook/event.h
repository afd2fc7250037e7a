/// The bodies of webhooks: {"type", "timestamp", "data"}, as JSON.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "notice/move_rule.h"

namespace renown::webhook {

inline constexpr std::string_view kScoreMoved = "score.moved";
inline constexpr std::string_view kTest = "webhook.test";

/// {"type":"score.moved","timestamp":...,"data":{"person","score","before","as_of","model"}}
///
/// time  when it was noticed, unix seconds
std::string score_moved_body(std::int64_t person, const notice::ScoreNow& now, double before, std::int64_t time);

/// {"type":"webhook.test","timestamp":...,"data":{"person"}}: what an owner sends to see whether it works.
std::string test_body(std::int64_t person, std::int64_t time);

}  // namespace renown::webhook
