#include "connect/paged.h"

#include <utility>

#include "net/link_header.h"
#include "net/paging.h"
#include "net/url.h"

namespace renown::connect {
namespace {

Problem malformed(std::string sentence) {
  return {ProblemKind::malformed, std::move(sentence)};
}

}  // namespace

std::expected<std::string, Problem> next_page(const net::Response& response) {
  const auto next = net::linked_page(response, "next");
  if (!next) return std::unexpected(malformed(next.error().message));
  if (!*next) return std::string();
  const auto here = net::Url::parse(response.url);
  const auto there = net::Url::parse(**next);
  if (!here || !there || here->origin() != there->origin()) {
    const std::string from = here ? here->shown() : "the page";
    return std::unexpected(malformed(from + " names a next page on another server"));
  }
  return **next;
}

std::expected<void, Problem> for_each_page(net::Transport& http, net::Request first, io::JsonType root,
                                           std::string_view what, const std::stop_token& stop,
                                           const std::function<void(const JsonAnswer&)>& use) {
  net::PageGuard guard(std::string(what), kMostListPages);
  for (net::Request page = std::move(first); !page.url.empty();) {
    if (auto entered = guard.enter(page.url); !entered) return std::unexpected(malformed(entered.error().message));
    const auto answer = ask_json(http, page, root, what, stop);
    if (!answer) return std::unexpected(answer.error());
    auto next = next_page(answer->response);
    if (!next) return std::unexpected(std::move(next.error()));
    use(*answer);
    page.url = std::move(*next);
  }
  return {};
}

}  // namespace renown::connect
