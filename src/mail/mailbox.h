/// Mailboxes: what a letter can be sent to.
#pragma once

#include <string>
#include <string_view>

#include "renown/result.h"

namespace renown::mail {

/// The address as it stands in the commands of SMTP: a name of the usual letters (RFC 5321's Dot-string), an `@`, and a
/// domain in its ASCII form, in lower case. So there is nothing in it that could end a header, a command or a bracket.
///
/// errors  bad_input for quoted names, names beyond ASCII, addresses instead of domains, and what is no address
Result<std::string> mailbox(std::string_view text);

/// What stands after the `@` of a mailbox.
std::string_view domain_of(std::string_view mailbox);

}  // namespace renown::mail
