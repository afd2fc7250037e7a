/// What the connectors of Meta's Graph API have in common (docs/networks/facebook.md).
///
/// Shapes are those of answers that others recorded and of the fields in Meta's own library; no server of Meta's was at
/// hand.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "connect/list_connector.h"

namespace renown::connect {

inline constexpr std::string_view kGraphVersion = "v24.0";  ///< of the interface, in each address

class GraphConnector : public ListConnector {
 public:
  using ListConnector::ListConnector;

 protected:
  /// The address in `paging.next`, without the token that Meta writes into it: ours goes in a header, and cursors are
  /// kept. Malformed on another server than ours.
  std::expected<std::string, Problem> next_page(const Errand& errand, const JsonAnswer& answer) const final;

  /// Meta says by a code in the body what a status of 400 or 403 means. A limit is one of calls in the last hour.
  Problem problem(const net::Response& response, std::string_view what) const final;
};

/// `address` without what it says for `access_token`.
std::string without_token(std::string_view address);

}  // namespace renown::connect
