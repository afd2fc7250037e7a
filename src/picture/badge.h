/// Badges: a score in one line, for a README or a profile elsewhere.
#pragma once

#include <string>
#include <string_view>

#include "picture/score_view.h"

namespace renown::picture {

/// Flat, 20 pixels high: what it is on the left, the score and its interval on the right. Who is not scored, for
/// whatever reason, has the same badge in grey: a badge is for others.
///
/// label  up to some 40 letters are shown
std::string badge(const ScoreView& view, std::string_view label, const ScoreWords& words = {});

/// The same for shields.io/badges/endpoint-badge: {"schemaVersion":1,"label":...,"message":...,"color":...}.
std::string shields_endpoint(const ScoreView& view, std::string_view label, const ScoreWords& words = {});

}  // namespace renown::picture
