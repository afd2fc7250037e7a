/// Connector: a source on a network, read from where the last reading ended.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "renown/account.h"
#include "renown/result.h"

#include "connect/problem.h"
#include "model/interaction_block.h"
#include "model/interaction_reader.h"
#include "net/transport.h"
#include "net/websocket.h"
#include "people/profile.h"

namespace renown::connect {

/// A post of the account that is followed: what a moment shows.
struct Post {
  std::string network;
  std::string id;         ///< as the `post` of interactions about it
  std::string account;    ///< its author
  std::string url;        ///< where people read it
  std::int64_t time = 0;  ///< unix seconds
  std::string text;       ///< plain, at most 300 characters; empty where it has none
  bool operator==(const Post&) const = default;
};

/// What one account's network says of it, and the words it says it in.
struct ProfileSeen {
  people::Profile profile;
  std::string document;  ///< JSON as it came: consent signals are read from it (people/consent.h)
};

/// A piece of a source. All of it becomes durable together, with its cursor, or nothing of it does.
struct Pull {
  /// Acts with the time that the network gives.
  model::InteractionBlock dated = {};

  /// Acts whose time the network keeps to itself (who liked, not when). Time is the earliest at which they can have
  /// happened: that of the post, or that of the last complete reading. Such a row counts only where the log holds none
  /// that is equal but for its time.
  model::InteractionBlock undated = {};

  /// Of a source that is one account's, the first one is its own.
  std::vector<ProfileSeen> profiles = {};
  std::vector<Post> posts = {};

  /// Records seen, bad and left out, of this piece alone.
  model::ReadReport report = {};

  /// Where the next pull goes on once this piece is durable; of the connector's own form, UTF-8, at most 64 KiB.
  std::string cursor = {};

  /// There is more right away; otherwise the source was read to its end.
  bool more = false;

  /// Parts of the source that could not be read though the rest could (the likes of one post are private). The cursor
  /// then stands where they are asked for again, unless they are gone for good.
  std::vector<Problem> skipped = {};
};

/// What is read, as it was set up.
struct Source {
  Account account;          ///< whose engagement; of a source that is a whole server's, only the network is filled
  std::string server = {};  ///< "https://example.org", without a slash at its end; empty: the network's own
  std::map<std::string, std::string> settings = {};  ///< of the connector's own
};

/// How much of a source a reading is to read.
enum class Extent : std::uint8_t {
  whole,  ///< all that may have changed
  news,   ///< what a watch told of (watch.h), in a request or a few; only after a whole reading, which others follow
};

/// With what a connector reaches its network. Requests are signed or carry the person's token already.
struct Access {
  net::Transport& http;               ///< outlives the connector
  net::WebSocketOptions stream = {};  ///< guard and certificates, for streams
  std::int64_t now = 0;               ///< unix seconds, when the reading began
  Extent extent = Extent::whole;

  /// The person's token, for a stream, which does not go through `http`. Nothing: there is none.
  /// errors  bad_input: the person must log in again; io
  std::function<Result<std::string>()> token = {};

  /// The server that takes the person's token where that is not the source's: "https://pds.example"; else empty.
  std::string token_server = {};
};

/// One source, made by `make_connector` of the network's folder (connect/<network>/<network>.h):
///
///     Result<std::unique_ptr<Connector>> make_connector(const Source& source, const Access& access);
///     // errors  usage for a source that is not one of this network, saying what to give
///
/// Reading it again from an older cursor doubles nothing: the same acts give equal rows.
class Connector {
 public:
  Connector() = default;
  Connector(const Connector&) = delete;
  Connector& operator=(const Connector&) = delete;
  virtual ~Connector() = default;

  /// The next piece: a page or a few, never more than a few thousand rows. A stream waits for at most some seconds and
  /// then gives what came, which may be nothing.
  ///
  /// cursor  of the piece before; empty the first time. One that the connector cannot read is `malformed`
  virtual std::expected<Pull, Problem> pull(std::string_view cursor, std::stop_token stop) = 0;
};

}  // namespace renown::connect
