#include "connect/testing.h"

#include <algorithm>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace renown::connect::test {
namespace {

net::FetchOptions options(const net::AddressGuard& guard) {
  net::FetchOptions options;
  options.guard = guard;
  options.user_agent = "renown-test";
  return options;
}

}  // namespace

std::string text_of(const Interaction& row) {
  std::string text = fmt::format("{} {} {}", row.time, kind_name(row.kind), row.actor);
  if (!row.target.empty()) text += fmt::format(" -> {}", row.target);
  if (!row.post.empty()) text += fmt::format(" post={}", row.post);
  if (!row.id.empty()) text += fmt::format(" id={}", row.id);
  if (!row.tags.empty()) text += fmt::format(" tags={}", row.tags);
  return text;
}

Whole read_whole(Connector& connector, std::string cursor) {
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

Reach::Reach(const net::test::TestServer& server)
    : guard_(*net::AddressGuard::allowing({server.at()})), fetcher_(options(guard_)) {}

std::vector<net::Fetched> Elsewhere::fetch_all(std::span<const net::Request> requests, std::stop_token stop) {
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

}  // namespace renown::connect::test
