/// Challenges: a text that only this folder's key can have made, to be posted by an account that somebody says is
/// theirs.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "renown/account.h"
#include "renown/result.h"

namespace renown::people {

using ChallengeKey = std::array<unsigned char, 32>;

/// What a challenge was made for. The account does not stand in the text: a text copied by another account is
/// worthless.
struct ChallengeFor {
  std::int64_t person = 0;
  Account account;
};

/// "renown-proof=1.PERSON.EXPIRES.MAC": MAC is HMAC-SHA-512/256 over person, network, account and expiry, each with its
/// length.
///
/// expires  unix seconds
std::string make_challenge(const ChallengeKey& key, const ChallengeFor& made_for, std::int64_t expires);

/// All texts in `body` that look like challenges.
std::vector<std::string> find_challenges(std::string_view body);

/// Whether the key made `text` for that person and account, and it has not expired. Compared in constant time.
/// errors  bad_input: one clause that says which of these it is not, as far as that can be known
Result<void> check_challenge(const ChallengeKey& key, std::string_view text, const ChallengeFor& made_for,
                             std::int64_t now);

}  // namespace renown::people
