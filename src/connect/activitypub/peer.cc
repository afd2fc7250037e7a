#include "connect/activitypub/peer.h"

#include <utility>

#include <fmt/format.h>

#include "connect/paged.h"
#include "ingest/activitystreams/activity.h"
#include "net/paging.h"
#include "net/url.h"

namespace renown::connect::activitypub {
namespace {

using ingest::activitystreams::for_each;
using ingest::activitystreams::type_of;

constexpr const char* kDocument =
    "application/activity+json, application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"";

Problem malformed(std::string_view what, std::string_view why) {
  return {ProblemKind::malformed, fmt::format("{}: {}", what, why)};
}

bool is_document(const net::Response& response) {
  const std::string type = response.headers.all("content-type");
  return type.starts_with("application/activity+json") || type.starts_with("application/ld+json");
}

/// Calls use() for the items of one page. returns  the next page: an address, a thing, or missing
std::expected<io::JsonValue, Problem> read_page(io::JsonValue page, std::string_view what,
                                                const std::function<void(io::JsonValue item)>& use) {
  if (type_of(page).find("Collection") == std::string_view::npos) {
    return std::unexpected(malformed(what, "the answer is no collection"));
  }
  for (const char* items : {"items", "orderedItems"}) for_each(page[items], use);
  const io::JsonValue first = page["first"];
  return first.is_missing() || first.is_null() ? page["next"] : first;
}

}  // namespace

std::string origin_of(std::string_view address) {
  const auto url = net::Url::parse(address);
  return url ? url->origin() : "";
}

std::expected<std::string, Problem> find_actor(net::Transport& http, const std::string& server,
                                               const std::string& handle, const std::stop_token& stop) {
  const std::string what = "the WebFinger of " + handle;
  net::Request request{.url = fmt::format("{}/.well-known/webfinger?resource=acct:{}", server, handle)};
  request.headers.set("Accept", "application/jrd+json, application/json");
  const auto answer = ask_json(http, request, io::JsonType::object, what, stop);
  if (!answer) return std::unexpected(answer.error());
  for (const io::JsonValue link : answer->root["links"].elements()) {
    const std::string_view type = link["type"].text();
    const bool is_actor =
        type.find("activity+json") != std::string_view::npos || type.starts_with("application/ld+json");
    if (link["rel"].text() == "self" && is_actor) return std::string(link["href"].text());
  }
  return std::unexpected(malformed(what, "it names no actor"));
}

std::expected<JsonAnswer, Problem> get_document(net::Transport& http, const std::string& address, std::string_view what,
                                                const std::stop_token& stop) {
  net::Request request{.url = address};
  request.headers.set("Accept", kDocument);
  auto answer = ask_json(http, request, io::JsonType::object, what, stop);
  if (answer && !is_document(answer->response)) {
    return std::unexpected(malformed(what, "the answer is not application/activity+json"));
  }
  return answer;
}

std::expected<void, Problem> for_each_item(net::Transport& http, io::JsonValue collection, std::string_view origin,
                                           std::string_view what, const std::stop_token& stop,
                                           const std::function<void(io::JsonValue item)>& use) {
  net::PageGuard guard(std::string(what), kMostListPages);
  JsonAnswer answer;  // holds the page that `page` points into
  io::JsonValue page = collection;
  for (int inside = 0; !page.is_missing() && !page.is_null();) {
    if (page.is_string()) {
      const std::string address(page.text());
      if (origin_of(address) != origin) return std::unexpected(malformed(what, "it leads to another server"));
      if (auto entered = guard.enter(address); !entered) {
        return std::unexpected(malformed(what, entered.error().message));
      }
      auto fetched = get_document(http, address, what, stop);
      if (!fetched) return std::unexpected(fetched.error());
      answer = std::move(*fetched);
      page = answer.root;
      inside = 0;
    } else if (++inside > 2) {
      return std::unexpected(malformed(what, "its pages stand inside each other"));
    }
    auto next = read_page(page, what, use);
    if (!next) return std::unexpected(next.error());
    page = *next;
  }
  return {};
}

}  // namespace renown::connect::activitypub
