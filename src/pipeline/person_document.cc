#include "pipeline/person_document.h"

#include <algorithm>

#include "base/time.h"
#include "pipeline/people_json.h"

namespace renown::pipeline {
namespace {

bool is_about(const people::HistoryLine& line, const people::Person& person) {
  const auto is_theirs = [&](const std::string& name) {
    return name == person.name || std::ranges::find(person.merged, name) != person.merged.end();
  };
  const auto is_account = [&](const people::LinkedAccount& linked) { return linked.account == line.account; };
  return is_theirs(line.person) || is_theirs(line.other) || std::ranges::any_of(person.accounts, is_account);
}

/// Pardons of the person's accounts; of others in them nothing.
Result<void> add_pardons_of(JsonText& json, PeopleFolder& folder, const AccountSet& accounts) {
  auto pardons = folder.registry().pardons();
  if (!pardons) return pardons.error();
  for (people::Pardon& pardon : *pardons)
    std::erase_if(pardon.accounts, [&](const Account& account) { return !accounts.contains(account); });
  std::erase_if(*pardons, [](const people::Pardon& pardon) { return pardon.accounts.empty(); });
  add_pardons(json, *pardons);
  return {};
}

Result<void> add_sources(JsonText& json, const PeopleFolder& folder, const AccountSet& accounts) {
  const auto sources = folder.sources_of(accounts);
  if (!sources) return sources.error();
  json.begin_array("sources");
  for (const log::Source& source : *sources) {
    begin_source(json, source);
    json.raw("settings", source.settings);
    json.end_object();
  }
  json.end_array();
  return {};
}

Result<void> add_posts(JsonText& json, const PeopleFolder& folder, const AccountSet& accounts) {
  json.begin_array("posts");
  for (const Account& account : accounts) {
    const auto posts = folder.seen_posts(account);
    if (!posts) return posts.error();
    for (const connect::Post& post : *posts) {
      json.begin_object();
      json.text("network", post.network);
      json.text("account", post.account);
      json.text("post", post.id);
      json.text("url", post.url);
      json.text("time", base::format_time(post.time));
      json.text("text", post.text);
      json.end_object();
    }
  }
  json.end_array();
  return {};
}

Result<std::uint64_t> add_interactions(JsonText& json, const PeopleFolder& folder, const AccountSet& accounts) {
  std::uint64_t rows = 0;
  json.begin_array("interactions");
  const auto added = folder.for_each_row(accounts, [&](const Interaction& row) -> Result<void> {
    ++rows;
    json.begin_object();
    json.text("time", base::format_time(row.time));
    json.text("network", row.network);
    json.text("kind", kind_name(row.kind));
    json.text("actor", row.actor);
    json.text("target", row.target);
    json.text("post", row.post);
    json.text("id", row.id);
    json.text("tags", row.tags);
    json.end_object();
    return {};
  });
  if (!added) return added.error();
  json.end_array();
  return rows;
}

}  // namespace

Result<std::uint64_t> write_person_document(JsonText& json, PeopleFolder& folder, const people::Person& person,
                                            std::int64_t now) {
  AccountSet accounts;
  for (const people::LinkedAccount& linked : person.accounts) accounts.insert(linked.account);
  auto history = folder.registry().history();
  if (!history) return history.error();
  std::erase_if(*history, [&](const people::HistoryLine& line) { return !is_about(line, person); });
  json.begin_object();
  json.text("format", "renown person");
  json.text("time", base::format_time(now));
  add_person(json, "person", person);
  add_history(json, *history);
  if (auto added = add_pardons_of(json, folder, accounts); !added) return added.error();
  if (auto added = add_profiles(json, folder, person); !added) return added.error();
  if (auto added = add_sources(json, folder, accounts); !added) return added.error();
  if (auto added = add_posts(json, folder, accounts); !added) return added.error();
  const auto rows = add_interactions(json, folder, accounts);
  if (!rows) return rows.error();
  json.end_object();
  return rows;
}

}  // namespace renown::pipeline
