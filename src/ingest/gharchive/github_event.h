/// What all GitHub events have in common, whichever of the archive's formats they are in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "renown/result.h"

#include "io/json.h"

namespace renown::ingest::gharchive {

/// Views point into the parsed line.
struct GithubEvent {
  std::string_view type;   ///< "WatchEvent"
  std::string_view id;     ///< empty before 2015, when events had none
  std::string_view actor;  ///< login
  std::int64_t time = 0;   ///< unix seconds
  std::string repository;  ///< "owner/name"; empty where none is named
  std::string subject;     ///< "owner/name#17" for an issue, pull request or discussion, else as `repository`
  std::string language;    ///< of the repository, in lower case, blanks as '-'; empty where the event does not tell
  io::JsonValue payload;

  /// Login of the repository's owner, or empty.
  std::string_view owner() const { return std::string_view(repository).substr(0, repository.find('/')); }
};

/// Reads an event of 2015 or later (`actor.login`, `repo.name`), of 2011 (the same, or less of it), or of the years
/// between (`actor` a text, `repository.owner` and `.name`).
///
/// errors  bad_input, naming the field without which an event is none: type, actor, created_at
Result<GithubEvent> read_event(io::JsonValue root);

/// The login in a user object; in the oldest events a user is the login itself. Empty if there is none.
std::string_view login_of(io::JsonValue user);

}  // namespace renown::ingest::gharchive
