#include "http/router.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "http/percent.h"

namespace renown::http {
namespace {

bool is_parameter(std::string_view part) {
  return part.size() > 2 && part.front() == '{' && part.back() == '}';
}

Error bad_route(const Route& route, std::string_view what) {
  return {ErrorCode::usage, fmt::format("the route {} {} ({}): {}", route.method, route.path, route.id, what)};
}

const Parameter* find_parameter(const Route& route, std::string_view name) {
  const auto it = std::ranges::find(route.parameters, name, &Parameter::name);
  return it == route.parameters.end() ? nullptr : &*it;
}

/// The names in the braces of a path, in order.
std::vector<std::string_view> names_in(std::string_view path) {
  std::vector<std::string_view> names;
  for (std::size_t open = path.find('{'); open != std::string_view::npos; open = path.find('{', open + 1)) {
    names.push_back(path.substr(open + 1, path.find('}', open) - open - 1));
  }
  return names;
}

/// The first part of "a/b/c", and what is behind it; nothing behind the last one.
std::string_view cut_part(std::string_view& rest, bool& is_last) {
  const std::size_t slash = rest.find('/');
  is_last = slash == std::string_view::npos;
  const std::string_view part = rest.substr(0, slash);
  rest = is_last ? std::string_view{} : rest.substr(slash + 1);
  return part;
}

/// Whether a part of a path is a text without braces, or one parameter as a whole.
bool is_one_thing(std::string_view part) {
  if (!part.contains('{') && !part.contains('}')) return true;
  return is_parameter(part) && part.find_first_of("{}", 1) == part.size() - 1;
}

/// Takes the key that the guard has looked at already, whatever it is.
const Parameter& key_parameter() {
  static const Parameter key{.name = std::string(kKeyParameter), .description = "An API key."};
  return key;
}

std::string_view without_slashes(std::string_view path) {
  path.remove_prefix(1);
  if (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return path;
}

std::string allow_of(const std::vector<std::string>& methods) {
  std::vector<std::string> all = methods;
  if (std::ranges::find(all, "GET") != all.end()) all.emplace_back("HEAD");
  all.emplace_back("OPTIONS");
  std::ranges::sort(all);
  return fmt::format("{}", fmt::join(all, ", "));
}

}  // namespace

Result<Router> Router::make(std::vector<Route> routes) {
  Router router;
  router.routes_ = std::move(routes);
  for (std::size_t number = 0; number < router.routes_.size(); ++number) {
    if (auto added = router.add(number); !added) return added.error();
  }
  return router;
}

Result<void> Router::add(std::size_t number) {
  const Route& route = routes_[number];
  if (!route.path.starts_with('/')) return bad_route(route, "its path does not begin with '/'");
  if (!route.handler) return bad_route(route, "it has no handler");
  for (std::size_t other = 0; other < number; ++other) {
    if (routes_[other].id == route.id) return bad_route(route, "another route has its id");
  }
  const auto names = names_in(route.path);
  for (const std::string_view name : names) {
    if (std::ranges::count(names, name) > 1) return bad_route(route, fmt::format("'{}' stands in it twice", name));
    if (find_parameter(route, name) == nullptr) return bad_route(route, fmt::format("'{}' is not declared", name));
  }
  for (const Parameter& each : route.parameters) {
    if (each.least && each.most && *each.least > *each.most) {
      return bad_route(route, fmt::format("'{}' has a range without values", each.name));
    }
  }
  std::size_t node = 0;
  std::string_view rest = without_slashes(route.path);
  for (bool is_last = rest.empty(); !is_last;) {
    const std::string_view part = cut_part(rest, is_last);
    if (!is_one_thing(part)) {
      return bad_route(route, fmt::format("its part '{}' is neither a text nor one parameter", part));
    }
    node = child(node, part);
  }
  for (const std::size_t other : nodes_[node].routes) {
    if (routes_[other].method == route.method) return bad_route(route, "another route has its method and path");
  }
  nodes_[node].routes.push_back(number);
  return {};
}

std::size_t Router::child(std::size_t node, std::string_view part) {
  const std::size_t fresh = nodes_.size();
  if (is_parameter(part)) {
    if (nodes_[node].parameter == 0) {
      nodes_[node].parameter = fresh;
      nodes_.emplace_back();
    }
    return nodes_[node].parameter;
  }
  auto& texts = nodes_[node].texts;
  const auto it =
      std::ranges::lower_bound(texts, part, {}, [](const auto& each) { return std::string_view(each.first); });
  if (it != texts.end() && it->first == part) return it->second;
  texts.emplace(it, part, fresh);
  nodes_.emplace_back();
  return fresh;
}

const Router::Node* Router::walk(std::size_t number, std::string_view rest,
                                 std::vector<std::string_view>& values) const {
  const Node& node = nodes_[number];
  bool is_last = false;
  const std::string_view part = cut_part(rest, is_last);
  const auto go_on = [&](std::size_t next) {
    if (!is_last) return walk(next, rest, values);
    return nodes_[next].routes.empty() ? nullptr : &nodes_[next];
  };
  const auto it =
      std::ranges::lower_bound(node.texts, part, {}, [](const auto& each) { return std::string_view(each.first); });
  if (it != node.texts.end() && it->first == part) {
    if (const Node* found = go_on(it->second)) return found;
  }
  if (node.parameter == 0 || part.empty()) return nullptr;
  values.push_back(part);
  if (const Node* found = go_on(node.parameter)) return found;
  values.pop_back();
  return nullptr;
}

Match Router::find(std::string_view method, std::string_view path) const {
  Match match;
  if (!path.starts_with('/')) return match;
  const std::string_view rest = without_slashes(path);
  const Node* node =
      rest.empty() ? (nodes_[0].routes.empty() ? nullptr : nodes_.data()) : walk(0, rest, match.path_values);
  if (node == nullptr) return match;
  const std::string_view wanted = method == "HEAD" ? "GET" : method;
  for (const std::size_t number : node->routes) {
    if (routes_[number].method != wanted) continue;
    match.route = &routes_[number];
    match.number = number;
    return match;
  }
  std::vector<std::string> methods;
  for (const std::size_t number : node->routes) methods.push_back(routes_[number].method);
  match.allow = allow_of(methods);
  return match;
}

std::expected<void, Refusal> Router::read_arguments(const Match& match, Request& request) {
  const auto names = names_in(match.route->path);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto text = percent_decoded(match.path_values[i], false);
    if (!text || *text == "." || *text == "..") return std::unexpected(Refusal{404, "there is nothing at this path"});
    auto value = read_argument(*find_parameter(*match.route, names[i]), *text);
    if (!value) return std::unexpected(Refusal{400, "in the path, " + value.error()});
    request.arguments.add(std::string(names[i]), std::move(*value));
  }
  if (match.route->takes_any_query) return {};
  std::vector<const Parameter*> declared;
  for (const Parameter& each : match.route->parameters) {
    if (std::ranges::find(names, each.name) == names.end()) declared.push_back(&each);
  }
  if (match.route->takes_key_in_query) declared.push_back(&key_parameter());
  if (auto read = read_query(declared, request.query, request.arguments); !read) {
    return std::unexpected(Refusal{400, std::move(read.error())});
  }
  return {};
}

}  // namespace renown::http
