/// Router: the table of routes, and the one look-up in it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "renown/result.h"

#include "http/refusal.h"
#include "http/route.h"

namespace renown::http {

/// What a method and a path lead to.
struct Match {
  const Route* route = nullptr;                    ///< nullptr: there is none
  std::size_t number = 0;                          ///< of the route in the table
  std::string allow = {};                          ///< methods of that path, for `Allow`; empty: there is no such path
  std::vector<std::string_view> path_values = {};  ///< of the braces, in order, still percent-encoded
};

/// Constant once made: for any number of threads.
class Router {
 public:
  /// errors  usage: two routes of one method and path or of one id, a parameter in braces that is not declared, a path
  ///         that does not begin with '/', a parameter of a wrong range; the sentence names the route
  static Result<Router> make(std::vector<Route> routes);

  /// A text in a path goes before a parameter in its place; one slash at the end is read over. HEAD finds GET.
  /// Cost: the parts of the path times the routes that share a part.
  Match find(std::string_view method, std::string_view path) const;

  /// Checks the path values and the query of a request against its route and fills request.arguments.
  ///
  /// errors  400 with one sentence; 404 for a path value that cannot name anything ("..", a bad percent-encoding)
  static std::expected<void, Refusal> read_arguments(const Match& match, Request& request);

  const std::vector<Route>& routes() const { return routes_; }

 private:
  struct Node {
    std::vector<std::pair<std::string, std::size_t>> texts;  ///< part, child; sorted
    std::size_t parameter = 0;                               ///< child; 0: none
    std::vector<std::size_t> routes;                         ///< that end here
  };

  Result<void> add(std::size_t number);
  std::size_t child(std::size_t node, std::string_view part);
  const Node* walk(std::size_t node, std::string_view rest, std::vector<std::string_view>& values) const;

  std::vector<Route> routes_;
  std::vector<Node> nodes_{1};
};

}  // namespace renown::http
