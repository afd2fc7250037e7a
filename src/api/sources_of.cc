#include "api/sources_of.h"

#include <algorithm>

#include "pipeline/source_standing.h"

namespace renown::api {

bool reads_account(const log::Source& source, const Account& account) {
  return source.network == account.network &&
         (source.account == account.account || source.state.subject == account.account);
}

std::vector<const log::Source*> sources_of(const std::vector<log::Source>& all, const people::Person& person) {
  std::vector<const log::Source*> theirs;
  for (const log::Source& source : all) {
    const auto is_read = [&](const people::LinkedAccount& linked) { return reads_account(source, linked.account); };
    if (std::ranges::any_of(person.accounts, is_read)) theirs.push_back(&source);
  }
  return theirs;
}

std::optional<std::int64_t> stale_since(const std::vector<log::Source>& all, const people::Person& person) {
  std::optional<std::int64_t> earliest;
  for (const log::Source* source : sources_of(all, person)) {
    const auto since = pipeline::stale_since(source->state);
    if (since && (!earliest || *since < *earliest)) earliest = since;
  }
  return earliest;
}

void write_source_state(JsonText& json, const log::Source& source) {
  json.text("state", pipeline::standing_name(pipeline::standing_of(source.state)));
  time_or_null(json, "since", pipeline::stale_since(source.state).value_or(0));
  time_or_null(json, "read", source.state.whole_time.value_or(0));
  optional_text(json, "problem", source.state.sentence);
}

void write_source_of(JsonText& json, std::string_view key, const std::vector<log::Source>& all,
                     const Account& account) {
  const auto found =
      std::ranges::find_if(all, [&](const log::Source& source) { return reads_account(source, account); });
  json.begin_object(key);
  if (found != all.end()) {
    write_source_state(json, *found);
  } else {
    json.text("state", "none");
    json.null("since");
    json.null("read");
    json.null("problem");
  }
  json.end_object();
}

}  // namespace renown::api
