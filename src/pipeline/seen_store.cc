#include "pipeline/seen_store.h"

#include <utility>

#include "io/json.h"
#include "io/json_escape.h"
#include "store/schema.h"

namespace renown::pipeline {
namespace {

constexpr std::int32_t kApplicationId = 0x524E5653;  // "RNVS"

constexpr const char* kSteps[] = {R"(
  CREATE TABLE profiles (
    network TEXT NOT NULL, account TEXT NOT NULL, handle TEXT NOT NULL, name TEXT, bio TEXT, links TEXT,
    picture INTEGER, document TEXT NOT NULL, time INTEGER NOT NULL, PRIMARY KEY (network, account)) WITHOUT ROWID;
  CREATE TABLE posts (
    network TEXT NOT NULL, post TEXT NOT NULL, account TEXT NOT NULL, url TEXT NOT NULL, time INTEGER NOT NULL,
    text TEXT NOT NULL, PRIMARY KEY (network, post)) WITHOUT ROWID;
  CREATE INDEX posts_by_account ON posts (network, account, time);)"};

const store::Schema& seen_schema() {
  static const store::Schema schema = {
      .what = "the store of what was seen", .application_id = kApplicationId, .steps = kSteps};
  return schema;
}

store::Parameter text_or_null(const std::optional<std::string>& text) {
  if (!text) return std::monostate();
  return std::string_view(*text);
}

std::optional<std::string> text_if_known(const store::Rows& rows, int column) {
  if (rows.is_null(column)) return {};
  return std::string(rows.text(column));
}

std::string links_text(const std::vector<std::string>& links) {
  std::string text = "[";
  for (const std::string& link : links) {
    if (text.size() > 1) text += ',';
    io::append_json_string(text, link);
  }
  return text + "]";
}

std::vector<std::string> parse_links(std::string_view text) {
  io::JsonParser parser;
  std::vector<std::string> links;
  const auto root = parser.parse(text);
  if (!root) return links;
  for (const io::JsonValue link : root->elements()) links.emplace_back(link.text());
  return links;
}

bool was_erased(const log::Tombstones& erased, const std::string& network, const std::string& account) {
  return erased.erased({0, Kind::post, network, account, "", "", "", ""});
}

bool names_erased(const log::Tombstones& erased, std::string_view text) {
  return erased.clean_name(text) != text;
}

/// `text`, or nothing where it names an erased account.
std::string cleaned(const log::Tombstones& erased, const std::string& text) {
  return names_erased(erased, text) ? std::string() : text;
}

}  // namespace

Result<SeenStore> SeenStore::open_for_writing(const std::string& path) {
  auto database = store::Database::open_for_writing(path);
  if (!database) return database.error();
  if (auto good = store::migrate(*database, seen_schema()); !good) return good.error();
  return SeenStore(std::move(*database));
}

Result<SeenStore> SeenStore::open_for_reading(const std::string& path) {
  auto database = store::Database::open_for_reading(path);
  if (!database) return database.error();
  if (auto good = store::check_schema(*database, seen_schema()); !good) return good.error();
  return SeenStore(std::move(*database));
}

Result<void> SeenStore::add(const std::vector<connect::ProfileSeen>& profiles, const std::vector<connect::Post>& posts,
                            const log::Tombstones& erased, std::int64_t time) {
  if (profiles.empty() && posts.empty()) return {};
  auto transaction = store::Transaction::begin(database_);
  if (!transaction) return transaction.error();
  for (const connect::ProfileSeen& seen : profiles) {
    if (auto added = add_profile(seen, erased, time); !added) return added;
  }
  for (const connect::Post& post : posts) {
    if (auto added = add_post(post, erased); !added) return added;
  }
  return transaction->commit();
}

Result<void> SeenStore::add_profile(const connect::ProfileSeen& seen, const log::Tombstones& erased,
                                    std::int64_t time) {
  people::Profile profile = seen.profile;
  if (was_erased(erased, profile.account.network, profile.account.account)) return {};
  for (std::optional<std::string>* text : {&profile.name, &profile.bio}) {
    if (*text && names_erased(erased, **text)) text->reset();
  }
  if (profile.links) {
    std::erase_if(*profile.links, [&](const std::string& link) { return names_erased(erased, link); });
  }
  const bool keeps_document = seen.document.size() <= kMostDocumentBytes && !names_erased(erased, seen.document);
  const std::string links = profile.links ? links_text(*profile.links) : "";
  const auto added =
      database_.execute("INSERT OR REPLACE INTO profiles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        {std::string_view(profile.account.network), std::string_view(profile.account.account),
                         std::string_view(profile.handle), text_or_null(profile.name), text_or_null(profile.bio),
                         profile.links ? store::Parameter(std::string_view(links)) : store::Parameter(),
                         profile.picture ? store::Parameter(std::int64_t{*profile.picture}) : store::Parameter(),
                         keeps_document ? std::string_view(seen.document) : std::string_view(), time});
  return added ? Result<void>() : Result<void>(added.error());
}

Result<void> SeenStore::add_post(const connect::Post& post, const log::Tombstones& erased) {
  if (was_erased(erased, post.network, post.account)) return {};
  const std::string text = cleaned(erased, post.text);
  const auto added =
      database_.execute("INSERT OR REPLACE INTO posts VALUES (?, ?, ?, ?, ?, ?)",
                        {std::string_view(post.network), std::string_view(post.id), std::string_view(post.account),
                         std::string_view(post.url), post.time, std::string_view(text)});
  return added ? Result<void>() : Result<void>(added.error());
}

Result<std::optional<SeenProfile>> SeenStore::profile(const Account& account) {
  auto rows = database_.query(
      "SELECT handle, name, bio, links, picture, document, time FROM profiles WHERE network = ? AND account = ?",
      {std::string_view(account.network), std::string_view(account.account)});
  if (!rows) return rows.error();
  const auto any = rows->next();
  if (!any) return any.error();
  if (!*any) return std::optional<SeenProfile>();
  SeenProfile seen;
  people::Profile& profile = seen.profile.profile;
  profile.account = account;
  profile.handle = rows->text(0);
  profile.name = text_if_known(*rows, 1);
  profile.bio = text_if_known(*rows, 2);
  if (!rows->is_null(3)) profile.links = parse_links(rows->text(3));
  if (!rows->is_null(4)) profile.picture = rows->integer(4) != 0;
  seen.profile.document = rows->text(5);
  seen.time = rows->integer(6);
  return std::optional(std::move(seen));
}

Result<std::vector<connect::Post>> SeenStore::posts(const Account& account) {
  auto rows = database_.query(
      "SELECT post, url, time, text FROM posts WHERE network = ? AND account = ? ORDER BY time DESC, post",
      {std::string_view(account.network), std::string_view(account.account)});
  if (!rows) return rows.error();
  std::vector<connect::Post> all;
  for (auto more = rows->next();; more = rows->next()) {
    if (!more) return more.error();
    if (!*more) return all;
    all.push_back({account.network, std::string(rows->text(0)), account.account, std::string(rows->text(1)),
                   rows->integer(2), std::string(rows->text(3))});
  }
}

Result<void> SeenStore::erase(const Account& account, const log::Tombstones& erased) {
  {
    auto transaction = store::Transaction::begin(database_);
    if (!transaction) return transaction.error();
    for (const char* table : {"profiles", "posts"}) {
      const auto removed = database_.execute(std::string("DELETE FROM ") + table + " WHERE network = ? AND account = ?",
                                             {std::string_view(account.network), std::string_view(account.account)});
      if (!removed) return removed.error();
    }
    if (auto cleaned = clean_others(account.network, erased); !cleaned) return cleaned;
    if (auto committed = transaction->commit(); !committed) return committed;
  }
  return database_.leave_nothing_deleted();
}

/// Puts what others of the network show through the same sieve as when it came.
Result<void> SeenStore::clean_others(const std::string& network, const log::Tombstones& erased) {
  std::vector<Account> accounts;
  {
    auto rows = database_.query(
        "SELECT DISTINCT account FROM (SELECT network, account FROM profiles UNION SELECT network, account FROM posts) "
        "WHERE network = ?",
        {std::string_view(network)});
    if (!rows) return rows.error();
    for (auto more = rows->next();; more = rows->next()) {
      if (!more) return more.error();
      if (!*more) break;
      accounts.push_back({network, std::string(rows->text(0))});
    }
  }
  for (const Account& account : accounts) {
    const auto seen = profile(account);
    if (!seen) return seen.error();
    if (*seen) {
      if (auto again = add_profile((*seen)->profile, erased, (*seen)->time); !again) return again;
    }
    const auto all = posts(account);
    if (!all) return all.error();
    for (const connect::Post& post : *all) {
      if (!names_erased(erased, post.text)) continue;
      if (auto again = add_post(post, erased); !again) return again;
    }
  }
  return {};
}

}  // namespace renown::pipeline
