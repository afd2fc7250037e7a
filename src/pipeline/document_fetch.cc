#include "pipeline/document_fetch.h"

#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "net/failure.h"
#include "net/url.h"

namespace renown::pipeline {
namespace {

constexpr std::string_view kDns = "dns:";
constexpr std::string_view kTxt = "?type=TXT";

bool is_page(const people::Wanted& wanted) {
  return wanted.accept.starts_with("text/html");
}

Error why_not(const net::Response& response) {
  const net::StatusClass status = net::status_class(response.status);
  const bool is_gone = status == net::StatusClass::not_found || status == net::StatusClass::gone;
  return {is_gone ? ErrorCode::not_found : ErrorCode::io,
          fmt::format("the server answered with status {}", response.status)};
}

}  // namespace

Result<people::Document> FetchedDocuments::get(const people::Wanted& wanted) {
  if (wanted.address.starts_with(kDns)) return get_records(wanted);
  if (is_page(wanted)) {
    if (auto allowed = check_robots(wanted.address); !allowed) return allowed.error();
  }
  net::Request request{.url = wanted.address};
  if (!wanted.accept.empty()) request.headers.add("Accept", wanted.accept);
  auto fetched = http_.fetch(request);
  if (!fetched) return net::to_error(fetched.error());
  if (net::status_class(fetched->status) != net::StatusClass::ok) return why_not(*fetched);
  // An address in another spelling than ours is no redirect: what was asked for is then where it came from.
  const auto asked = net::Url::parse(wanted.address);
  const bool moved = fetched->redirects > 0 || !asked || asked->text() != fetched->url;
  return people::Document{.asked = wanted.address,
                          .address = moved ? fetched->url : std::string(),
                          .content_type = std::string(fetched->headers.find("Content-Type").value_or("")),
                          .fetched = now_,
                          .body = std::move(fetched->body)};
}

Result<people::Document> FetchedDocuments::get_records(const people::Wanted& wanted) {
  std::string name = wanted.address.substr(kDns.size());
  if (!name.ends_with(kTxt)) return Error{ErrorCode::io, "only TXT records are asked for"};
  name.resize(name.size() - kTxt.size());
  const auto records = names_.records(name);
  if (!records) return records.error();
  if (records->empty()) return Error{ErrorCode::not_found, fmt::format("{} has no TXT record", name)};
  people::Document document{.asked = wanted.address, .address = {}, .content_type = {}, .fetched = now_, .body = {}};
  for (const std::string& record : *records) document.body += record + "\n";
  return document;
}

Result<void> FetchedDocuments::check_robots(const std::string& address) {
  const auto url = net::Url::parse(address);
  if (!url) return url.error();
  if (may_fetch(url->origin(), url->target())) return {};
  return bad_input(fmt::format("robots.txt of {} does not let renown read this page", url->host()));
}

bool FetchedDocuments::may_fetch(const std::string& origin, const std::string& path) {
  auto known = robots_.find(origin);
  if (known == robots_.end()) {
    const auto fetched = http_.fetch({.url = origin + "/robots.txt"});
    std::optional<people::Robots> rules;
    if (fetched && fetched->status == 200) rules = people::Robots::parse(fetched->body);
    if (fetched && fetched->status != 200 && people::may_fetch_without_robots(fetched->status)) rules.emplace();
    known = robots_.emplace(origin, std::move(rules)).first;
  }
  return known->second && known->second->may_fetch(path);
}

}  // namespace renown::pipeline
