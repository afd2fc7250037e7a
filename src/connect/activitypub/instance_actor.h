/// InstanceActor: who this Renown is to servers of the Fediverse, which show what they have to those alone whose key
/// they can look up.
#pragma once

#include <string>
#include <string_view>

#include "renown/result.h"

#include "connect/activitypub/http_signature.h"

namespace renown::connect::activitypub {

class InstanceActor {
 public:
  /// With a new key.
  /// address  where its document will be found: "https://renown.example/actor"; http on this machine alone
  /// errors   usage, for what is no such address
  static Result<InstanceActor> make(const std::string& address);

  /// What text() gave. errors  bad_input, without showing the text
  static Result<InstanceActor> from_text(std::string_view text);

  /// Address and private key, for the vault alone.
  std::string text() const;

  /// The same key at another address. errors  as make
  Result<InstanceActor> moved_to(const std::string& address) const;

  const std::string& address() const { return address_; }
  const SigningKey& key() const { return key_; }

 private:
  InstanceActor(std::string address, SigningKey key) : address_(std::move(address)), key_(std::move(key)) {}

  std::string address_;
  SigningKey key_;
};

inline constexpr std::string_view kActorType = "application/activity+json";
inline constexpr std::string_view kWebfingerType = "application/jrd+json";

/// JSON, to be served as kActorType at the actor's address to everybody, unsigned requests too. It names an inbox, as
/// every actor has one, that need not take anything: nobody is asked to write there.
std::string actor_document(const InstanceActor& actor);

/// "acct:renown@renown.example": as which the actor is looked up.
std::string actor_handle(const InstanceActor& actor);

/// JSON, to be served as kWebfingerType at /.well-known/webfinger?resource=HANDLE of the actor's host: some servers ask
/// for it before they believe an actor (RFC 7033).
std::string actor_webfinger(const InstanceActor& actor);

}  // namespace renown::connect::activitypub
