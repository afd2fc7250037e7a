// Documents of proofs: the first line is the address and the type, the rest the body. Whatever they hold, what is read
// of them is bounded and has one spelling, and a document alone never proves anything.
#include "check.h"
#include "people/claims.h"
#include "people/consent.h"
#include "people/html_links.h"
#include "people/owner_name.h"
#include "people/proof.h"
#include "people/robots.h"
#include "people/suggest.h"
#include "people/web_address.h"

using namespace renown;

namespace {

void check_name(const std::string& name) {
  const auto again = people::owner_name(name);
  fuzz::check(again && *again == name, "a name is its own name");
}

void check_claims(const people::Document& document) {
  const auto claims = people::read_claims(document, "https://plc.directory");
  if (!claims) {
    fuzz::check(!claims.error().message.empty(), "a refusal has a sentence");
    return;
  }
  fuzz::check(claims->claims.size() + claims->same.size() <= document.body.size() + 1, "a claim has a byte");
  for (const auto* list : {&claims->claims, &claims->same}) {
    for (const people::Claim& claim : *list) {
      check_name(claim.from);
      check_name(claim.to);
    }
  }
  fuzz::check(claims->challenges.empty() || !claims->speaker.empty(), "a challenge is said by somebody");
}

/// Two accounts of different hosts need two documents.
void check_alone(const people::Document& document) {
  const Account here = {"web", "ada.example"}, there = {"github", "ada"};
  const auto verdict = people::prove_same_owner(here, there, {document, document}, {}, document.fetched);
  fuzz::check(verdict && !verdict->proven, "one document proves nothing");
  const people::ChallengeKey key = {1};
  const auto challenge = people::prove_by_challenge({1, here}, key, {}, {document}, {}, document.fetched);
  fuzz::check(challenge && !challenge->proven, "nobody guesses a challenge");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = fuzz::text_of(data, size);
  const std::size_t line = std::min(bytes.find('\n'), bytes.size());
  const std::string_view head = bytes.substr(0, line), body = bytes.substr(std::min(line + 1, bytes.size()));
  const std::size_t blank = std::min(head.find(' '), head.size());
  people::Document document{.asked = std::string(head.substr(0, blank)),
                            .address = {},
                            .content_type = std::string(head.substr(std::min(blank + 1, head.size()))),
                            .fetched = 1'700'000'000,
                            .body = std::string(body)};
  check_claims(document);
  check_alone(document);
  if (const auto address = people::parse_web_address(head)) {
    check_name(address->name());
    if (const auto target = people::resolve(*address, body)) check_name(target->name());
  }
  fuzz::check(people::find_html_links("<!-- " + document.asked.substr(0, document.asked.find('-'))).me.empty(),
              "nothing in a comment counts");
  static_cast<void>(people::Robots::parse(body).may_fetch(head));
  fuzz::check(people::Robots::parse(body).may_fetch("/robots.txt"), "robots.txt may always be fetched");
  static_cast<void>(!people::fediverse_signals(body));
  static_cast<void>(!people::bluesky_signals(body));
  fuzz::check(people::fold_name(people::fold_name(body)) == people::fold_name(body), "folding is done once");
  return 0;
}
