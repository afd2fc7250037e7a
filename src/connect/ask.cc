#include "connect/ask.h"

#include <utility>

#include <fmt/format.h>

namespace renown::connect {

std::expected<net::Response, Problem> ask(net::Transport& http, const net::Request& request, std::string_view what,
                                          std::stop_token stop) {
  net::Fetched fetched = http.fetch(request, std::move(stop));
  if (!fetched) return std::unexpected(problem_of(fetched.error()));
  if (net::status_class(fetched->status) != net::StatusClass::ok) return std::unexpected(problem_of(*fetched, what));
  return std::move(*fetched);
}

std::expected<JsonAnswer, Problem> read_json(net::Response response, io::JsonType root, std::string_view what) {
  JsonAnswer answer;
  answer.response = std::move(response);
  auto document = answer.parser.parse(answer.response.body);
  if (!document) {
    return std::unexpected(Problem{ProblemKind::malformed, fmt::format("{}: {}", what, document.error().message)});
  }
  if (document->type() != root) {
    return std::unexpected(
        Problem{ProblemKind::malformed, fmt::format("{}: the answer is {} and not {}", what,
                                                    io::json_type_name(document->type()), io::json_type_name(root))});
  }
  answer.root = *document;
  return answer;
}

std::expected<JsonAnswer, Problem> ask_json(net::Transport& http, const net::Request& request, io::JsonType root,
                                            std::string_view what, std::stop_token stop) {
  auto response = ask(http, request, what, std::move(stop));
  if (!response) return std::unexpected(std::move(response.error()));
  return read_json(std::move(*response), root, what);
}

}  // namespace renown::connect
