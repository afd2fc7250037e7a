/// What the tests of connectors share: a source read to its end, as texts to compare.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "connect/connector.h"
#include "connect/reading.h"
#include "net/fake_pacer.h"
#include "net/fetcher.h"
#include "net/retry.h"
#include "net/test_server.h"

namespace renown::connect::test {

using Texts = std::vector<std::string>;

/// "1714564800 like ann -> bob post=1 id=2 tags=birds", without what is empty.
std::string text_of(const Interaction& row);

/// All pieces of one reading.
struct Whole {
  Texts dated, undated;  ///< sorted
  std::vector<Post> posts;
  std::vector<ProfileSeen> profiles;
  std::vector<Problem> skipped;
  std::optional<Problem> problem;
  std::map<std::string, std::uint64_t> left_out;
  std::uint64_t records = 0, bad = 0;
  std::size_t pieces = 0;
  std::string cursor;
};

Whole read_whole(Connector& connector, std::string cursor = "");

/// What reaches one test server, and waits in no time.
class Reach {
 public:
  explicit Reach(const net::test::TestServer& server);

  Access access(std::int64_t now = 1'800'000'000) { return {retrier_, {.guard = guard_}, now}; }
  net::test::FakePacer& pacer() { return pacer_; }

 private:
  net::AddressGuard guard_;
  net::Fetcher fetcher_;
  net::test::FakePacer pacer_;
  net::Retrier retrier_{fetcher_, pacer_};
};

/// Takes https://HOST/... to a test server that knows it as /HOST/..., so that addresses are the same wherever it runs.
class Elsewhere final : public net::Transport {
 public:
  Elsewhere(net::Transport& inner, std::string base) : inner_(inner), base_(std::move(base)) {}

  std::vector<net::Fetched> fetch_all(std::span<const net::Request> requests, std::stop_token stop) override;

 private:
  static constexpr std::string_view kScheme = "https://";
  net::Transport& inner_;
  std::string base_;
};

/// A connector that reaches everything through one Elsewhere, which it keeps.
class ElsewhereConnector final : public Connector {
 public:
  template <class Make>
  ElsewhereConnector(const std::string& base, const Access& access, Make make)
      : transport_(access.http, base), inner_(make(Access{transport_, access.stream, access.now})) {}

  std::expected<Pull, Problem> pull(std::string_view cursor, std::stop_token stop) override {
    return inner_->pull(cursor, std::move(stop));
  }

 private:
  Elsewhere transport_;
  std::unique_ptr<Connector> inner_;
};

}  // namespace renown::connect::test
