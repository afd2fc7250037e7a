#include "api/subject.h"

#include <utility>

#include "api/answers.h"
#include "api/caller.h"

namespace renown::api {
namespace {

Error nobody() {
  return {ErrorCode::not_found, "there is no such person, or nobody who shows this to you"};
}

}  // namespace

http::Parameter person_parameter() {
  return {.name = "person", .description = "Number of the person, or `me`.", .most_bytes = 20};
}

bool shows_card(const access::PersonPreferences& preferences, bool caller_is_logged_in) {
  if (preferences.opted_out) return false;
  return preferences.card == access::CardAudience::everyone ||
         (preferences.card == access::CardAudience::members && caller_is_logged_in);
}

Result<Subject> find_subject(Context& context, const http::Request& request, access::Scope scope) {
  const Caller& caller = caller_of(request);
  instance::PersonId id = 0;
  if (request.arguments.text("person") == "me") {
    if (caller.person() == 0)
      return Error{ErrorCode::not_found, "you are no person here: log in as one to ask for what is yours"};
    id = caller.person();
  } else {
    auto number = id_argument(request, "person");
    if (!number) return nobody();
    id = *number;
  }
  Subject subject{.directory = context.instance.directory(), .person = nullptr, .preferences = {}};
  subject.person = subject.directory->find(id);
  if (subject.person == nullptr) return nobody();
  auto preferences = context.access.preferences().of(id);
  if (!preferences) return preferences.error();
  subject.preferences = std::move(*preferences);
  if (caller.person() == id && caller.may(scope)) {
    subject.nearness = Nearness::self;
  } else if (caller.is_operator()) {
    subject.nearness = Nearness::operator_;
  } else if (!shows_card(subject.preferences, !caller.is_anonymous()) ||
             subject.person->basis == people::ConsentBasis::none) {
    return nobody();
  }
  return subject;
}

Result<Subject> find_self(Context& context, const http::Request& request, access::Scope scope) {
  auto subject = find_subject(context, request, scope);
  if (subject && !subject->is_self()) return nobody();
  return subject;
}

}  // namespace renown::api
