/// What a status of Mastodon's interface says in the words of the log, in which accounts and posts are addresses.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "ingest/record.h"
#include "io/json.h"
#include "people/profile.h"

namespace renown::connect::mastodon {

/// The address of an account: `uri`; of a server older than 4.2, which has none, https://HOST/users/NAME where `url` is
/// https://HOST/@NAME, else `url`.
std::string account_uri(io::JsonValue account);

/// handle  "ann@a.example"
people::Profile profile_of(io::JsonValue account, std::string handle);

/// Addresses by the ids that one server has for accounts and statuses: a reply names what it answers by these alone.
struct Names {
  std::map<std::string, std::string, std::less<>> accounts;
  std::map<std::string, std::string, std::less<>> statuses;

  /// Learns the status's own id and that of whoever wrote it.
  void learn(io::JsonValue status);
};

bool is_public(io::JsonValue status);

/// The rows of a status, those that the ActivityStreams reader has for its Create or Announce: post, reply, quote,
/// mentions, or repost. Texts point into the status, `names` and the record. What it answers or mentions and `names`
/// does not know is passed over.
///
/// about   rows with this target alone, and no post; empty: all
/// errors  as one clause, empty where there are none: a time that cannot be read, no address
std::string rows_of(io::JsonValue status, const Names& names, std::string_view about, ingest::Record& record);

}  // namespace renown::connect::mastodon
