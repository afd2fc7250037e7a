#include "connect/mastodon/server.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/ascii.h"

namespace renown::connect::mastodon {

bool is_id(std::string_view text) {
  constexpr std::size_t kMostBytes = 64;
  return !text.empty() && text.size() <= kMostBytes &&
         std::ranges::all_of(text, [](char c) { return base::is_letter_or_digit(c) || c == '-' || c == '_'; });
}

std::expected<bool, Problem> Server::learn_answered(io::JsonValue status, Pull& pull, const std::stop_token& stop) {
  std::set<std::string> paths;
  const std::string_view parent = status["in_reply_to_id"].text();
  if (is_id(parent) && !names.statuses.contains(parent)) paths.insert(fmt::format("statuses/{}", parent));
  for (const io::JsonValue mention : status["mentions"].elements()) {
    const std::string_view id = mention["id"].text();
    const bool is_answered = id == status["in_reply_to_account_id"].text();  // comes with what it wrote
    if (is_id(id) && !is_answered && !names.accounts.contains(id)) paths.insert(fmt::format("accounts/{}", id));
  }
  bool is_all = true;
  for (const std::string& path : paths) {
    auto answer = get(path, io::JsonType::object, "what is answered or mentioned, " + path, stop);
    if (answer && path.starts_with("statuses/")) {
      names.learn(answer->root);
    } else if (answer) {
      names.accounts.insert_or_assign(path.substr(path.find('/') + 1), account_uri(answer->root));
    } else if (concerns_part(answer.error().kind)) {
      const bool is_final = answer.error().kind == ProblemKind::gone || answer.error().kind == ProblemKind::not_found;
      is_all = is_all && is_final;
      pull.skipped.push_back(std::move(answer.error()));
    } else {
      return std::unexpected(std::move(answer.error()));
    }
  }
  return is_all;
}

}  // namespace renown::connect::mastodon
