/// What the HTML of a Google+ post says: its hashtags and whom it mentions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace renown::ingest::archive::googleplus {

/// The hashtags, as the log keeps them: "birds trees".
std::string tags_in(std::string_view html);

/// The accounts (numbers or +alias) that the post links as persons, each once.
std::vector<std::string> accounts_in(std::string_view html);

}  // namespace renown::ingest::archive::googleplus
