/// /v1/people/{person}/addresses, /digest, /unsubscribe/{token}: where letters go, and by what a person is found. For
/// the person alone, but for the way out, which whoever holds a letter may take.

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "access/addresses.h"
#include "api/answers.h"
#include "api/caller.h"
#include "api/digest.h"
#include "api/guard.h"
#include "api/problem_types.h"
#include "api/routes.h"
#include "api/subject.h"
#include "http/problem.h"

namespace renown::api {
namespace {

constexpr std::int64_t kTryAgainSeconds = 3'600;

http::Response too_many_letters() {
  http::Response refusal =
      http::problem(429, "you asked for too many letters today: try again tomorrow", kProblemTooManyLetters);
  refusal.headers.add("Retry-After", fmt::format("{}", kTryAgainSeconds));
  return refusal;
}

http::Response no_mail() {
  return http::problem(400, "this server sends no e-mail: its operator has set up no mail server", kProblemNoMail);
}

http::Response letter_under_way() {
  return http::problem(409, "a letter to you is on its way: ask again once it has come", kProblemLetterUnderWay);
}

http::Response no_reader() {
  return http::problem(400, "no address of yours is confirmed for letters: add one first", kProblemNoAddress);
}

// -- what is there

/// An address as the person sees it. Of one that only others find by, nothing but its hash is kept.
struct ShownAddress {
  std::string id = {};
  std::string address = {};  ///< empty: not kept
  std::string sha256 = {};
  mail::AddressState state = mail::AddressState::confirmed;
  bool letters = false, findable = false;
  std::int64_t added = 0, expires = 0;
};

Result<std::vector<ShownAddress>> shown_addresses(Context& context, instance::PersonId person) {
  mail::MailStore& store = context.outlets.letters().store();
  const auto kept = store.addresses(person, context.now());
  if (!kept) return kept.error();
  const auto hashes = context.access.addresses().of_person(person);
  if (!hashes) return hashes.error();
  std::vector<ShownAddress> shown;
  std::set<std::string, std::less<>> left;
  for (const access::OptedInAddress& each : *hashes) left.insert(each.sha256);
  for (const mail::Address& each : *kept) {
    auto sha256 = access::address_hash(each.address);
    if (!sha256) return sha256.error();
    const bool is_waiting = each.state == mail::AddressState::waiting;
    const bool is_found_by = left.erase(*sha256) > 0;
    shown.push_back({.id = each.name,
                     .address = each.address,
                     .sha256 = std::move(*sha256),
                     .state = each.state,
                     .letters = each.letters,
                     .findable = is_waiting ? each.findable : is_found_by,
                     .added = each.created,
                     .expires = is_waiting ? each.expires : 0});
  }
  for (const access::OptedInAddress& each : *hashes) {
    if (left.contains(each.sha256))
      shown.push_back({.id = store.address_name(each.sha256),
                       .address = {},
                       .sha256 = each.sha256,
                       .findable = true,
                       .added = each.added});
  }
  return shown;
}

void write_address(JsonText& json, const ShownAddress& address) {
  json.begin_object();
  json.text("id", address.id);
  optional_text(json, "address", address.address);
  json.text("state", mail::address_state_name(address.state));
  json.boolean("letters", address.letters);
  json.boolean("findable", address.findable);
  time_or_null(json, "added", address.added);
  time_or_null(json, "expires", address.expires);
  json.end_object();
}

http::Response private_answer(JsonText json, int status = 200) {
  http::Response response = json_answer(std::move(json), status);
  response.headers.add("Cache-Control", "no-store");
  return response;
}

Result<http::Response> list_addresses(Context& context, const http::Request& request) {
  const auto subject = find_self(context, request, access::Scope::score_read);
  if (!subject) return subject.error();
  const auto addresses = shown_addresses(context, subject->person->id);
  if (!addresses) return addresses.error();
  JsonText json = compact_json();
  json.begin_object();
  json.boolean("available", context.outlets.letters().has_server());
  json.begin_array("items");
  for (const ShownAddress& address : *addresses) write_address(json, address);
  json.end_array();
  json.end_object();
  return private_answer(std::move(json));
}

// -- adding one

/// The same answer whoever's the address is, and whether or not a letter goes out: nothing is to be learnt about
/// others.
Result<http::Response> add_address(Context& context, const http::Request& request) {
  const auto subject = find_self(context, request, access::Scope::score_read);
  if (!subject) return subject.error();
  Letters& letters = context.outlets.letters();
  if (!letters.has_server()) return no_mail();
  if (subject->preferences.opted_out)
    return http::problem(400, "you have opted out, so nothing is sent to you: opt in first", kProblemOptedOut);
  const auto object = RequestObject::read(request);
  if (!object) return object.error();
  const auto address = object->text("address", 300);
  if (!address) return address.error();
  const auto wants_letters = object->optional_boolean("letters"), is_findable = object->optional_boolean("findable");
  if (!wants_letters) return wants_letters.error();
  if (!is_findable) return is_findable.error();
  const mail::Wish wish{
      .address = *address, .letters = wants_letters->value_or(true), .findable = is_findable->value_or(false)};
  if (!wish.letters && !wish.findable)
    return bad_input("say what the address is for: \"letters\", \"findable\" or both");
  const auto write = [&](const std::string& to, const std::string& token) {
    return letters.confirm_message(context, subject->preferences.locale, to, token);
  };
  const auto asked = letters.store().ask(subject->person->id, wish, write, context.now());
  if (!asked) return problem_or_full(asked.error());
  if (*asked == mail::Asked::too_many) return too_many_letters();
  letters.wake();
  JsonText json = compact_json();
  json.begin_object();
  json.text("state", "waiting");
  json.end_object();
  return private_answer(std::move(json), 202);
}

/// Whoever showed it last is found by it, if they want to; nobody else is any more.
Result<void> settle_findable(Context& context, const mail::Address& address) {
  access::Addresses& findable = context.access.addresses();
  const auto sha256 = access::address_hash(address.address);
  if (!sha256) return sha256.error();
  if (address.findable) return findable.add(address.person, address.address, context.now());
  const auto owner = findable.person_of(*sha256);
  if (!owner) return owner.error();
  if (*owner == 0) return {};
  return findable.remove(*owner, *sha256);
}

Result<http::Response> confirm_address(Context& context, const http::Request& request) {
  const auto subject = find_self(context, request, access::Scope::score_read);
  if (!subject) return subject.error();
  const auto object = RequestObject::read(request);
  if (!object) return object.error();
  const auto token = object->text("token", 100);
  if (!token) return token.error();
  mail::MailStore& store = context.outlets.letters().store();
  const auto confirmed = store.confirm(subject->person->id, *token, context.now());
  if (!confirmed) return confirmed.error();
  if (auto settled = settle_findable(context, *confirmed); !settled) return settled.error();
  if (!confirmed->letters) {  // its hash is all that is needed from now on
    if (auto removed = store.remove(subject->person->id, confirmed->name); !removed) return removed.error();
  }
  return nothing_to_say();
}

// -- changing and removing one

Result<ShownAddress> address_named(Context& context, const http::Request& request, instance::PersonId person) {
  auto all = shown_addresses(context, person);
  if (!all) return all.error();
  const auto found = std::ranges::find(*all, request.arguments.text("address").value_or(""), &ShownAddress::id);
  if (found == all->end()) return Error{ErrorCode::not_found, "there is no such address"};
  return std::move(*found);
}

Result<void> set_findable(Context& context, instance::PersonId person, const ShownAddress& address, bool is_findable) {
  if (is_findable == address.findable) return {};
  if (!is_findable) return context.access.addresses().remove(person, address.sha256);
  return context.access.addresses().add(person, address.address, context.now());
}

/// The address in plain is there for letters alone.
Result<void> set_letters(Context& context, instance::PersonId person, const ShownAddress& address, bool wants_letters) {
  if (wants_letters == address.letters) return {};
  if (wants_letters)
    return Error{ErrorCode::usage, "only a hash of this address is kept: add the address again to get letters there"};
  return context.outlets.letters().store().remove(person, address.id);
}

Result<http::Response> change_address(Context& context, const http::Request& request) {
  const auto subject = find_self(context, request, access::Scope::score_read);
  if (!subject) return subject.error();
  const instance::PersonId person = subject->person->id;
  const auto address = address_named(context, request, person);
  if (!address) return address.error();
  const auto object = RequestObject::read(request);
  if (!object) return object.error();
  const auto wants_letters = object->optional_boolean("letters"), is_findable = object->optional_boolean("findable");
  if (!wants_letters) return wants_letters.error();
  if (!is_findable) return is_findable.error();
  if (address->state == mail::AddressState::waiting)
    return http::problem(400, "this address is not confirmed yet: open the link in the letter first",
                         kProblemNotConfirmed);
  if (auto set = set_findable(context, person, *address, is_findable->value_or(address->findable)); !set)
    return set.error();
  if (auto set = set_letters(context, person, *address, wants_letters->value_or(address->letters)); !set)
    return set.error();
  return nothing_to_say();
}

Result<http::Response> remove_address(Context& context, const http::Request& request) {
  const auto subject = find_self(context, request, access::Scope::score_read);
  if (!subject) return subject.error();
  const instance::PersonId person = subject->person->id;
  const auto address = address_named(context, request, person);
  if (!address) return address.error();
  const bool is_confirmed = address->state != mail::AddressState::waiting;
  if (auto gone = set_findable(context, person, *address, address->findable && !is_confirmed); !gone)
    return gone.error();
  if (!address->address.empty()) {
    if (auto gone = context.outlets.letters().store().remove(person, address->id); !gone) return gone.error();
  }
  return nothing_to_say();
}

// -- letters

Result<http::Response> send_digest(Context& context, const http::Request& request) {
  const auto subject = find_self(context, request, access::Scope::score_read);
  if (!subject) return subject.error();
  Letters& letters = context.outlets.letters();
  if (!letters.has_server()) return no_mail();
  const auto readers = letters.store().readers(subject->person->id);
  if (!readers) return readers.error();
  if (readers->empty()) return no_reader();
  const auto facts = digest_facts(context, subject->person->id);
  if (!facts) return facts.error();
  if (!*facts) return Error{ErrorCode::busy, "nothing is known of you yet: ask again after the first run"};
  std::uint64_t queued = 0;
  bool is_under_way = false, is_too_many = false;
  for (const mail::Reader& reader : *readers) {
    const auto sent = letters.queue_digest(context, reader, **facts, mail::DigestCause::now);
    if (!sent) return sent.error();
    queued += *sent == mail::Queued::queued ? 1 : 0;
    is_under_way = is_under_way || *sent == mail::Queued::under_way;
    is_too_many = is_too_many || *sent == mail::Queued::too_many;
  }
  if (queued == 0 && is_under_way) return letter_under_way();
  if (queued == 0 && is_too_many) return too_many_letters();
  if (queued == 0) return no_reader();  // removed while this was asked for
  JsonText json = compact_json();
  json.begin_object();
  json.count("letters", queued);
  json.end_object();
  return private_answer(std::move(json), 202);
}

/// One answer for every token: of one that is none, nothing is told.
Result<http::Response> unsubscribe_letters(Context& context, const http::Request& request) {
  const auto stopped = context.outlets.letters().store().stop(request.arguments.text("token").value_or(""));
  if (!stopped) return stopped.error();
  return nothing_to_say();
}

http::Route person_route(std::string method, std::string path, std::string id, std::string summary,
                         http::Handler handler) {
  return {.method = std::move(method),
          .path = "/v1/people/{person}" + std::move(path),
          .id = std::move(id),
          .summary = std::move(summary),
          .tag = "outlets",
          .parameters = {person_parameter()},
          .scopes = {std::string(kSession)},
          .run_on = http::RunOn::workers,
          .handler = std::move(handler)};
}

http::Route one_address_route(std::string method, std::string id, std::string summary, http::Handler handler) {
  http::Route route =
      person_route(std::move(method), "/addresses/{address}", std::move(id), std::move(summary), std::move(handler));
  route.parameters.push_back(
      {.name = "address", .description = "Its id, which tells nobody the address.", .most_bytes = 40});
  return route;
}

}  // namespace

std::vector<http::Route> address_routes(Context& context) {
  const http::Answer done{.status = 204, .description = "It is done.", .content_type = ""};
  const auto handler = [&context](auto handle) {
    return answering([&context, handle](const http::Request& request) { return handle(context, request); });
  };
  std::vector<http::Route> routes;
  routes.push_back(
      person_route("GET", "/addresses", "list_addresses",
                   "E-mail addresses for letters and for being found; whether letters are sent here at all.",
                   handler(list_addresses)));
  routes.back().answers = {{.description = "The addresses.", .schema = schema_ref("Addresses")}};
  routes.push_back(person_route("POST", "/addresses", "add_address",
                                "Sends a letter with a link that confirms the address, once, within a day.",
                                handler(add_address)));
  routes.back().body = http::RequestBody{.schema = schema_ref("NewAddress"), .most_bytes = 4096};
  routes.back().answers = {{.status = 202,
                            .description = "Whoever's address it is, and whether or not it is one, the answer is this.",
                            .schema = schema_ref("AddressAsked")}};
  routes.push_back(person_route("POST", "/addresses/confirm", "confirm_address", "Confirms an address by its link.",
                                handler(confirm_address)));
  routes.back().body = http::RequestBody{.schema = schema_ref("AddressToken"), .most_bytes = 4096};
  routes.back().answers = {done};
  routes.push_back(
      one_address_route("PATCH", "change_address", "What a confirmed address is for.", handler(change_address)));
  routes.back().body = http::RequestBody{.schema = schema_ref("AddressChange"), .most_bytes = 4096};
  routes.back().answers = {done};
  routes.push_back(one_address_route("DELETE", "remove_address", "Forgets an address.", handler(remove_address)));
  routes.back().answers = {done};
  routes.push_back(person_route("POST", "/digest", "send_digest", "Sends a digest now.", handler(send_digest)));
  routes.back().answers = {{.status = 202, .description = "How many letters.", .schema = schema_ref("DigestSent")}};
  routes.push_back({.method = "POST",
                    .path = "/unsubscribe/{token}",
                    .id = "unsubscribe_letters",
                    .summary = "Ends the letters to an address, by the way out that stands in them (RFC 8058).",
                    .tag = "outlets",
                    .parameters = {{.name = "token", .description = "Of the letter.", .most_bytes = 100}},
                    .body = http::RequestBody{.content_type = std::string(http::kAnyType), .most_bytes = 4096},
                    .answers = {done},
                    .run_on = http::RunOn::workers,
                    .handler = handler(unsubscribe_letters)});
  return routes;
}

}  // namespace renown::api
