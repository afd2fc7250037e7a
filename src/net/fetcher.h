/// Fetcher: requests over the network. The only class of Renown, beside WebSocket, that opens a socket.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "net/address_guard.h"
#include "net/transport.h"

namespace renown::net {

/// Caps of one request, whatever the server does.
struct FetchLimits {
  long connect_ms = 10'000;
  long whole_ms = 30'000;             ///< from the first byte sent to the last one received, all redirects included
  long slow_bytes_per_second = 100;   ///< slower than this ...
  long slow_seconds = 15;             ///< ... for so long is a timeout
  std::size_t body_bytes = 8u << 20;  ///< unpacked; a page of 100 posts with media is below 1 MB
  std::size_t header_bytes = 64u << 10;
  std::size_t unpack_ratio = 100;           ///< unpacked to packed bytes: JSON packs 5 to 20 times, a bomb 1,000 times
  std::size_t ratio_free_bytes = 1u << 20;  ///< up to here any ratio is fine
  int redirects = 3;
  int at_once = 8;           ///< requests, overall
  int at_once_per_host = 2;  ///< requests, to one host and port
};

struct FetchOptions {
  FetchLimits limits;
  AddressGuard guard;

  /// What the servers see. Networks ask for a name and a way to reach the operator.
  std::string user_agent;

  /// A file of certificates (PEM) to trust beside the system's: for an operator's own servers.
  std::string ca_file;

  /// "host:port:address[,address]": answers that take the place of DNS. The guard sees these addresses like others.
  std::vector<std::string> pinned;
};

/// HTTP/1.1 and 2, gzip and deflate. Proxy variables, .netrc and cookies are ignored: with a proxy the guard could not
/// see where a connection ends. Redirects: each hop is checked like a first request; credentials stay with the server
/// they were meant for; https never leads to http; a request with a body goes to no other server.
class Fetcher final : public Transport {
 public:
  explicit Fetcher(FetchOptions options);
  ~Fetcher() override;

  /// Connections stay open for the next call. Returns within about 0.2 s of a stop.
  std::vector<Fetched> fetch_all(std::span<const Request> requests, std::stop_token stop = {}) override;

 private:
  struct Engine;
  std::unique_ptr<Engine> engine_;
};

}  // namespace renown::net
