/// Audit: who changed what, for the operator. No secrets and no names: numbers, roles and scopes.
#pragma once

#include <string>

#include "access/page.h"
#include "access/role.h"
#include "access/service_file.h"

namespace renown::access {

inline constexpr std::int64_t kAuditDays = 730;

struct AuditLine {
  std::int64_t number = 0;
  std::int64_t time = 0;
  LoginId by = 0;           ///< 0: the program, or somebody who was erased
  std::string what = {};    ///< "login made", "role changed", "key made", ...
  LoginId login = 0;        ///< whose; 0: nobody's
  std::string detail = {};  ///< "operator", "key 7: score:read"
};

/// For any number of threads.
class Audit {
 public:
  explicit Audit(ServiceFile& file) : file_(file) {}

  /// Adds a line by itself; line.number is not used. errors  io
  Result<void> note(const AuditLine& line);

  /// Adds a line to what the transaction of `database` changes.
  static Result<void> write(store::Database& database, const AuditLine& line);

  /// errors  bad_input for a cursor that is none; io
  Result<Page<AuditLine>> read(std::string_view cursor = {}, std::size_t most = 50);

  /// All lines about a login or by it, oldest first.
  Result<std::vector<AuditLine>> of_login(LoginId login);

 private:
  ServiceFile& file_;
};

}  // namespace renown::access
