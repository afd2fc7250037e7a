/// Reads one source to its end and prints what came, a line of JSON each: what the tests against real programs run.
///
///     read_source NETWORK ACCOUNT SERVER [KEY=VALUE]...     settings of the source; "header:NAME=VALUE" goes with
///                                                           each request
///     read_source --delivery EVENT                          one delivery of a GitHub webhook a line of standard input
///
/// Exit code 0: read whole; 4: not whole; 2: the source is none.
#include <array>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "connect/connector.h"
#include "connect/discourse/discourse.h"
#include "connect/github/github.h"
#include "connect/github/webhook.h"
#include "connect/reading.h"
#include "connect/stackexchange/stackexchange.h"
#include "connect/x/x.h"
#include "connect/youtube/youtube.h"
#include "io/json_escape.h"
#include "net/fetcher.h"
#include "net/url.h"

namespace renown {
namespace {

using connect::Access;
using connect::Connector;
using connect::Source;
using io::json_string;

struct Maker {
  std::string_view network;
  Result<std::unique_ptr<Connector>> (*make)(const Source&, const Access&);
};

constexpr std::array kMakers = {
    Maker{"bicycles.stackexchange.com", connect::stackexchange::make_connector},
    Maker{"forum.example", connect::discourse::make_connector},
    Maker{"github", connect::github::make_connector},
    Maker{"twitter", connect::x::make_connector},
    Maker{"youtube", connect::youtube::make_connector},
};

/// Puts headers, a token say, on each request.
class WithHeaders final : public net::Transport {
 public:
  WithHeaders(net::Transport& inner, net::Headers headers) : inner_(inner), headers_(std::move(headers)) {}

  std::vector<net::Fetched> fetch_all(std::span<const net::Request> requests, std::stop_token stop) override {
    std::vector<net::Request> with(requests.begin(), requests.end());
    for (net::Request& request : with) {
      for (const net::Header& header : headers_) request.headers.set(header.name, header.value);
    }
    for (const net::Request& request : with) {
      fmt::print(R"({{"asked":{}}})"
                 "\n",
                 json_string(request.url));
    }
    return inner_.fetch_all(with, std::move(stop));
  }

 private:
  net::Transport& inner_;
  net::Headers headers_;
};

void print_rows(const model::InteractionBlock& rows, bool is_dated) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Interaction row = rows[i];
    fmt::print(
        R"({{"row":{{"time":{},"dated":{},"network":{},"kind":{},"actor":{},"target":{},"post":{},"id":{},"tags":{}}}}})"
        "\n",
        row.time, is_dated, json_string(row.network), json_string(kind_name(row.kind)), json_string(row.actor),
        json_string(row.target), json_string(row.post), json_string(row.id), json_string(row.tags));
  }
}

void print_problem(const connect::Problem& problem) {
  fmt::print("{{\"problem\":{},\"kind\":{}}}\n", json_string(problem.sentence),
             json_string(connect::problem_name(problem.kind)));
}

void print_report(const model::ReadReport& report) {
  for (const auto& bad : report.first_bad) {
    fmt::print("{{\"bad\":{},\"place\":{}}}\n", json_string(bad.reason), json_string(bad.place));
  }
  for (const auto& [reason, count] : report.left_out) {
    fmt::print("{{\"left_out\":{},\"count\":{}}}\n", json_string(reason), count);
  }
}

int read_deliveries(std::string_view event) {
  constexpr std::int64_t kReceived = 1'800'000'000;
  for (std::string line; std::getline(std::cin, line);) {
    model::InteractionBlock rows;
    model::ReadReport report;
    connect::github::read_delivery(event, line, kReceived, rows, report);
    print_rows(rows, true);
    print_report(report);
  }
  return 0;
}

int read_source(std::string_view network, Source source, net::Headers headers) {
  net::FetchOptions options;
  options.user_agent = "renown-test";
  options.limits.redirects = 0;
  const auto address = net::Url::parse(source.server);
  if (!address) return 2;
  options.guard = *net::AddressGuard::allowing({address->host_and_port()});
  net::Fetcher fetcher(options);
  WithHeaders http(fetcher, std::move(headers));
  const auto now =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch());
  for (const Maker& maker : kMakers) {
    if (maker.network != network) continue;
    const auto connector = maker.make(source, {.http = http, .now = now.count()});
    if (!connector) {
      fmt::print(stderr, "{}\n", connector.error().message);
      return 2;
    }
    bool is_whole = true;
    connect::Reading reading(**connector, {});
    while (!reading.ended()) {
      const auto pull = reading.next({});
      is_whole = is_whole && pull && pull->skipped.empty();
      if (!pull) print_problem(pull.error());
      if (!pull) break;
      print_rows(pull->dated, true);
      print_rows(pull->undated, false);
      for (const auto& post : pull->posts) fmt::print("{{\"post\":{}}}\n", json_string(post.id));
      for (const auto& seen : pull->profiles) fmt::print("{{\"profile\":{}}}\n", json_string(seen.profile.handle));
      for (const auto& problem : pull->skipped) print_problem(problem);
      print_report(pull->report);
    }
    return is_whole ? 0 : 4;
  }
  fmt::print(stderr, "there is no connector of '{}' here\n", network);
  return 2;
}

int run(int count, char** arguments) {
  if (count == 3 && std::string_view(arguments[1]) == "--delivery") return read_deliveries(arguments[2]);
  if (count < 4) return 2;
  Source source{.account = {arguments[1], arguments[2]}, .server = arguments[3]};
  net::Headers headers;
  for (int i = 4; i < count; ++i) {
    const std::string_view setting = arguments[i];
    const std::size_t equals = setting.find('=');
    if (equals == std::string_view::npos) return 2;
    const std::string name(setting.substr(0, equals));
    const std::string value(setting.substr(equals + 1));
    if (name.starts_with("header:")) {
      headers.add(name.substr(7), value);
    } else {
      source.settings[name] = value;
    }
  }
  return read_source(arguments[1], std::move(source), std::move(headers));
}

}  // namespace
}  // namespace renown

int main(int count, char** arguments) {
  return renown::run(count, arguments);
}
