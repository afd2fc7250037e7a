/// /actor, /.well-known/webfinger: what servers of the Fediverse look up before they show us what they have.

#include "api/actor.h"

#include <memory>

#include "http/problem.h"
#include "pipeline/token_store.h"

namespace renown::api {
namespace {

using connect::activitypub::InstanceActor;

constexpr std::string_view kPath = "/actor";

http::Response document(const std::shared_ptr<const std::string>& text, std::string_view type) {
  http::Response response{.content_type = std::string(type), .body = text};
  response.headers.add("Cache-Control", "public, max-age=3600");
  response.headers.add("Access-Control-Allow-Origin", "*");
  return response;
}

}  // namespace

Result<std::optional<InstanceActor>> actor_at(const std::string& public_url, const std::string& data_folder,
                                              const std::string& token_key_file) {
  if (public_url.empty()) return std::optional<InstanceActor>();
  const std::string address = public_url + std::string(kPath);
  auto tokens = pipeline::TokenStore::open(data_folder, token_key_file);
  if (!tokens) return tokens.error();
  auto known = tokens->actor();
  if (!known) return known.error();
  if (*known) return (*known)->address() == address ? std::move(*known) : std::optional<InstanceActor>();
  // Signed in the name of an actor that nobody can look up, requests are refused that would be answered unsigned.
  if (!public_url.starts_with("https://")) return std::optional<InstanceActor>();
  auto made = InstanceActor::make(address);
  if (!made) return made.error();
  if (auto kept = tokens->put(*made); !kept) return kept.error();
  return std::optional(std::move(*made));
}

std::vector<http::Route> actor_routes(const InstanceActor& actor) {
  using connect::activitypub::actor_handle;
  const auto text = std::make_shared<const std::string>(connect::activitypub::actor_document(actor));
  const auto webfinger = std::make_shared<const std::string>(connect::activitypub::actor_webfinger(actor));
  const std::string type(connect::activitypub::kActorType), webfinger_type(connect::activitypub::kWebfingerType);
  return {{.path = std::string(kPath),
           .id = "get_actor",
           .summary = "The actor that signs what this instance asks of other servers (ActivityPub).",
           .tag = "system",
           .answers = {{.description = "Its document.", .content_type = type, .schema = R"({"type":"object"})"}},
           .handler = [text, type](const http::Request&) { return document(text, type); }},
          {.path = "/.well-known/webfinger",
           .id = "get_webfinger",
           .summary = "Where the actor is found (RFC 7033).",
           .tag = "system",
           .parameters = {{.name = "resource", .description = "The actor's handle or address.", .most_bytes = 500}},
           .answers = {{.description = "Where.", .content_type = webfinger_type, .schema = R"({"type":"object"})"},
                       {.status = 404, .description = "Nobody of that handle is found by WebFinger here."}},
           .handler = [webfinger, webfinger_type, handle = actor_handle(actor),
                       address = actor.address()](const http::Request& request) {
             const auto asked = request.arguments.text("resource");
             if (!asked || (*asked != handle && *asked != address))
               return http::problem(404, "nobody of that handle is found by WebFinger here");
             return document(webfinger, webfinger_type);
           }}};
}

}  // namespace renown::api
