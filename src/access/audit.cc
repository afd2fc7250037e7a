#include "access/audit.h"

#include <algorithm>

namespace renown::access {
namespace {

AuditLine line_of(const store::Rows& row) {
  return {.number = row.integer(0),
          .time = row.integer(1),
          .by = row.integer(2),
          .what = std::string(row.text(3)),
          .login = row.integer(4),
          .detail = std::string(row.text(5))};
}

}  // namespace

Result<void> Audit::write(store::Database& database, const AuditLine& line) {
  auto written =
      database.execute("INSERT INTO audit(time, by_login, what, login, detail) VALUES (?,?,?,?,?)",
                       {line.time, line.by, std::string_view(line.what), line.login, std::string_view(line.detail)});
  if (!written) return written.error();
  return {};
}

Result<void> Audit::note(const AuditLine& line) {
  return file_.change([&](store::Database& database) { return write(database, line); });
}

Result<Page<AuditLine>> Audit::read(std::string_view cursor, std::size_t most) {
  const auto below = parse_cursor(cursor);
  if (!below) return below.error();
  most = std::clamp<std::size_t>(most, 1, kMostPerPage);
  auto lines = file_.read([&](Reader& reader) {
    return all_rows(
        reader.ask("SELECT number, time, by_login, what, login, detail FROM audit WHERE number < ? ORDER BY "
                   "number DESC LIMIT ?",
                   {*below, static_cast<std::int64_t>(most + 1)}),
        line_of);
  });
  if (!lines) return lines.error();
  return page_of(std::move(*lines), most);
}

Result<std::vector<AuditLine>> Audit::of_login(LoginId login) {
  return file_.read([&](Reader& reader) {
    return all_rows(reader.ask("SELECT number, time, by_login, what, login, detail FROM audit WHERE login = ?1 OR "
                               "by_login = ?1 ORDER BY number",
                               {login}),
                    line_of);
  });
}

}  // namespace renown::access
