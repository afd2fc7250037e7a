/// Consent signals: what an account says about being profiled and shown, and the one answer that follows. Pure
/// functions of documents that were given.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "renown/result.h"

namespace renown::people {

enum class SignalKind {
  discoverable,        ///< Mastodon: featured in discovery
  indexable,           ///< FEP-5feb: public posts may be found by search
  noindex,             ///< Mastodon: opted out of search engines
  nobot,               ///< #nobot in bio or fields
  noindex_tag,         ///< #noindex in bio or fields
  no_unauthenticated,  ///< Bluesky: not to be shown to those who are not logged in
  robots,              ///< robots.txt of the host forbids our agent the page
};

/// One thing that an account says. `value` is as the signal has it: discoverable=false refuses, noindex=true refuses.
struct Signal {
  SignalKind kind = SignalKind::discoverable;
  bool value = false;
  std::string where;  ///< "the profile's bio", for sentences
};

/// The answer. Conservative: any refusal wins over any consent, and where a network asks for consent, silence is none.
struct Consent {
  bool may_profile = false;  ///< a score and its reasons may be worked out for the person's own eyes
  bool may_show = false;     ///< and may be shown to others, by name
  std::string why_not;       ///< one sentence; empty where both are true
};

/// enrolled  the person came by themselves: that is consent to be profiled, whatever their networks' settings say about
///           strangers; what they say about being shown still counts
Consent resolve_consent(const std::vector<Signal>& signals, bool enrolled);

/// Of a Mastodon account (REST: discoverable, indexable, noindex, note, fields) or an ActivityPub actor (discoverable,
/// indexable, summary, attachment). A Fediverse account that says nothing of discoverable or indexable has not
/// consented: both then come as false. errors  bad_input where it is no JSON object
Result<std::vector<Signal>> fediverse_signals(std::string_view json);

/// Of a Bluesky profile: as the AppView gives it (labels of its own did, negated ones withdrawn; description) or as its
/// record (self labels). errors  as above
Result<std::vector<Signal>> bluesky_signals(std::string_view json);

/// #nobot and #noindex in a bio or field, as words and in any case; of HTML the text counts.
/// where  what the text is, for sentences
std::vector<Signal> tag_signals(std::string_view text, std::string_view where);

}  // namespace renown::people
