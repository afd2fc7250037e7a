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

std::expected<void, Problem> Server::learn(const std::string& path, const std::stop_token& stop) {
  const std::string what = "what is answered or mentioned, " + path;
  const auto answer = get(path, io::JsonType::object, what, stop);
  if (!answer) return std::unexpected(answer.error());
  const bool is_status = path.starts_with("statuses/");
  std::string uri = is_status ? std::string(answer->root["uri"].text()) : account_uri(answer->root);
  if (uri.empty()) return std::unexpected(Problem{ProblemKind::malformed, what + ": the answer has no address"});
  if (is_status) names.learn(answer->root);
  if (!is_status) names.accounts.insert_or_assign(path.substr(path.find('/') + 1), std::move(uri));
  return {};
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
    auto learnt = learn(path, stop);
    if (learnt) continue;
    const ProblemKind kind = learnt.error().kind;
    if (!concerns_part(kind)) return std::unexpected(std::move(learnt.error()));
    is_all = is_all && (kind == ProblemKind::gone || kind == ProblemKind::not_found);
    pull.skipped.push_back(std::move(learnt.error()));
  }
  return is_all;
}

}  // namespace renown::connect::mastodon
