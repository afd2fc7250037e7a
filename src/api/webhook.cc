/// /v1/webhooks and /v1/push: where a person is told that the score has moved.

#include "access/page.h"
#include "api/answers.h"
#include "api/caller.h"
#include "api/routes.h"
#include "base/encoding.h"
#include "base/time.h"

namespace renown::api {
namespace {

constexpr int kAttemptsPage = 50;
constexpr double kUsualThreshold = 1.0;

/// Webhooks and notifications are about a person's own score. errors  not_found for who is no person here
Result<instance::PersonId> own_person(const http::Request& request) {
  const instance::PersonId person = caller_of(request).person();
  if (person == 0) return Error{ErrorCode::not_found, "you are no person here, so no score of yours can move"};
  return person;
}

// -- webhooks

void write_endpoint(JsonText& json, const webhook::Endpoint& endpoint) {
  id_text(json, "id", endpoint.id);
  json.text("url", endpoint.url);
  json.number("threshold", endpoint.threshold);
  time_or_null(json, "created", endpoint.created);
  time_or_null(json, "failing_since", endpoint.failing_since.value_or(0));
  time_or_null(json, "disabled", endpoint.disabled.value_or(0));
  optional_text(json, "disabled_reason", endpoint.disabled_reason);
}

Result<http::Response> list_webhooks(Context& context, const http::Request& request) {
  const auto person = own_person(request);
  if (!person) return person.error();
  const auto endpoints = context.outlets.webhooks().endpoints(*person);
  if (!endpoints) return endpoints.error();
  JsonText json = compact_json();
  json.begin_object();
  json.begin_array("items");
  for (const webhook::Endpoint& endpoint : *endpoints) {
    json.begin_object();
    write_endpoint(json, endpoint);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json_answer(std::move(json));
}

Result<http::Response> make_webhook(Context& context, const http::Request& request) {
  const auto person = own_person(request);
  if (!person) return person.error();
  const auto object = RequestObject::read(request);
  if (!object) return object.error();
  const auto url = object->text("url", 2000);
  if (!url) return url.error();
  const auto threshold = object->optional_number("threshold", webhook::WebhookStore::kLeastThreshold,
                                                 webhook::WebhookStore::kMostThreshold);
  if (!threshold) return threshold.error();
  const auto made = context.outlets.webhooks().add(*person, *url, threshold->value_or(kUsualThreshold),
                                                   context.outlets.guard(), context.now());
  if (!made) return problem_or_full(made.error());
  JsonText json = compact_json();
  json.begin_object();
  write_endpoint(json, made->endpoint);
  json.text("secret", made->secret);
  json.end_object();
  http::Response response = json_answer(std::move(json), 201);
  response.may_compress = false;
  return response;
}

Result<http::Response> remove_webhook(Context& context, const http::Request& request) {
  const auto person = own_person(request);
  if (!person) return person.error();
  const auto id = id_argument(request, "webhook");
  if (!id) return id.error();
  auto removed = context.outlets.webhooks().remove(*person, *id);
  if (!removed) return removed.error();
  return nothing_to_say();
}

Result<http::Response> enable_webhook(Context& context, const http::Request& request) {
  const auto person = own_person(request);
  if (!person) return person.error();
  const auto id = id_argument(request, "webhook");
  if (!id) return id.error();
  auto enabled = context.outlets.webhooks().enable(*person, *id);
  if (!enabled) return enabled.error();
  context.outlets.wake();
  return nothing_to_say();
}

Result<http::Response> test_webhook(Context& context, const http::Request& request) {
  const auto person = own_person(request);
  if (!person) return person.error();
  const auto id = id_argument(request, "webhook");
  if (!id) return id.error();
  const auto delivery = context.outlets.webhooks().queue_test(*person, *id, context.now());
  if (!delivery) return delivery.error();
  context.outlets.wake();
  JsonText json = compact_json();
  json.begin_object();
  json.text("delivery", *delivery);
  json.end_object();
  return json_answer(std::move(json), 202);
}

Result<http::Response> list_deliveries(Context& context, const http::Request& request) {
  const auto person = own_person(request);
  if (!person) return person.error();
  const auto id = id_argument(request, "webhook");
  if (!id) return id.error();
  std::optional<std::int64_t> before;
  if (const auto cursor = request.arguments.text("cursor")) {
    const auto place = access::parse_cursor(*cursor);
    if (!place) return place.error();
    before = *place;
  }
  const auto attempts = context.outlets.webhooks().attempts(*person, *id, before, kAttemptsPage + 1);
  if (!attempts) return attempts.error();
  JsonText json = compact_json();
  json.begin_object();
  json.begin_array("items");
  const std::size_t shown = std::min<std::size_t>(attempts->size(), kAttemptsPage);
  for (std::size_t i = 0; i < shown; ++i) {
    const webhook::Attempt& attempt = (*attempts)[i];
    json.begin_object();
    json.text("delivery", attempt.delivery);
    json.text("type", attempt.type);
    json.text("time", base::format_time(attempt.time));
    json.count("attempt", static_cast<std::uint64_t>(attempt.attempt));
    json.count("status", static_cast<std::uint64_t>(attempt.status));
    optional_text(json, "problem", attempt.problem);
    json.end_object();
  }
  json.end_array();
  attempts->size() > shown ? json.text("next", access::cursor_text((*attempts)[shown - 1].number)) : json.null("next");
  json.end_object();
  return json_answer(std::move(json));
}

// -- notifications

Result<http::Response> list_subscriptions(Context& context, const http::Request& request) {
  const auto person = own_person(request);
  if (!person) return person.error();
  const auto subscriptions = context.outlets.subscriptions().subscriptions(*person);
  if (!subscriptions) return subscriptions.error();
  JsonText json = compact_json();
  json.begin_object();
  json.text("public_key", base::base64url(context.outlets.subscriptions().key().point()));
  json.begin_array("items");
  for (const push::Subscription& subscription : *subscriptions) {
    json.begin_object();
    id_text(json, "id", subscription.id);
    time_or_null(json, "created", subscription.created);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json_answer(std::move(json));
}

Result<http::Response> subscribe(Context& context, const http::Request& request) {
  const auto person = own_person(request);
  if (!person) return person.error();
  const auto object = RequestObject::read(request);
  if (!object) return object.error();
  const auto endpoint = object->text("endpoint", 2000);
  if (!endpoint) return endpoint.error();
  const io::JsonValue keys = (*object)["keys"];
  const auto id = context.outlets.subscriptions().add(*person, *endpoint, keys["p256dh"].text(), keys["auth"].text(),
                                                      context.outlets.guard(), context.now());
  if (!id) return id.error();
  JsonText json = compact_json();
  json.begin_object();
  id_text(json, "id", *id);
  json.end_object();
  return json_answer(std::move(json), 201);
}

Result<http::Response> unsubscribe(Context& context, const http::Request& request) {
  const auto person = own_person(request);
  if (!person) return person.error();
  const auto id = id_argument(request, "subscription");
  if (!id) return id.error();
  auto removed = context.outlets.subscriptions().remove(*person, *id);
  if (!removed) return removed.error();
  return nothing_to_say();
}

http::Route own_route(std::string method, std::string path, std::string id, std::string summary,
                      http::Handler handler) {
  http::Route route{.method = std::move(method),
                    .path = std::move(path),
                    .id = std::move(id),
                    .summary = std::move(summary),
                    .tag = "outlets",
                    .scopes = {std::string(kSession)},
                    .run_on = http::RunOn::workers,
                    .handler = std::move(handler)};
  if (const std::size_t at = route.path.find('{'); at != std::string::npos) {
    const std::string name = route.path.substr(at + 1, route.path.find('}') - at - 1);
    route.parameters = {{.name = name, .description = "Its number.", .most_bytes = 20}};
  }
  return route;
}

}  // namespace

std::vector<http::Route> webhook_routes(Context& context) {
  const http::Answer done{.status = 204, .description = "It is done.", .content_type = ""};
  std::vector<http::Route> routes;
  const auto add = [&](http::Route route) -> http::Route& {
    routes.push_back(std::move(route));
    return routes.back();
  };
  add(own_route("GET", "/v1/webhooks", "list_webhooks", "One's webhooks, without their secrets.",
                answering([&](const auto& request) { return list_webhooks(context, request); })))
      .answers = {{.description = "The webhooks.", .schema = schema_ref("Webhooks")}};
  http::Route& made = add(own_route("POST", "/v1/webhooks", "make_webhook",
                                    "Makes a webhook (Standard Webhooks); its secret is told once.",
                                    answering([&](const auto& request) { return make_webhook(context, request); })));
  made.body = http::RequestBody{.schema = schema_ref("NewWebhook"), .most_bytes = 8192};
  made.answers = {{.status = 201, .description = "The webhook.", .schema = schema_ref("MadeWebhook")}};
  add(own_route("DELETE", "/v1/webhooks/{webhook}", "remove_webhook", "Removes a webhook.",
                answering([&](const auto& request) { return remove_webhook(context, request); })))
      .answers = {done};
  add(own_route("POST", "/v1/webhooks/{webhook}/enable", "enable_webhook", "Sends to it again.",
                answering([&](const auto& request) { return enable_webhook(context, request); })))
      .answers = {done};
  add(own_route("POST", "/v1/webhooks/{webhook}/test", "test_webhook", "Sends it a test.",
                answering([&](const auto& request) { return test_webhook(context, request); })))
      .answers = {{.status = 202, .description = "It is on its way.", .schema = schema_ref("Delivery")}};
  http::Route& deliveries =
      add(own_route("GET", "/v1/webhooks/{webhook}/deliveries", "list_deliveries", "What was sent, newest first.",
                    answering([&](const auto& request) { return list_deliveries(context, request); })));
  deliveries.parameters.push_back(cursor_parameter());
  deliveries.answers = {{.description = "A page.", .schema = page_schema("Attempt")}};
  add(own_route("GET", "/v1/push", "list_subscriptions", "Browsers that are told, and the key to subscribe with.",
                answering([&](const auto& request) { return list_subscriptions(context, request); })))
      .answers = {{.description = "The subscriptions.", .schema = schema_ref("Subscriptions")}};
  http::Route& subscribed = add(own_route("POST", "/v1/push", "subscribe", "Tells this browser too (Web Push).",
                                          answering([&](const auto& request) { return subscribe(context, request); })));
  subscribed.body = http::RequestBody{.schema = schema_ref("NewSubscription"), .most_bytes = 8192};
  subscribed.answers = {{.status = 201, .description = "Its number.", .schema = schema_ref("Id")}};
  add(own_route("DELETE", "/v1/push/{subscription}", "unsubscribe", "Tells that browser no more.",
                answering([&](const auto& request) { return unsubscribe(context, request); })))
      .answers = {done};
  return routes;
}

}  // namespace renown::api
