#include "connect/canned.h"

#include <utility>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace renown::connect::test {

const Canned* find_canned(const CannedNetwork& network, std::string_view target) {
  if (const auto at = network.find(target); at != network.end()) return &at->second;
  for (const auto& [key, answer] : network) {
    if (key.ends_with('*') && target.starts_with(std::string_view(key).substr(0, key.size() - 1))) return &answer;
  }
  return nullptr;
}

std::string with_base(std::string text, std::string_view base) {
  for (std::size_t at = 0; (at = text.find("BASE", at)) != std::string::npos;) text.replace(at, 4, base);
  return text;
}

std::vector<net::Fetched> CannedTransport::fetch_all(std::span<const net::Request> requests, std::stop_token) {
  std::vector<net::Fetched> answers;
  for (const net::Request& request : requests) {
    EXPECT_TRUE(request.url.starts_with(kBase)) << request.url;
    const std::string target = request.url.substr(kBase.size());
    asked.push_back(target);
    net::Response response{.status = 400, .body = R"({"error":"no such page"})", .url = request.url};
    if (const Canned* canned = find_canned(network, target)) {
      response.status = canned->status;
      response.body = with_base(canned->body, kBase);
      if (!canned->link.empty()) response.headers.add("Link", with_base(canned->link, kBase));
    }
    answers.emplace_back(std::move(response));
  }
  return answers;
}

std::string line_of(const Interaction& row) {
  std::string line = fmt::format("{} {} {} {}", row.time, kind_name(row.kind), row.actor, row.target);
  for (const std::string_view text : {row.post, row.id, row.tags}) line += fmt::format(" '{}'", text);
  return line;
}

ReadWhole read_whole(Connector& connector, Place& place) {
  ReadWhole whole;
  Reading reading(connector, place);
  while (!reading.ended()) {
    const auto pull = reading.next({});
    place = reading.place();
    if (!pull) {
      whole.problems.push_back(pull.error());
      continue;
    }
    for (std::size_t i = 0; i < pull->dated.size(); ++i) whole.dated.push_back(line_of(pull->dated[i]));
    for (std::size_t i = 0; i < pull->undated.size(); ++i) whole.undated.push_back(line_of(pull->undated[i]));
    whole.posts.insert(whole.posts.end(), pull->posts.begin(), pull->posts.end());
    whole.profiles.insert(whole.profiles.end(), pull->profiles.begin(), pull->profiles.end());
    whole.problems.insert(whole.problems.end(), pull->skipped.begin(), pull->skipped.end());
    for (const auto& [reason, count] : pull->report.left_out) whole.left_out[reason] += count;
    whole.bad += pull->report.bad;
    for (const auto& bad : pull->report.first_bad) ADD_FAILURE() << bad.place << ": " << bad.reason;
  }
  return whole;
}

Subject subject_of(MakeConnector make, Source source, CannedNetwork network, decltype(Subject::page) page,
                   decltype(Subject::may_be_empty) may_be_empty) {
  return {.make =
              [make, source](const std::string& base, const Access& access) {
                Source here = source;
                here.server = base;
                return std::move(*make(here, access));
              },
          .healthy =
              [network](const net::test::Seen& seen, const std::string& base) {
                const Canned* canned = find_canned(network, seen.target);
                if (canned == nullptr) return net::test::reply(R"({"error":"no such page"})", "", "400 Bad Request");
                const std::string link = canned->link.empty() ? "" : "Link: " + canned->link + "\r\n";
                return net::test::reply(with_base(canned->body, base), with_base(link, base));
              },
          .page = std::move(page),
          .may_be_empty = std::move(may_be_empty)};
}

}  // namespace renown::connect::test
