/// Client: Renown as an authorization server knows it. It asks for nothing but reading.
#pragma once

#include <string>
#include <string_view>

#include "renown/result.h"

#include "net/transport.h"

namespace renown::oauth {

struct Client {
  std::string id;
  std::string secret;        ///< "" for a public client
  std::string redirect_uri;  ///< exactly as it was registered
  std::string scope;         ///< words with a blank between
};

/// Renown never acts in anybody's name: every scope must be one of the few known to read only.
/// scope   words with blanks or commas between
/// errors  usage, naming the scope
Result<void> check_read_only(std::string_view scope);

/// Registers the program with a Mastodon server, which knows no program until then.
net::Request registration_request(std::string_view origin, const Client& wanted);

/// The client with its id and secret. errors  io for a server that could not, bad_input for one that made no sense
Result<Client> parse_registration(const net::Response& answer, const Client& wanted, std::string_view origin);

}  // namespace renown::oauth
