/// What the tests of connectors share: a source read to its end, as texts to compare.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "connect/connector.h"
#include "connect/reading.h"
#include "net/fake_pacer.h"
#include "net/fetcher.h"
#include "net/retry.h"
#include "net/test_server.h"

namespace renown::connect::test {

using Texts = std::vector<std::string>;

/// "1714564800 like ann -> bob post=1 id=2 tags=birds", without what is empty.
inline std::string text_of(const Interaction& row) {
  std::string text = fmt::format("{} {} {}", row.time, kind_name(row.kind), row.actor);
  if (!row.target.empty()) text += fmt::format(" -> {}", row.target);
  if (!row.post.empty()) text += fmt::format(" post={}", row.post);
  if (!row.id.empty()) text += fmt::format(" id={}", row.id);
  if (!row.tags.empty()) text += fmt::format(" tags={}", row.tags);
  return text;
}

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

inline Whole read_whole(Connector& connector, std::string cursor = "") {
  Whole whole;
  Reading reading(connector, {.cursor = std::move(cursor)});
  while (!reading.ended()) {
    auto pull = reading.next({});
    if (!pull) {
      whole.problem = pull.error();
      break;
    }
    ++whole.pieces;
    for (std::size_t i = 0; i < pull->dated.size(); ++i) whole.dated.push_back(text_of(pull->dated[i]));
    for (std::size_t i = 0; i < pull->undated.size(); ++i) whole.undated.push_back(text_of(pull->undated[i]));
    for (Post& post : pull->posts) whole.posts.push_back(std::move(post));
    for (ProfileSeen& seen : pull->profiles) whole.profiles.push_back(std::move(seen));
    for (Problem& problem : pull->skipped) whole.skipped.push_back(std::move(problem));
    for (const auto& [reason, count] : pull->report.left_out) whole.left_out[reason] += count;
    whole.records += pull->report.records;
    whole.bad += pull->report.bad;
    EXPECT_LE(pull->cursor.size(), Reading::kMostCursorBytes);
    whole.cursor = pull->cursor;
  }
  std::ranges::sort(whole.dated);
  std::ranges::sort(whole.undated);
  return whole;
}

/// What reaches one test server, and waits in no time.
class Reach {
 public:
  explicit Reach(const net::test::TestServer& server)
      : guard_(*net::AddressGuard::allowing({server.at()})), fetcher_(options(guard_)) {}

  Access access(std::int64_t now = 1'800'000'000) { return {retrier_, {.guard = guard_}, now}; }
  net::test::FakePacer& pacer() { return pacer_; }

 private:
  static net::FetchOptions options(const net::AddressGuard& guard) {
    net::FetchOptions options;
    options.guard = guard;
    options.user_agent = "renown-test";
    return options;
  }

  net::AddressGuard guard_;
  net::Fetcher fetcher_;
  net::test::FakePacer pacer_;
  net::Retrier retrier_{fetcher_, pacer_};
};

/// Takes https://HOST/... to a test server that knows it as /HOST/..., so that addresses are the same wherever it runs.
class Elsewhere final : public net::Transport {
 public:
  Elsewhere(net::Transport& inner, std::string base) : inner_(inner), base_(std::move(base)) {}

  std::vector<net::Fetched> fetch_all(std::span<const net::Request> requests, std::stop_token stop) override {
    std::vector<net::Request> all(requests.begin(), requests.end());
    for (net::Request& request : all) {
      if (request.url.starts_with(kScheme)) request.url = base_ + "/" + request.url.substr(kScheme.size());
    }
    auto fetched = inner_.fetch_all(all, std::move(stop));
    for (std::size_t i = 0; i < fetched.size(); ++i) {
      if (fetched[i]) fetched[i]->url = requests[i].url;
    }
    return fetched;
  }

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
