/// Subject: the person that a path names, and how near the caller is to them.
#pragma once

#include <optional>

#include "renown/result.h"

#include "access/preferences.h"
#include "api/context.h"
#include "base/held.h"
#include "http/message.h"
#include "http/parameter.h"

namespace renown::api {

enum class Nearness {
  self,       ///< the caller is the person, or a key of theirs with the scope
  operator_,  ///< runs the instance
  other,      ///< somebody who may see what the person shows
};

struct Subject {
  base::Held<instance::Directory> directory;  ///< has the person
  const people::Person* person = nullptr;
  access::PersonPreferences preferences;
  Nearness nearness = Nearness::other;

  bool is_self() const { return nearness == Nearness::self; }
};

/// Of whom the argument `person` ("me" or an id) speaks.
///
/// scope   under which keys see what is their owner's
/// errors  not_found: nobody, or nobody who shows anything to this caller, which is the same answer; usage for a key
///         without the scope, and for "me" of somebody who is no person here
Result<Subject> find_subject(Context& context, const http::Request& request, access::Scope scope);

/// As find_subject, where only the person may ask: for everybody else it is not_found.
Result<Subject> find_self(Context& context, const http::Request& request, access::Scope scope);

/// The parameter `person` of a path.
http::Parameter person_parameter();

/// Whether a person shows the card to this caller.
bool shows_card(const access::PersonPreferences& preferences, bool caller_is_logged_in);

}  // namespace renown::api
