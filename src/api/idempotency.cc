#include "api/idempotency.h"

#include <utility>

#include <fmt/format.h>

#include "api/answers.h"
#include "api/caller.h"
#include "api/problem_types.h"
#include "http/problem.h"

namespace renown::api {
namespace {

/// Answers that tell a secret are the ones that may not be compressed.
bool holds_secret(const http::Response& response) {
  return !response.may_compress;
}

access::RecordedAnswer recorded(const http::Response& response) {
  access::RecordedAnswer answer{.status = response.status};
  answer.headers.emplace_back("Content-Type", response.content_type);
  answer.is_withheld = holds_secret(response);
  if (!answer.is_withheld) answer.body = response.body.bytes();
  return answer;
}

http::Response replayed(const access::RecordedAnswer& answer) {
  if (answer.is_withheld && answer.status < 300) {
    return http::problem(409,
                         "this was done by an earlier request with the same Idempotency-Key, whose answer held a "
                         "secret that is told once",
                         kProblemDoneBefore);
  }
  http::Response response{.status = answer.status, .body = answer.body};
  for (const auto& [name, value] : answer.headers) {
    if (name == "Content-Type") response.content_type = value;
  }
  response.headers.add("Idempotency-Replayed", "true");
  return response;
}

std::string caller_name(const Caller& caller) {
  return caller.key ? access::caller_of_key(caller.key->id) : access::caller_of_login(caller.login());
}

}  // namespace

void make_idempotent(Context& context, http::Route& route) {
  route.handler = [&context, id = route.id, handler = std::move(route.handler)](const http::Request& request) {
    const auto key = request.headers.find("Idempotency-Key");
    const Caller& caller = caller_of(request);
    if (!key || caller.is_anonymous()) return handler(request);
    const std::string asked = fmt::format("{}?{}\n{}", request.path, request.query, request.body);
    auto attempt = context.access.idempotency().begin(caller_name(caller), id, *key, asked, context.now());
    if (!attempt) return problem_of(attempt.error());
    switch (attempt->state()) {
      case access::Attempt::State::under_way:
        return http::problem(409, "a request with this Idempotency-Key is being answered: wait for it",
                             kProblemUnderWay);
      case access::Attempt::State::conflict:
        return http::problem(422, "this Idempotency-Key was used for another request: take a new one", kProblemKeyUsed);
      case access::Attempt::State::replay:
        return replayed(attempt->answer());
      case access::Attempt::State::first:
        break;
    }
    http::Response response = handler(request);
    if (auto kept = attempt->finish(recorded(response), context.now()); !kept) return problem_of(kept.error());
    return response;
  };
}

}  // namespace renown::api
