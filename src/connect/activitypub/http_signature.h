/// HTTP Signatures as the Fediverse uses them: draft-cavage-http-signatures-12, RSA-SHA256, and Digest for bodies.
/// Servers in "authorized fetch" show an actor's posts to whoever signs alone; inboxes take nothing unsigned.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "renown/result.h"

#include "net/transport.h"

namespace renown::connect::activitypub {

/// What "(request-target)" stands for. By the draft the whole target; some servers (Fedify 1.5, Mastodon before 4.3)
/// leave the query away.
enum class SignedTarget { whole, path_alone };

/// An RSA key with the address under which servers find its public half: "https://here.example/actor#main-key".
class SigningKey {
 public:
  /// errors  bad_input where `pem` is no private RSA key of 2,048 bits at least; never shows it
  static Result<SigningKey> from_pem(std::string key_id, std::string_view pem);

  /// A new one of 2,048 bits, drawn by OpenSSL from the system; takes some 0.1 s. errors  internal
  static Result<SigningKey> generate(std::string key_id);

  const std::string& id() const { return key_id_; }
  std::string private_pem() const;  ///< PKCS #8, for a vault alone
  std::string public_pem() const;

  /// Adds Date, Digest where there is a body, and Signature over them, host and request target.
  /// now     unix seconds
  /// errors  bad_input where the URL is none
  Result<void> sign(net::Request& request, std::int64_t now, SignedTarget target = SignedTarget::whole) const;

 private:
  struct Key;
  SigningKey(std::string key_id, std::shared_ptr<const Key> key) : key_id_(std::move(key_id)), key_(std::move(key)) {}

  std::string key_id_;
  std::shared_ptr<const Key> key_;
};

/// Signs every request on its way; one with a query that is answered with 401 is asked once more, signed without it. It
/// goes under the Retrier, so that each attempt has a time of its own; a redirect
/// carries the signature of the first address, which the second refuses.
class Signer final : public net::Transport {
 public:
  /// inner  outlives it
  /// clock  unix seconds, now
  Signer(net::Transport& inner, SigningKey key, std::function<std::int64_t()> clock)
      : inner_(inner), key_(std::move(key)), clock_(std::move(clock)) {}

  std::vector<net::Fetched> fetch_all(std::span<const net::Request> requests, std::stop_token stop = {}) override;

 private:
  net::Transport& inner_;
  SigningKey key_;
  std::function<std::int64_t()> clock_;
};

/// A request as it came in. Names of headers in any case.
struct SignedRequest {
  std::string_view method;
  std::string_view target;  ///< "/users/ann/inbox?x=1"
  const net::Headers& headers;
  std::string_view body;
};

/// The key that a request says it is signed with: what has to be fetched before it can be verified.
/// errors  bad_input where there is no Signature header, or none that can be read
Result<std::string> signing_key_id(const net::Headers& headers);

/// Whether a request was signed by the owner of `public_pem`, all of it that counts: method, target (its query may be
/// left out, see SignedTarget), host, time, body.
///
/// public_pem  the actor's publicKeyPem, found under signing_key_id; that it belongs to who acts is the caller's to
/// check now         unix seconds: a signature from more than an hour ago or ahead is refused errors      bad_input:
/// one sentence that says what is wrong
Result<void> verify_signature(const SignedRequest& request, std::string_view public_pem, std::int64_t now);

}  // namespace renown::connect::activitypub
