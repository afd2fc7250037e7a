/// Profile: how an account presents itself, and whether a person's accounts present the same person.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "renown/account.h"
#include "renown/result.h"

namespace renown::people {

/// What is not known stays empty: nothing is said about it.
struct Profile {
  Account account;
  std::string handle;               ///< as people write it
  std::optional<std::string> name;  ///< displayed
  std::optional<std::string> bio;
  std::optional<std::vector<std::string>> links;  ///< addresses on the profile
  std::optional<bool> picture;                    ///< whether there is one
};

/// Reads lines of JSON, one profile each:
///   {"network":"github","account":"ada","handle":"ada","name":"Ada","bio":"...","links":["https://ada.example"],
///    "picture":true}
/// network and account must be there; null is as good as absent.
///
/// errors  not_found, io; bad_input naming file and line
Result<std::vector<Profile>> read_profiles(const std::string& path);

enum class Difference { name, bio, picture, links };

/// One thing to mend, in words.
struct ProfileRemark {
  Difference about = Difference::name;
  std::string sentence;
};

/// "Connect the right networks, with the same personal information": what differs between the accounts of one person.
/// Names are compared folded (accents, case, punctuation); bios by their words; a link is one where it names the other
/// account by a name that is its own (owner_name.h), in any spelling. Nothing is asked of a single account but a
/// picture.
std::vector<ProfileRemark> check_profiles(std::span<const Profile> profiles);

}  // namespace renown::people
