/// /v1/invitations, /v1/enrolments: how people come to be here, by their own will.

#include <memory>
#include <mutex>

#include <fmt/format.h>

#include "access/password.h"
#include "access/text_rule.h"
#include "api/answers.h"
#include "api/caller.h"
#include "api/problem_types.h"
#include "api/routes.h"
#include "api/session.h"
#include "http/problem.h"

namespace renown::api {
namespace {

Result<http::Response> list_invitations(Context& context, const http::Request& request) {
  const auto invitations = context.access.links().invitations(caller_of(request).login(), context.now());
  if (!invitations) return invitations.error();
  JsonText json = compact_json();
  json.begin_object();
  json.begin_array("items");
  for (const access::Link& link : *invitations) {
    json.begin_object();
    id_text(json, "id", link.id);
    json.text("name", link.note);
    time_or_null(json, "created", link.created);
    time_or_null(json, "expires", link.expires);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json_answer(std::move(json));
}

Result<http::Response> invite(Context& context, const http::Request& request) {
  const auto object = RequestObject::read(request);
  if (!object) return object.error();
  const auto note = object->optional_text("name", 100);
  if (!note) return note.error();
  const auto made =
      context.access.links().make_invitation(caller_of(request).login(), note->value_or(""), context.now());
  if (!made) return problem_or_full(made.error());
  JsonText json = compact_json();
  json.begin_object();
  id_text(json, "id", made->link.id);
  json.text("url", fmt::format("{}/join/{}", context.public_url, made->token));
  time_or_null(json, "expires", made->link.expires);
  json.end_object();
  http::Response response = json_answer(std::move(json), 201);
  response.may_compress = false;
  return response;
}

Result<http::Response> withdraw_invitation(Context& context, const http::Request& request) {
  const auto id = id_argument(request, "invitation");
  if (!id) return id.error();
  auto withdrawn = context.access.links().withdraw_invitation(caller_of(request).login(), *id);
  if (!withdrawn) return withdrawn.error();
  return nothing_to_say();
}

/// An invitation and who sent it. errors  not_found
Result<std::pair<access::Link, access::Login>> open_invitation(Context& context, std::string_view token) {
  const Error none{ErrorCode::not_found, "this invitation was used, withdrawn or has expired: ask for another"};
  auto link = context.access.links().look_at(token, context.now());
  if (!link) return link.error();
  if (!*link || (*link)->kind != access::LinkKind::invitation) return none;
  auto inviter = context.access.logins().find((*link)->login);
  if (!inviter) return inviter.error();
  if (!*inviter) return none;
  return std::pair(std::move(**link), std::move(**inviter));
}

http::Response invitation_problem(const Error& error) {
  return problem_of(error, error.code == ErrorCode::not_found ? kProblemInvitationVoid : "");
}

Result<http::Response> look_at_invitation(Context& context, const http::Request& request) {
  const auto invitation = open_invitation(context, *request.arguments.text("token"));
  if (!invitation) return invitation_problem(invitation.error());
  JsonText json = compact_json();
  json.begin_object();
  json.text("from", invitation->second.display_name);
  json.text("name", invitation->first.note);
  time_or_null(json, "expires", invitation->first.expires);
  json.end_object();
  return json_answer(std::move(json));
}

/// Whether an enrolment that was killed halfway left that person: one who never had anything, and whom this inviter
/// vouches for, or nobody.
Result<bool> is_left_over(Context& context, const people::Person& person, std::string_view inviter_name) {
  if (person.basis != people::ConsentBasis::enrolled || !person.accounts.empty() || !person.merged.empty() ||
      person.cut || (!person.inviter.empty() && person.inviter != inviter_name))
    return false;
  if (person.verified && person.verified != people::VerifiedBy::invitation) return false;
  const auto login = context.access.logins().of_person(person.id);
  if (!login) return login.error();
  return !*login;
}

/// A new person, for whom the inviter vouches where the inviter is verified. Adding and vouching are two steps: who was
/// left over may lack the second.
Result<instance::PersonId> add_person(Context& context, const std::string& name, const access::Login& inviter) {
  const auto directory = context.instance.directory();
  const people::Person* vouching = directory->find(inviter.person);
  if (vouching != nullptr && !vouching->verified) vouching = nullptr;
  instance::PersonId person = 0;
  bool is_vouched_for = vouching == nullptr;
  if (const people::Person* known = directory->named(name)) {
    const auto is_left = is_left_over(context, *known, vouching == nullptr ? "" : vouching->name);
    if (!is_left) return is_left.error();
    if (*is_left) person = known->id;
    is_vouched_for = is_vouched_for || !known->inviter.empty();
  }
  auto added = context.instance.change_people([&](pipeline::PeopleFolder& folder) -> Result<void> {
    people::PeopleRegistry& registry = folder.registry();
    if (person == 0) {
      auto id = registry.add(name, people::ConsentBasis::enrolled, context.now());
      if (!id) return id.error();
      person = *id;
    }
    if (is_vouched_for) return {};
    return registry.invite(vouching->name, name, context.now());
  });
  if (!added) return added.error();
  return person;
}

void take_back(Context& context, const std::string& name) {
  static_cast<void>(context.instance.change_people(
      [&](pipeline::PeopleFolder& folder) { return folder.registry().erase_bare_person(name); }));
}

/// The person first: a login without one would see nothing. If the invitation was used meanwhile the person goes again;
/// what a kill leaves is a person without a login, whom the same enrolment takes up again.
///
/// one_at_a_time  so that nobody takes up, or takes back, the person of an enrolment that is under way
Result<http::Response> enrol(Context& context, const http::Request& request, std::mutex& one_at_a_time) {
  const auto object = RequestObject::read(request);
  if (!object) return object.error();
  const auto token = object->text("invitation", 100);
  const auto given = object->text("name", 100);
  const auto password = object->text("password", 1024);
  for (const auto* each : {&token, &given, &password}) {
    if (!*each) return each->error();
  }
  const auto name = access::some_text("\"name\"", *given, 100);  // blanks around another's name make no other name
  if (!name) return name.error();
  if (auto good = access::check_password(*password); !good) return problem_of(good.error(), kProblemPasswordRule);
  const auto invitation = open_invitation(context, *token);
  if (!invitation) return invitation_problem(invitation.error());
  const std::lock_guard lock(one_at_a_time);
  const auto person = add_person(context, *name, invitation->second);
  if (!person) {
    const auto directory = context.instance.directory();
    return problem_of(person.error(), directory->named(*name) != nullptr ? kProblemNameTaken : "");
  }
  const auto accepted = context.access.links().accept_invitation(
      *token, {.person = *person, .name = *name, .display_name = *name, .password = *password}, context.now());
  if (!accepted) {
    take_back(context, *name);
    if (accepted.error().code == ErrorCode::usage) return problem_of(accepted.error(), kProblemNameTaken);
    return invitation_problem(accepted.error());
  }
  return start_session(context, request, accepted->login.id, 201);
}

}  // namespace

std::vector<http::Route> enrolment_routes(Context& context) {
  std::vector<http::Route> routes;
  routes.push_back({.path = "/v1/invitations",
                    .id = "list_invitations",
                    .summary = "One's open invitations.",
                    .tag = "sessions",
                    .answers = {{.description = "The invitations.", .schema = schema_ref("Invitations")}},
                    .scopes = {std::string(kSession)},
                    .handler = answering([&](const auto& request) { return list_invitations(context, request); })});
  routes.push_back({.method = "POST",
                    .path = "/v1/invitations",
                    .id = "invite",
                    .summary = "Makes an invitation; its address is told once.",
                    .tag = "sessions",
                    .body = http::RequestBody{.schema = schema_ref("NewInvitation"), .most_bytes = 4096},
                    .answers = {{.status = 201, .description = "It.", .schema = schema_ref("MadeInvitation")}},
                    .scopes = {std::string(kSession)},
                    .run_on = http::RunOn::workers,
                    .handler = answering([&](const auto& request) { return invite(context, request); })});
  routes.push_back(
      {.method = "DELETE",
       .path = "/v1/invitations/{invitation}",
       .id = "withdraw_invitation",
       .summary = "Withdraws an invitation that nobody accepted yet.",
       .tag = "sessions",
       .parameters = {{.name = "invitation", .description = "Number of the invitation.", .most_bytes = 20}},
       .answers = {{.status = 204, .description = "It is withdrawn.", .content_type = ""}},
       .scopes = {std::string(kSession)},
       .run_on = http::RunOn::workers,
       .handler = answering([&](const auto& request) { return withdraw_invitation(context, request); })});
  routes.push_back({.path = "/v1/invitations/open/{token}",
                    .id = "look_at_invitation",
                    .summary = "Who invites, for whoever got the invitation.",
                    .tag = "sessions",
                    .parameters = {{.name = "token", .description = "Of the invitation.", .most_bytes = 100}},
                    .answers = {{.description = "The invitation.", .schema = schema_ref("OpenInvitation")}},
                    .handler = answering([&](const auto& request) { return look_at_invitation(context, request); })});
  routes.push_back(
      {.method = "POST",
       .path = "/v1/enrolments",
       .id = "enrol",
       .summary = "Accepts an invitation: a person, a log-in and a session.",
       .tag = "sessions",
       .body = http::RequestBody{.schema = schema_ref("Enrolment"), .most_bytes = 4096},
       .answers = {{.status = 201, .description = "The session.", .schema = schema_ref("Session")}},
       .run_on = http::RunOn::workers,
       .handler = answering([&context, one_at_a_time = std::make_shared<std::mutex>()](const auto& request) {
         return enrol(context, request, *one_at_a_time);
       })});
  return routes;
}

}  // namespace renown::api
