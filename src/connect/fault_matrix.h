/// What the tests of connectors share: one connector against a server that misbehaves at each of its requests in every
/// way of faults.h. What must hold, whatever the server does:
///   - a problem, or a part that was skipped, says so: never a whole reading, never an empty one as if nobody engaged;
///   - the problem is of the kind that the fault is;
///   - nothing false was read;
///   - reading again, from where the source then stands, the server well again, gives what is missing and no row twice.
///
///     TEST(Mastodon, faults) {
///       const test::Subject subject{.make = [](const std::string& base, const Access& access) { return ...; },
///                                   .healthy = [](const net::test::Seen& seen, const std::string& base) {
///                                     return net::test::reply(...); }};
///       EXPECT_EQ(test::fault_findings(subject), std::vector<std::string>{});
///     }
///
/// For what is asked by HTTP; streams have tests of their own. Takes about (requests of one reading) x 1.2 s of
/// waiting, on 8 threads.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "connect/connector.h"
#include "net/test_server.h"

namespace renown::connect::test {

/// A connector and the server it is made for.
struct Subject {
  /// base  "http://127.0.0.1:40123". Called by several threads.
  std::function<std::unique_ptr<Connector>(const std::string& base, const Access& access)> make;

  /// The whole answer to a request (net::test::reply), the same whenever it is asked. What the network would not take,
  /// such as a cursor it never gave, is answered as the network does, mostly by 400. Called by several threads.
  std::function<std::string(const net::test::Seen& seen, const std::string& base)> healthy;

  /// The answer to a request that is paged as if there was a page after it, which is called `next`; nothing for a
  /// request that has no pages. Without it, nobody looks at endless paging.
  std::function<std::optional<std::string>(const net::test::Seen& seen, const std::string& base,
                                           const std::string& next)>
      page = {};

  /// Requests to which "there is none" is an answer like another, and which the network gives in no other place a
  /// number to compare with: then an empty list must not make a false or a doubled row, and where it was all that there
  /// was, the next reading must find everything; more cannot be asked.
  std::function<bool(const net::test::Seen& seen)> may_be_empty = {};
};

/// The matrix for one subject, which it does not keep.
class FaultMatrix {
 public:
  explicit FaultMatrix(const Subject& subject);
  ~FaultMatrix();
  FaultMatrix(const FaultMatrix&) = delete;
  FaultMatrix& operator=(const FaultMatrix&) = delete;

  /// What is wrong with the connector, a sentence each: none is wanted.
  std::vector<std::string> findings();

  /// Requests of one reading: what the matrix was applied to.
  std::size_t requests() const;

 private:
  class Cases;
  std::unique_ptr<Cases> cases_;
};

/// Its findings in a word.
std::vector<std::string> fault_findings(const Subject& subject);

}  // namespace renown::connect::test
