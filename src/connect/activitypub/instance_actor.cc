#include "connect/activitypub/instance_actor.h"

#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "io/json.h"
#include "io/json_escape.h"
#include "net/url.h"

namespace renown::connect::activitypub {
namespace {

constexpr std::string_view kName = "renown";  ///< as others see and address it

std::string key_id_at(const std::string& address) {
  return address + "#main-key";
}

/// The address in its one spelling: others compare it byte by byte.
Result<std::string> checked(const std::string& address) {
  const auto url = net::Url::parse(address);
  const bool is_here = url && (url->host() == "127.0.0.1" || url->host() == "localhost" || url->host() == "[::1]");
  if (!url || (url->scheme() != "https" && !(url->scheme() == "http" && is_here)) ||
      address.find_first_of("?#") != std::string::npos) {
    return Error{ErrorCode::usage, fmt::format("{} is no address for an actor: give one like "
                                               "https://renown.example/actor, where its document will be served",
                                               base::printable(url ? url->shown() : "what was given"))};
  }
  return url->text();
}

net::Url url_of(const InstanceActor& actor) {
  return *net::Url::parse(actor.address());  // make() and from_text() saw to it
}

}  // namespace

Result<InstanceActor> InstanceActor::make(const std::string& address) {
  auto good = checked(address);
  if (!good) return good.error();
  auto key = SigningKey::generate(key_id_at(*good));
  if (!key) return key.error();
  return InstanceActor(std::move(*good), std::move(*key));
}

Result<InstanceActor> InstanceActor::moved_to(const std::string& address) const {
  auto good = checked(address);
  if (!good) return good.error();
  auto key = SigningKey::from_pem(key_id_at(*good), key_.private_pem());
  if (!key) return key.error();
  return InstanceActor(std::move(*good), std::move(*key));
}

Result<InstanceActor> InstanceActor::from_text(std::string_view text) {
  io::JsonParser parser;
  const auto root = parser.parse(text);
  const auto address = checked(root ? std::string((*root)["address"].text()) : std::string());
  auto key = SigningKey::from_pem(address ? key_id_at(*address) : "", root ? (*root)["pem"].text() : "");
  if (!address || !key) return bad_input("the stored actor is damaged: make a new one with renown connect actor");
  return InstanceActor(*address, std::move(*key));
}

std::string InstanceActor::text() const {
  return fmt::format(R"({{"address":{},"pem":{}}})", io::json_string(address_), io::json_string(key_.private_pem()));
}

std::string actor_document(const InstanceActor& actor) {
  return fmt::format(
      R"({{"@context":["https://www.w3.org/ns/activitystreams","https://w3id.org/security/v1"],)"
      R"("id":{0},"type":"Application","preferredUsername":"{1}","name":"Renown",)"
      R"("summary":"Reads public posts and who engaged with them, for scores that explain themselves. It follows and )"
      R"(writes to nobody.","inbox":{2},"outbox":{3},"url":{0},"manuallyApprovesFollowers":true,"discoverable":false,)"
      R"("publicKey":{{"id":{4},"owner":{0},"publicKeyPem":{5}}}}})",
      io::json_string(actor.address()), kName, io::json_string(actor.address() + "/inbox"),
      io::json_string(actor.address() + "/outbox"), io::json_string(actor.key().id()),
      io::json_string(actor.key().public_pem()));
}

std::string actor_handle(const InstanceActor& actor) {
  const net::Url url = url_of(actor);
  const bool is_default = url.port() == (url.is_secure() ? 443 : 80);
  return fmt::format("acct:{}@{}", kName, is_default ? url.host() : url.host_and_port());
}

std::string actor_webfinger(const InstanceActor& actor) {
  return fmt::format(R"({{"subject":{},"aliases":[{}],"links":[{{"rel":"self","type":"{}","href":{}}}]}})",
                     io::json_string(actor_handle(actor)), io::json_string(actor.address()), kActorType,
                     io::json_string(actor.address()));
}

}  // namespace renown::connect::activitypub
