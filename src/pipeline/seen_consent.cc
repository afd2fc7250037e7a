#include "pipeline/seen_consent.h"

#include <iterator>
#include <utility>
#include <vector>

namespace renown::pipeline {

std::optional<people::Consent> seen_consent(const SeenProfile& seen, bool enrolled) {
  const people::Profile& profile = seen.profile.profile;
  std::vector<people::Signal> signals = people::tag_signals(profile.bio.value_or(""), "the profile's bio");
  const std::string& network = profile.account.network;
  if (network == "fediverse" || network == "bluesky") {
    auto more = network == "bluesky" ? people::bluesky_signals(seen.profile.document)
                                     : people::fediverse_signals(seen.profile.document);
    if (!more) return {};
    signals.insert(signals.end(), std::make_move_iterator(more->begin()), std::make_move_iterator(more->end()));
  } else if (!profile.bio) {
    return {};
  }
  return people::resolve_consent(signals, enrolled);
}

}  // namespace renown::pipeline
