/// SeenStore: profiles and posts as sources showed them (seen.sqlite). For pages and checks; nothing of it is scored.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "renown/account.h"
#include "renown/result.h"

#include "connect/connector.h"
#include "log/tombstones.h"
#include "store/database.h"

namespace renown::pipeline {

/// One profile and when it was seen.
struct SeenProfile {
  connect::ProfileSeen profile;
  std::int64_t time = 0;  ///< unix seconds
};

/// The newest that was seen of each account and post. Not for use by two threads at once.
class SeenStore {
 public:
  static constexpr std::size_t kMostDocumentBytes = 256u << 10;  ///< of a profile's document; a longer one is not kept

  /// errors  io; bad_input for a damaged store, one of a newer Renown, or another program's file
  static Result<SeenStore> open_for_writing(const std::string& path);
  static Result<SeenStore> open_for_reading(const std::string& path);

  /// Keeps what a piece of a source showed, in one transaction. What is of an erased account is left out; texts of
  /// others that name one are left empty.
  Result<void> add(const std::vector<connect::ProfileSeen>& profiles, const std::vector<connect::Post>& posts,
                   const log::Tombstones& erased, std::int64_t time);

  Result<std::optional<SeenProfile>> profile(const Account& account);

  /// Newest first.
  Result<std::vector<connect::Post>> posts(const Account& account);

  /// Removes the account: its profile, its posts, and texts of others on its network that name it. No byte is left.
  Result<void> erase(const Account& account, const log::Tombstones& erased);

 private:
  explicit SeenStore(store::Database database) : database_(std::move(database)) {}
  Result<void> add_profile(const connect::ProfileSeen& seen, const log::Tombstones& erased, std::int64_t time);
  Result<void> add_post(const connect::Post& post, const log::Tombstones& erased);
  Result<void> clean_others(const std::string& network, const log::Tombstones& erased);

  store::Database database_;
};

}  // namespace renown::pipeline
