#include "pipeline/token_store.h"

#include <filesystem>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "log/data_folder.h"
#include "oauth/token_keeper.h"

namespace renown::pipeline {
namespace {

/// Where tokens stand that no log-in gave.
constexpr std::string_view kToken = "token:";

/// Of the one actor that signs.
constexpr std::string_view kActor = "actor";

std::string name_of(const std::string& source) {
  return std::string(kToken) + source;
}

}  // namespace

Result<TokenStore> TokenStore::open(const std::string& data_folder, const std::string& key_file) {
  std::error_code why;
  const std::filesystem::path parent = std::filesystem::path(key_file).parent_path();
  if (!parent.empty()) std::filesystem::create_directories(parent, why);
  if (why) return Error{ErrorCode::io, fmt::format("cannot make the folder {}: {}", parent.string(), why.message())};
  const log::DataFolder folder(data_folder);
  if (auto made = folder.make(); !made) return made.error();  // a log-in may come before the first source
  auto vault = oauth::TokenVault::open(folder.tokens(), key_file);
  if (!vault) return vault.error();
  return TokenStore(std::move(*vault));
}

bool TokenStore::exists(const std::string& data_folder) {
  std::error_code ignored;
  return std::filesystem::exists(log::DataFolder(data_folder).tokens(), ignored);
}

Result<void> TokenStore::put(const std::string& source, const std::string& token) {
  return vault_.put(name_of(source), token);
}

Result<void> TokenStore::put(const std::string& source, oauth::Credential credential) {
  credential.account = source;
  return oauth::store_log_in(vault_, credential);
}

Result<TokenStore::Has> TokenStore::has(const std::string& source) const {
  const auto fixed = vault_.get(name_of(source));
  if (!fixed) return fixed.error();
  if (*fixed) return Has::token;
  const auto log_in = oauth::has_log_in(vault_, source);
  if (!log_in) return log_in.error();
  return *log_in ? Has::log_in : Has::nothing;
}

Result<std::string> TokenStore::token(const std::string& source) const {
  const auto fixed = vault_.get(name_of(source));
  if (!fixed) return fixed.error();
  if (*fixed) return **fixed;
  return Error{ErrorCode::not_found, fmt::format("there is no token for {}", source)};
}

Result<std::optional<oauth::Credential>> TokenStore::log_in(const std::string& source) const {
  return oauth::find_log_in(vault_, source);
}

Result<void> TokenStore::put(const connect::activitypub::InstanceActor& actor) {
  return vault_.put(kActor, actor.text());
}

Result<std::optional<connect::activitypub::InstanceActor>> TokenStore::actor() const {
  using connect::activitypub::InstanceActor;
  const auto stored = vault_.get(kActor);
  if (!stored) return stored.error();
  if (!*stored) return std::optional<InstanceActor>();
  auto actor = InstanceActor::from_text(**stored);
  if (!actor) return actor.error();
  return std::optional(std::move(*actor));
}

Result<void> TokenStore::remove(const std::string& source) {
  if (auto removed = vault_.remove(name_of(source)); !removed) return removed;
  return oauth::forget_log_in(vault_, source);
}

Result<void> TokenStore::keep_only(const std::set<std::string>& sources) {
  const auto names = vault_.names();
  if (!names) return names.error();
  for (const std::string& name : *names) {
    for (const std::string_view kind : {kToken, oauth::kLogIn}) {
      if (!name.starts_with(kind) || sources.contains(name.substr(kind.size()))) continue;
      if (auto removed = vault_.remove(name); !removed) return removed;
    }
  }
  return {};
}

}  // namespace renown::pipeline
