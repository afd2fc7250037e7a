/// /v1/keys: API keys of one's own.

#include <fmt/format.h>

#include "api/answers.h"
#include "api/caller.h"
#include "api/routes.h"
#include "base/time.h"

namespace renown::api {
namespace {

void write_key(JsonText& json, const access::ApiKey& key) {
  id_text(json, "id", key.id);
  json.text("prefix", key.prefix);
  json.text("name", key.name);
  json.begin_array("scopes");
  const std::string scopes = key.scopes.text();
  for (std::size_t begin = 0; begin < scopes.size();) {
    const std::size_t end = std::min(scopes.find(' ', begin), scopes.size());
    json.text("", std::string_view(scopes).substr(begin, end - begin));
    begin = end + 1;
  }
  json.end_array();
  optional_text(json, "organisation", key.organisation);
  optional_text(json, "purpose", key.purpose);
  time_or_null(json, "created", key.created);
  time_or_null(json, "expires", key.expires);
  time_or_null(json, "last_used", key.last_used);
  time_or_null(json, "revoked", key.revoked);
}

Result<http::Response> list_keys(Context& context, const http::Request& request) {
  const auto keys = context.access.api_keys().of_login(caller_of(request).login());
  if (!keys) return keys.error();
  JsonText json = compact_json();
  json.begin_object();
  json.begin_array("items");
  for (const access::ApiKey& key : *keys) {
    json.begin_object();
    write_key(json, key);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json_answer(std::move(json));
}

Result<access::NewApiKey> read_key(const http::Request& request) {
  const auto object = RequestObject::read(request);
  if (!object) return object.error();
  access::NewApiKey key{.login = caller_of(request).login()};
  auto name = object->text("name", 100);
  if (!name) return name.error();
  key.name = std::move(*name);
  const auto scopes = object->texts("scopes", 10);
  if (!scopes) return scopes.error();
  std::string names;
  for (const std::string& scope : *scopes) names += (names.empty() ? "" : " ") + scope;
  auto parsed = access::ScopeSet::parse(names);
  if (!parsed) return parsed.error();
  key.scopes = *parsed;
  for (auto [member, place] : {std::pair{"organisation", &key.organisation}, {"purpose", &key.purpose}}) {
    auto text = object->optional_text(member, 200);
    if (!text) return text.error();
    if (*text) *place = std::move(**text);
  }
  const auto expires = object->optional_text("expires", 40);
  if (!expires) return expires.error();
  if (*expires) {
    const auto time = base::parse_time(**expires);
    if (!time) return bad_input("\"expires\" must be a time such as 2027-01-01T00:00:00Z");
    key.expires = *time;
  }
  return key;
}

Result<http::Response> make_key(Context& context, const http::Request& request) {
  const auto key = read_key(request);
  if (!key) return key.error();
  const auto made = context.access.api_keys().make(*key, key->login, context.now());
  if (!made) return problem_or_full(made.error());
  JsonText json = compact_json();
  json.begin_object();
  write_key(json, made->key);
  json.text("key", made->text);
  json.end_object();
  http::Response response = json_answer(std::move(json), 201);
  response.may_compress = false;
  return response;
}

Result<http::Response> revoke_key(Context& context, const http::Request& request) {
  const auto id = id_argument(request, "key");
  if (!id) return id.error();
  const access::LoginId login = caller_of(request).login();
  auto revoked = context.access.api_keys().revoke(login, *id, login, context.now());
  if (!revoked) return revoked.error();
  return nothing_to_say();
}

}  // namespace

std::vector<http::Route> key_routes(Context& context) {
  std::vector<http::Route> routes;
  routes.push_back({.path = "/v1/keys",
                    .id = "list_keys",
                    .summary = "One's API keys, without their secrets.",
                    .tag = "keys",
                    .answers = {{.description = "The keys.", .schema = schema_ref("Keys")}},
                    .scopes = {std::string(kSession)},
                    .handler = answering([&](const auto& request) { return list_keys(context, request); })});
  routes.push_back({.method = "POST",
                    .path = "/v1/keys",
                    .id = "make_key",
                    .summary = "Makes an API key; its text is told once.",
                    .tag = "keys",
                    .body = http::RequestBody{.schema = schema_ref("NewKey"), .most_bytes = 4096},
                    .answers = {{.status = 201, .description = "The key.", .schema = schema_ref("MadeKey")}},
                    .scopes = {std::string(kSession)},
                    .run_on = http::RunOn::workers,
                    .handler = answering([&](const auto& request) { return make_key(context, request); })});
  routes.push_back({.method = "DELETE",
                    .path = "/v1/keys/{key}",
                    .id = "revoke_key",
                    .summary = "Ends an API key for good.",
                    .tag = "keys",
                    .parameters = {{.name = "key", .description = "Number of the key.", .most_bytes = 20}},
                    .answers = {{.status = 204, .description = "It has ended.", .content_type = ""}},
                    .scopes = {std::string(kSession)},
                    .run_on = http::RunOn::workers,
                    .handler = answering([&](const auto& request) { return revoke_key(context, request); })});
  return routes;
}

}  // namespace renown::api
