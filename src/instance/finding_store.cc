#include "instance/finding_store.h"

#include <array>
#include <map>
#include <utility>

#include "base/time.h"
#include "store/schema.h"

namespace renown::instance {
namespace {

constexpr std::array<const char*, 1> kSteps = {R"sql(
CREATE TABLE findings(
  finding INTEGER PRIMARY KEY AUTOINCREMENT,
  since INTEGER NOT NULL, first_run INTEGER NOT NULL, latest INTEGER NOT NULL) STRICT;
CREATE TABLE finding_members(
  finding INTEGER NOT NULL REFERENCES findings ON DELETE CASCADE, member TEXT NOT NULL,
  PRIMARY KEY (finding, member)) STRICT, WITHOUT ROWID;
CREATE INDEX finding_members_by_name ON finding_members(member);
)sql"};

}  // namespace

Result<FindingStore> FindingStore::open(const std::string& path) {
  auto database = store::Database::open_for_writing(path);
  if (!database) return database.error();
  if (auto ready = store::migrate_part(*database, {.name = "finding", .steps = kSteps}); !ready) return ready.error();
  return FindingStore(std::move(*database));
}

Result<RecordedFindings> FindingStore::record(std::span<const Members> groups, std::int64_t run, std::int64_t now) {
  auto transaction = store::Transaction::begin(database_);
  if (!transaction) return transaction.error();
  auto old = database_.execute("DELETE FROM findings WHERE latest < ?", {now - kFindingDays * base::kSecondsPerDay});
  if (!old) return old.error();
  const auto before = known();
  if (!before) return before.error();
  const std::vector<FindingId> continues = match_findings(*before, groups);
  std::map<FindingId, std::size_t> place_of;  // of the group that has the number
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const auto id = keep(continues[i], groups[i], run, now);
    if (!id) return id.error();
    place_of.emplace(*id, i);
  }
  const auto all = findings();
  if (!all) return all.error();
  if (auto done = transaction->commit(); !done) return done.error();
  RecordedFindings recorded{.found = std::vector<KnownFinding>(groups.size()), .gone = {}};
  for (const KnownFinding& each : *all) {
    const auto place = place_of.find(each.id);
    if (place == place_of.end()) {
      recorded.gone.push_back(each);
    } else {
      recorded.found[place->second] = each;
    }
  }
  return recorded;
}

Result<void> FindingStore::erase(std::span<const std::string> members) {
  if (members.empty()) return {};
  std::uint64_t gone = 0;
  for (const std::string& member : members) {
    const auto erased = database_.execute("DELETE FROM finding_members WHERE member = ?", {std::string_view(member)});
    if (!erased) return erased.error();
    gone += *erased;
  }
  if (gone == 0) return {};
  return database_.leave_nothing_deleted();
}

Result<std::vector<KnownMembers>> FindingStore::known() {
  auto rows = database_.query(
      "SELECT finding, latest, member FROM findings JOIN finding_members USING (finding) ORDER BY finding, member");
  if (!rows) return rows.error();
  std::vector<KnownMembers> all;
  for (auto more = rows->next();; more = rows->next()) {
    if (!more) return more.error();
    if (!*more) return all;
    if (all.empty() || all.back().finding != rows->integer(0))
      all.push_back({.finding = rows->integer(0), .latest = rows->integer(1), .members = {}});
    all.back().members.emplace_back(rows->text(2));
  }
}

/// A group under the number of the finding that it continues, or under a new one.
Result<FindingId> FindingStore::keep(FindingId continued, const Members& members, std::int64_t run, std::int64_t now) {
  const auto kept =
      continued == 0
          ? database_.execute("INSERT INTO findings(since, first_run, latest) VALUES (?1, ?2, ?1)", {now, run})
          : database_.execute("UPDATE findings SET latest = ? WHERE finding = ?", {now, continued});
  if (!kept) return kept.error();
  const FindingId id = continued == 0 ? database_.last_row() : continued;
  auto cleared = database_.execute("DELETE FROM finding_members WHERE finding = ?", {id});
  if (!cleared) return cleared.error();
  for (const std::string& member : members) {
    auto added = database_.execute("INSERT INTO finding_members VALUES (?, ?)", {id, std::string_view(member)});
    if (!added) return added.error();
  }
  return id;
}

Result<std::vector<KnownFinding>> FindingStore::findings() {
  auto rows = database_.query("SELECT finding, since, first_run, latest FROM findings ORDER BY finding");
  if (!rows) return rows.error();
  std::vector<KnownFinding> all;
  for (auto more = rows->next();; more = rows->next()) {
    if (!more) return more.error();
    if (!*more) return all;
    all.push_back({rows->integer(0), rows->integer(1), rows->integer(2), rows->integer(3)});
  }
}

}  // namespace renown::instance
