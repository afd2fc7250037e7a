#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "base/text.h"
#include "base/time.h"
#include "log/data_folder.h"
#include "log/schema.h"
#include "people/registry.h"
#include "pipeline/seen_store.h"
#include "pipeline/source_standing.h"
#include "pipeline/token_store.h"
#include "upkeep/checks.h"
#include "upkeep/facts.h"
#include "upkeep/kept_files.h"

namespace renown::upkeep {
namespace {

namespace fs = std::filesystem;

/// A source that nobody synced for so long has been forgotten.
constexpr std::int64_t kStaleDays = 7;

std::string days(std::int64_t seconds) {
  return fmt::format("{} days", seconds / base::kSecondsPerDay);
}

/// A store that its own class must be able to open: of this program, not newer, not another program's file.
Result<void> open_by_its_class(const std::string& path) {
  const log::DataFolder folder(fs::path(path).parent_path().string());
  if (path == folder.people()) {
    if (auto opened = people::PeopleRegistry::open_for_reading(path); !opened) return opened.error();
  }
  if (path == folder.seen()) {
    if (auto opened = pipeline::SeenStore::open_for_reading(path); !opened) return opened.error();
  }
  return {};
}

Finding check_store(const std::string& data_folder, const std::string& name) {
  const std::string path = log::DataFolder(data_folder).path() + "/" + name;
  const auto facts = facts_of_store(path, Depth::quick);
  if (!facts) {
    return {name, Health::wrong, facts.error().message, "stop what writes it; if that is not it, restore a backup"};
  }
  if (auto opened = open_by_its_class(path); !opened) {
    return {name, Health::wrong, opened.error().message, "do as it says"};
  }
  return {name, Health::well, fmt::format("{} rows, version {}", facts->rows, facts->schema_version)};
}

}  // namespace

Finding check_log(const log::InteractionLog& log) {
  pipeline::NoProgress silent;
  const auto facts = facts_of_log(log, Depth::quick, silent);
  if (!facts) return {"log", Health::wrong, facts.error().message, "restore a backup"};
  const std::string found = fmt::format("{} interactions, version {}", facts->rows, facts->schema_version);
  if (facts->schema_version == log::kSchemaVersion) return {"log", Health::well, found};
  return {"log", Health::note, found,
          fmt::format("nothing: the next import or sync brings it to version {}", log::kSchemaVersion)};
}

// A cursor and its rows are written in one transaction (docs/decisions/0023-cursor-in-the-log.md). A log whose sources
// say that they added more than there is was put together from parts of two.
Finding check_cursors(const log::InteractionLog& log) {
  const auto sources = log.sources();
  if (!sources) return {"cursors", Health::wrong, sources.error().message, "restore a backup"};
  if (sources->empty()) return {"cursors", Health::well, "no sources are connected"};
  const auto rows = log.size();
  const auto imports = log.imports();
  const auto erased = log.tombstones();
  if (!rows || !imports || !erased) return {"cursors", Health::wrong, "the log cannot be read", "restore a backup"};
  std::uint64_t added = 0;
  for (const log::Source& source : *sources) {
    added += source.added;
    if (source.added > source.rows) {
      return {"cursors", Health::wrong, fmt::format("what {} counts makes no sense", base::printable(source.name)),
              fmt::format("renown sync {} --from-start reads it anew", base::printable(source.name))};
    }
  }
  if (erased->empty() && added > *rows) {
    return {
        "cursors", Health::wrong,
        fmt::format("sources say that they gave {} rows, but the log has {}: cursors are ahead of it", added, *rows),
        "renown sync --from-start reads them anew"};
  }
  return {"cursors", Health::well, fmt::format("{} sources, none ahead of the log", sources->size())};
}

std::vector<Finding> check_sources(const log::InteractionLog& log, std::int64_t now) {
  const auto sources = log.sources();
  if (!sources) return {{"sources", Health::wrong, sources.error().message, "restore a backup"}};
  std::vector<Finding> findings;
  for (const log::Source& source : *sources) {
    const std::string name = base::printable(source.name);
    const auto& state = source.state;
    const auto standing = pipeline::standing_of(state);
    const std::string since = state.whole_time ? "since " + base::format_time(*state.whole_time) : "from the beginning";
    if (standing == pipeline::SourceStanding::unread) {
      findings.push_back({"source " + name, Health::note, "it was never read", "renown sync"});
    } else if (standing != pipeline::SourceStanding::current) {
      findings.push_back(
          {"source " + name, Health::wrong,
           fmt::format("{} {}: {}", pipeline::standing_name(standing), since, base::printable(state.sentence)),
           "renown sync " + name});
    } else if (state.whole_time && now - *state.whole_time > kStaleDays * base::kSecondsPerDay) {
      findings.push_back({"source " + name, Health::wrong,
                          fmt::format("it was not read for {}", days(now - *state.whole_time)), "renown sync " + name});
    }
  }
  if (findings.empty()) {
    findings.push_back({"sources", Health::well,
                        sources->empty() ? "none are connected" : fmt::format("all {} are current", sources->size())});
  }
  return findings;
}

std::vector<Finding> check_stores(const std::string& data_folder) {
  const auto files = list_files(data_folder);
  if (!files) return {{"stores", Health::wrong, files.error().message, "let the service's user own the folder"}};
  std::vector<Finding> findings;
  for (const std::string& name : files->kept) {
    if (role_of(name) == FileRole::store) findings.push_back(check_store(data_folder, name));
  }
  return findings;
}

Finding check_tokens(const std::string& data_folder, const std::string& token_key_file) {
  const auto files = list_files(data_folder);
  if (!files) return {"token key", Health::wrong, files.error().message, "let the service's user own the folder"};
  const auto is_token = [](const std::string& name) { return role_of(name) == FileRole::sealed_token; };
  // Opening a vault that has nothing in it would make a key.
  if (std::ranges::none_of(files->kept, is_token)) return {"token key", Health::well, "no tokens are sealed here"};
  const auto store = pipeline::TokenStore::open(data_folder, token_key_file);
  if (!store) {
    return {"token key", Health::wrong, store.error().message,
            "name the right key with --token-key; where it is lost, log in to the accounts again"};
  }
  const auto names = store->vault().names();
  if (!names) return {"token key", Health::wrong, names.error().message, "log in to that account again"};
  return {"token key", Health::well, fmt::format("it opens all {} tokens", names->size())};
}

Finding check_verified(const std::string& data_folder) {
  constexpr const char* kTodo = "renown people verify NAME, or score with --verified FILE";
  const std::string path = log::DataFolder(data_folder).people();
  std::error_code ignored;
  const Finding unprotected = {"verified list", Health::note,
                               "there is none: scores say unprotected, and bought attention has no bound", kTodo};
  if (!fs::exists(path, ignored)) return unprotected;
  auto registry = people::PeopleRegistry::open_for_reading(path);
  if (!registry) return {"verified list", Health::wrong, registry.error().message, "see people.sqlite"};
  const auto verified = registry->verified();
  if (!verified) return {"verified list", Health::wrong, verified.error().message, "see people.sqlite"};
  if (!*verified) return unprotected;
  return {"verified list", Health::well, fmt::format("{} accounts of verified people", (*verified)->size())};
}

std::int64_t latest_moment(const log::InteractionLog& log) {
  std::int64_t latest = 0;
  if (const auto imports = log.imports()) {
    for (const log::ImportRecord& import : *imports) latest = std::max(latest, import.time);
  }
  if (const auto sources = log.sources()) {
    for (const log::Source& source : *sources) {
      latest = std::max({latest, source.state.tried_time.value_or(0), source.state.whole_time.value_or(0)});
    }
  }
  return latest;
}

}  // namespace renown::upkeep
