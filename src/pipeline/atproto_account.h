/// AtprotoAccount: where an account of AT Protocol lies, and where it logs in. Every step is asked of whoever has the
/// say: the directory about the DID, the DID's document about its server, that server about its log-in.
#pragma once

#include <string>

#include "renown/result.h"

#include "net/transport.h"
#include "oauth/server.h"

namespace renown::pipeline {

struct AtprotoAccount {
  std::string did;
  std::string server;  ///< its personal data server: "https://pds.example"
};

/// Whom to ask.
struct AtprotoDirectories {
  std::string resolver;       ///< a server that knows which DID a handle has: "https://public.api.bsky.app"
  std::string plc_directory;  ///< "https://plc.directory"
};

/// account  a DID or a handle; that a handle is the account's, its DID's document must say too
/// errors   not_found; bad_input: a document that is not what it should be, naming it; io
Result<AtprotoAccount> find_atproto_account(net::Transport& http, const std::string& account,
                                            const AtprotoDirectories& directories);

/// The authorization server of a personal data server. One without pushed requests, DPoP or its name in what it answers
/// is none of AT Protocol.
/// errors  bad_input, io
Result<oauth::Server> log_in_server_of(net::Transport& http, const std::string& server);

}  // namespace renown::pipeline
