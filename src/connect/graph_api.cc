#include "connect/graph_api.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "io/json.h"
#include "net/url.h"

namespace renown::connect {
namespace {

constexpr std::int64_t kLimitSeconds = 3'600;  // limits count the calls of the last hour
constexpr std::size_t kShownMessage = 160;     // columns

/// Meta's documented codes of errors.
constexpr std::array kLimited = {4, 17, 32, 341, 368, 613};
constexpr std::array kLoggedOut = {102, 190};
constexpr std::array kDown = {1, 2};

template <std::size_t size>
bool is_one_of(const std::array<int, size>& codes, std::int64_t code) {
  return std::ranges::find(codes, code) != codes.end();
}

/// Nothing: the status says all there is to know.
std::optional<ProblemKind> kind_of(std::int64_t code, std::int64_t subcode) {
  constexpr std::int64_t kParameter = 100, kNoSuchObject = 33, kNoSuchName = 803;
  if (is_one_of(kLimited, code) || (code >= 80'000 && code <= 80'014)) return ProblemKind::try_later;
  if (is_one_of(kLoggedOut, code)) return ProblemKind::unauthorized;
  if (is_one_of(kDown, code)) return ProblemKind::unavailable;
  if (code == 10 || (code >= 200 && code <= 299)) return ProblemKind::forbidden;
  if (code == kNoSuchName || (code == kParameter && subcode == kNoSuchObject)) return ProblemKind::not_found;
  return {};
}

}  // namespace

std::string without_token(std::string_view address) {
  constexpr std::string_view kToken = "access_token=";
  std::string kept(address.substr(0, address.find('?')));
  std::string_view rest = address.substr(std::min(kept.size() + 1, address.size()));
  char join = '?';
  while (!rest.empty()) {
    const std::string_view part = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(part.size() + 1, rest.size()));
    if (part.starts_with(kToken)) continue;
    kept += std::exchange(join, '&');
    kept += part;
  }
  return kept;
}

std::expected<std::string, Problem> GraphConnector::next_page(const Errand&, const JsonAnswer& answer) const {
  const std::string_view next = answer.root.find({"paging", "next"}).text();
  if (next.empty()) return std::string();
  const auto address = net::Url::parse(next);
  const auto ours = net::Url::parse(server_);
  if (!address || !ours || address->origin() != ours->origin()) {
    return std::unexpected(
        Problem{ProblemKind::malformed, "the next page is said to be on another server, which gets no token of ours"});
  }
  return without_token(next);
}

Problem GraphConnector::problem(const net::Response& response, std::string_view what) const {
  Problem found = ListConnector::problem(response, what);
  io::JsonParser parser;
  const auto root = parser.parse(response.body);
  if (!root) return found;
  const io::JsonValue error = (*root)["error"];
  const auto code = error["code"].integer();
  if (!code) return found;
  const std::string message = base::shorten(base::printable(error["message"].text()), kShownMessage);
  found.sentence += fmt::format(": {} (code {})", message, *code);
  found.kind = kind_of(*code, error["error_subcode"].integer().value_or(0)).value_or(found.kind);
  if (found.kind == ProblemKind::try_later && !found.retry_at) found.retry_at = access_.now + kLimitSeconds;
  return found;
}

}  // namespace renown::connect
