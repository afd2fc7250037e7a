#include "access/api_keys.h"

#include <algorithm>

#include <fmt/format.h>

#include "access/audit.h"
#include "access/secret.h"
#include "access/text_rule.h"

namespace renown::access {
namespace {

constexpr std::string_view kMark = "rnk_";  ///< so that people and scanners know a key that lies about
constexpr std::size_t kPrefixLetters = 8, kSecretLetters = 43;
constexpr std::size_t kTextLetters = kMark.size() + kPrefixLetters + 1 + kSecretLetters;
constexpr std::size_t kMostNameBytes = 100, kMostPurposeBytes = 500;

/// The parts of a key's text. Letters of base64url may be '_' themselves, so that places count and not marks.
struct KeyText {
  std::string_view prefix, secret;
};
std::optional<KeyText> parts_of(std::string_view text) {
  if (text.size() != kTextLetters || !text.starts_with(kMark)) return std::nullopt;
  if (text[kMark.size() + kPrefixLetters] != '_') return std::nullopt;
  return KeyText{text.substr(kMark.size(), kPrefixLetters), text.substr(kMark.size() + kPrefixLetters + 1)};
}

/// A row of: api_key, prefix, login, person, role, name, scopes, organisation, purpose, created, expires, last_used,
/// revoked.
ApiKey key_of(const store::Rows& row) {
  const Role role = parse_role(row.text(4)).value_or(Role::person);
  return {.id = row.integer(0),
          .prefix = std::string(row.text(1)),
          .login = row.integer(2),
          .person = row.integer(3),
          .name = std::string(row.text(5)),
          .scopes = ScopeSet::parse(row.text(6)).value_or(ScopeSet()).both(ScopeSet::allowed(role)),
          .organisation = std::string(row.text(7)),
          .purpose = std::string(row.text(8)),
          .created = row.integer(9),
          .expires = row.integer(10),
          .last_used = row.integer(11),
          .revoked = row.integer(12)};
}

/// The texts of a new key as they are stored.
Result<NewApiKey> checked(const NewApiKey& key, std::int64_t now) {
  NewApiKey good = key;
  auto name = some_text("the name of the key", key.name, kMostNameBytes);
  if (!name) return name.error();
  if (key.scopes.empty()) return bad_input("a key needs at least one scope");
  const bool asks = key.scopes.reads_others();
  auto organisation = asks ? some_text("the organisation that asks", key.organisation, kMostNameBytes)
                           : plain_text("the organisation that asks", key.organisation, kMostNameBytes);
  if (!organisation) return organisation.error();
  auto purpose = asks ? some_text("what the key is for", key.purpose, kMostPurposeBytes)
                      : plain_text("what the key is for", key.purpose, kMostPurposeBytes);
  if (!purpose) return purpose.error();
  if (key.expires != 0 && key.expires <= now) return bad_input("the key would have expired already");
  good.name = std::move(*name);
  good.organisation = std::move(*organisation);
  good.purpose = std::move(*purpose);
  return good;
}

/// Whether that login may have another key with these scopes. returns  its person
Result<PersonId> check_owner(store::Database& database, const NewApiKey& key) {
  struct Owner {
    Role role;
    PersonId person;
    std::int64_t keys;
  };
  const auto owner = first_row(
      database.query("SELECT role, person, (SELECT count(*) FROM api_keys k WHERE k.login = l.login AND revoked = 0) "
                     "FROM logins l WHERE login = ?",
                     {key.login}),
      [](const store::Rows& row) {
        return Owner{parse_role(row.text(0)).value_or(Role::person), row.integer(1), row.integer(2)};
      });
  if (!owner) return owner.error();
  if (!*owner) return Error{ErrorCode::not_found, fmt::format("there is no login {}", key.login)};
  const ScopeSet beyond = key.scopes.without(ScopeSet::allowed((*owner)->role));
  if (!beyond.empty()) return bad_input(fmt::format("only an operator's key may hold {}", beyond.text()));
  if ((*owner)->keys >= kMostKeysOfLogin)
    return Error{ErrorCode::usage, fmt::format("there are {} keys: revoke one first", kMostKeysOfLogin)};
  return (*owner)->person;
}

}  // namespace

Result<MadeApiKey> ApiKeys::make(const NewApiKey& key, LoginId by, std::int64_t now) {
  const auto good = checked(key, now);
  if (!good) return good.error();
  return file_.change([&](store::Database& database) -> Result<MadeApiKey> {
    const auto person = check_owner(database, *good);
    if (!person) return person.error();
    const std::string secret = file_.new_secret();
    std::string prefix;
    for (std::int64_t taken = 1; taken != 0;) {
      prefix = file_.new_secret().substr(0, kPrefixLetters);
      const auto same =
          database.query_integer("SELECT count(*) FROM api_keys WHERE prefix = ?", {std::string_view(prefix)});
      if (!same) return same.error();
      taken = *same;
    }
    const std::string hash = secret_hash(SecretKind::api_key, secret), scopes = good->scopes.text();
    auto inserted = database.execute(
        "INSERT INTO api_keys(prefix, hash, login, name, scopes, organisation, purpose, created, expires, last_used, "
        "revoked) VALUES (?,?,?,?,?,?,?,?,?,0,0)",
        {std::string_view(prefix), std::string_view(hash), good->login, std::string_view(good->name),
         std::string_view(scopes), std::string_view(good->organisation), std::string_view(good->purpose), now,
         good->expires});
    if (!inserted) return inserted.error();
    const KeyId id = database.last_row();
    auto noted = Audit::write(database, {.time = now,
                                         .by = by,
                                         .what = "key made",
                                         .login = good->login,
                                         .detail = fmt::format("key {}: {}", id, scopes)});
    if (!noted) return noted.error();
    return MadeApiKey{.key = {.id = id,
                              .prefix = prefix,
                              .login = good->login,
                              .person = *person,
                              .name = good->name,
                              .scopes = good->scopes,
                              .organisation = good->organisation,
                              .purpose = good->purpose,
                              .created = now,
                              .expires = good->expires},
                      .text = fmt::format("{}{}_{}", kMark, prefix, secret)};
  });
}

Result<std::optional<ApiKey>> ApiKeys::find(std::string_view text, std::int64_t now) {
  const auto parts = parts_of(text);
  if (!parts) return std::optional<ApiKey>();
  const std::string hash = secret_hash(SecretKind::api_key, parts->secret);
  auto found = kept_.find(file_, std::string(parts->prefix) + hash, [&] { return read(parts->prefix, hash); });
  if (!found || !*found) return found;
  ApiKey& key = **found;
  if (key.revoked != 0 || (key.expires != 0 && now >= key.expires)) return std::optional<ApiKey>();
  uses_.note(key.id, now, key.last_used);
  key.last_used = std::max(key.last_used, uses_.noted(key.id));
  return found;
}

/// The key of that prefix, where it has that hash.
Result<std::optional<ApiKey>> ApiKeys::read(std::string_view prefix, const std::string& hash) {
  struct Found {
    ApiKey key;
    std::string hash;
  };
  auto found = file_.read([&](Reader& reader) {
    return first_row(
        reader.ask("SELECT api_key, prefix, login, person, role, k.name, scopes, organisation, purpose, k.created, "
                   "expires, last_used, revoked, hash FROM api_keys k JOIN logins USING (login) WHERE prefix = ?",
                   {prefix}),
        [](const store::Rows& row) { return Found{key_of(row), std::string(row.text(13))}; });
  });
  if (!found) return found.error();
  if (!*found || !same_secret(hash, (*found)->hash)) return std::optional<ApiKey>();
  return std::optional(std::move((*found)->key));
}

Result<std::vector<ApiKey>> ApiKeys::of_login(LoginId login) {
  return with_last_use(file_.read([&](Reader& reader) {
    return all_rows(
        reader.ask("SELECT api_key, prefix, login, person, role, k.name, scopes, organisation, purpose, k.created, "
                   "expires, last_used, revoked FROM api_keys k JOIN logins USING (login) WHERE login = ? ORDER BY "
                   "api_key DESC",
                   {login}),
        key_of);
  }));
}

Result<std::vector<ApiKey>> ApiKeys::all() {
  return with_last_use(file_.read([&](Reader& reader) {
    return all_rows(
        reader.ask("SELECT api_key, prefix, login, person, role, k.name, scopes, organisation, purpose, k.created, "
                   "expires, last_used, revoked FROM api_keys k JOIN logins USING (login) ORDER BY api_key DESC"),
        key_of);
  }));
}

Result<std::vector<ApiKey>> ApiKeys::with_last_use(Result<std::vector<ApiKey>> keys) const {
  if (!keys) return keys;
  for (ApiKey& key : *keys) key.last_used = std::max(key.last_used, uses_.noted(key.id));
  return keys;
}

Result<void> ApiKeys::revoke(LoginId login, KeyId key, LoginId by, std::int64_t now) {
  return file_.change([&](store::Database& database) -> Result<void> {
    auto revoked =
        database.execute("UPDATE api_keys SET revoked = ?, hash = '' WHERE login = ? AND api_key = ? AND revoked = 0",
                         {now, login, key});
    if (!revoked) return revoked.error();
    if (*revoked == 0) return Error{ErrorCode::not_found, fmt::format("there is no key {} that could be revoked", key)};
    return Audit::write(
        database, {.time = now, .by = by, .what = "key revoked", .login = login, .detail = fmt::format("key {}", key)});
  });
}

Result<void> ApiKeys::tidy(store::Database& database, std::int64_t now, const UseNotes::Times& used) {
  for (const auto& [key, time] : used) {
    auto set = database.execute("UPDATE api_keys SET last_used = max(last_used, ?) WHERE api_key = ?", {time, key});
    if (!set) return set.error();
  }
  auto gone =
      database.execute("DELETE FROM api_keys WHERE revoked <> 0 AND revoked <= ?", {now - kRevokedKeyDays * 86'400});
  if (!gone) return gone.error();
  return {};
}

}  // namespace renown::access
