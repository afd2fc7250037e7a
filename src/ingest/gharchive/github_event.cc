#include "ingest/gharchive/github_event.h"

#include <initializer_list>
#include <utility>

#include <fmt/format.h>

#include "base/time.h"
#include "ingest/tag_list.h"

namespace renown::ingest::gharchive {
namespace {

std::string_view first_of(std::initializer_list<std::string_view> texts) {
  for (const std::string_view text : texts) {
    if (!text.empty()) return text;
  }
  return {};
}

/// 2012 has hours with "2012/03/11 12:00:00 -0700".
Result<std::int64_t> read_time(std::string_view text) {
  if (text.size() < 20 || text[4] != '/' || text[7] != '/' || text[19] != ' ') return base::parse_time(text);
  std::string standard(text);
  standard[4] = standard[7] = '-';
  standard.erase(19, 1);
  return base::parse_time(standard);
}

/// "owner/name"; empty unless both are there.
std::string read_repository(io::JsonValue root) {
  const std::string_view whole = root.find({"repo", "name"}).text();
  const std::string_view owner = login_of(root.find({"repository", "owner"}));
  const std::string_view name = root.find({"repository", "name"}).text();
  std::string repository = whole.empty() ? fmt::format("{}/{}", owner, name) : std::string(whole);
  const std::size_t slash = repository.find('/');
  if (slash == 0 || slash == std::string::npos || slash + 1 == repository.size()) return {};
  return repository;
}

/// The digits that follow "/issues/" or "/pull/" in the page address of an event of before 2015.
std::string_view number_in_address(std::string_view url) {
  for (const std::string_view part : {"/issues/", "/pull/"}) {
    const std::size_t at = url.find(part);
    if (at == std::string_view::npos) continue;
    const std::string_view rest = url.substr(at + part.size());
    return rest.substr(0, rest.find_first_not_of("0123456789"));
  }
  return {};
}

std::string_view read_number(io::JsonValue root, io::JsonValue payload) {
  return first_of({payload.find({"issue", "number"}).number(), payload.find({"pull_request", "number"}).number(),
                   payload.find({"discussion", "number"}).number(), payload["number"].number(),
                   number_in_address(root["url"].text())});
}

std::string read_language(io::JsonValue root, io::JsonValue payload) {
  TagList tags;
  tags.add(first_of({payload.find({"pull_request", "base", "repo", "language"}).text(),
                     payload.find({"repository", "language"}).text(), payload.find({"forkee", "language"}).text(),
                     root.find({"repository", "language"}).text()}));
  return tags.text();
}

}  // namespace

std::string_view login_of(io::JsonValue user) {
  return user.is_string() ? user.text() : user["login"].text();
}

Result<GithubEvent> read_event(io::JsonValue root) {
  GithubEvent event;
  event.type = root["type"].text();
  if (event.type.empty()) return bad_input("the event has no type");
  event.actor = first_of({login_of(root["actor"]), root.find({"actor_attributes", "login"}).text()});
  if (event.actor.empty()) return bad_input("the event names no actor");
  if (root["created_at"].text().empty()) return bad_input("the event has no created_at");
  const auto time = read_time(root["created_at"].text());
  if (!time) return time.error();
  event.time = *time;
  event.id = root["id"].text_or_number();
  event.payload = root["payload"];
  event.repository = read_repository(root);
  event.subject = event.repository;
  const std::string_view number = read_number(root, event.payload);
  if (!event.repository.empty() && !number.empty()) event.subject += fmt::format("#{}", number);
  event.language = read_language(root, event.payload);
  return event;
}

}  // namespace renown::ingest::gharchive
