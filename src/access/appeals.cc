#include "access/appeals.h"

#include <array>

#include <fmt/format.h>

#include "access/audit.h"
#include "access/text_rule.h"

namespace renown::access {
namespace {

constexpr std::int64_t kDaySeconds = 86'400;
constexpr std::array<std::string_view, 5> kStateNames = {"open", "withdrawn", "upheld", "pardoned", "revoked"};

AppealState parse_state(std::string_view name) {
  for (std::size_t i = 0; i < kStateNames.size(); ++i) {
    if (name == kStateNames[i]) return static_cast<AppealState>(i);
  }
  return AppealState::open;
}

Appeal appeal_of(const store::Rows& row) {
  return {.id = row.integer(0),
          .person = row.integer(1),
          .finding = row.integer(2),
          .text = std::string(row.text(3)),
          .made = row.integer(4),
          .state = parse_state(row.text(5)),
          .answer = std::string(row.text(6)),
          .answered = row.integer(7),
          .pardon = row.integer(8)};
}

Result<void> check_may_appeal(store::Database& database, PersonId person, std::int64_t finding, std::int64_t now) {
  const auto open = database.query_integer(
      "SELECT count(*) FROM appeals WHERE person = ? AND finding = ? AND state = 'open'", {person, finding});
  if (!open) return open.error();
  if (*open > 0)
    return bad_input("you have appealed against this finding already: wait for the answer, or withdraw that appeal");
  const auto lately = database.query_integer("SELECT count(*) FROM appeals WHERE person = ? AND made > ?",
                                             {person, now - kAppealsWithinDays * kDaySeconds});
  if (!lately) return lately.error();
  if (*lately >= kMostAppeals) {
    return bad_input(fmt::format("you have appealed {} times within {} days: wait until some are older", kMostAppeals,
                                 kAppealsWithinDays));
  }
  return {};
}

Result<void> note(store::Database& database, std::string_view what, std::string detail, LoginId by, std::int64_t now) {
  return Audit::write(database,
                      {.time = now, .by = by, .what = std::string(what), .login = 0, .detail = std::move(detail)});
}

std::string detail_of(std::int64_t appeal, std::int64_t finding) {
  return fmt::format("appeal {}: finding {}", appeal, finding);
}

/// which  "appeal" or "finding", of that number. returns  how many were open
Result<std::uint64_t> write_answer(store::Database& database, std::string_view which, std::int64_t number,
                                   const AppealAnswer& answer, std::int64_t now) {
  const auto text = appeal_text("the answer", answer.text);
  if (!text) return text.error();
  const std::string_view state = appeal_state_name(answer.pardon == 0 ? AppealState::upheld : AppealState::pardoned);
  return database.execute(
      fmt::format("UPDATE appeals SET state = ?, answer = ?, answered = ?, pardon = ? WHERE {} = ? AND state = 'open'",
                  which),
      {state, std::string_view(*text), now, answer.pardon, number});
}

}  // namespace

std::string_view appeal_state_name(AppealState state) {
  return kStateNames[static_cast<std::size_t>(state)];
}

Result<std::string> appeal_text(std::string_view what, std::string_view text) {
  return some_lines(what, text, kMostAppealBytes);
}

Result<Appeal> Appeals::make(PersonId person, std::int64_t finding, std::string_view text, LoginId by,
                             std::int64_t now) {
  auto kept = appeal_text("the appeal", text);
  if (!kept) return kept.error();
  return file_.change([&](store::Database& database) -> Result<Appeal> {
    if (auto may = check_may_appeal(database, person, finding, now); !may) return may.error();
    auto made = database.execute("INSERT INTO appeals(person, finding, text, made) VALUES (?, ?, ?, ?)",
                                 {person, finding, std::string_view(*kept), now});
    if (!made) return made.error();
    Appeal appeal{.id = database.last_row(), .person = person, .finding = finding, .text = *kept, .made = now};
    if (auto noted = note(database, "appeal made", detail_of(appeal.id, finding), by, now); !noted)
      return noted.error();
    return appeal;
  });
}

Result<void> Appeals::withdraw(PersonId person, std::int64_t appeal, LoginId by, std::int64_t now) {
  return file_.change([&](store::Database& database) -> Result<void> {
    auto withdrawn = database.execute(
        "UPDATE appeals SET state = 'withdrawn', answered = ? WHERE appeal = ? AND person = ? AND state = 'open'",
        {now, appeal, person});
    if (!withdrawn) return withdrawn.error();
    if (*withdrawn == 0) return Error{ErrorCode::not_found, "there is no such appeal of yours that is open"};
    return note(database, "appeal withdrawn", fmt::format("appeal {}", appeal), by, now);
  });
}

Result<std::vector<Appeal>> Appeals::of_person(PersonId person) {
  return file_.read([&](Reader& reader) {
    return all_rows(
        reader.ask("SELECT appeal, person, finding, text, made, state, answer, answered, pardon FROM appeals "
                   "WHERE person = ? ORDER BY appeal DESC",
                   {person}),
        appeal_of);
  });
}

Result<std::vector<Appeal>> Appeals::waiting() {
  return file_.read([](Reader& reader) {
    return all_rows(
        reader.ask("SELECT appeal, person, finding, text, made, state, answer, answered, pardon FROM appeals "
                   "WHERE finding IN (SELECT finding FROM appeals WHERE state = 'open') ORDER BY appeal"),
        appeal_of);
  });
}

Result<std::optional<Appeal>> Appeals::find(std::int64_t appeal) {
  return file_.read([&](Reader& reader) {
    return first_row(
        reader.ask("SELECT appeal, person, finding, text, made, state, answer, answered, pardon FROM appeals "
                   "WHERE appeal = ?",
                   {appeal}),
        appeal_of);
  });
}

Result<void> Appeals::answer(std::int64_t appeal, const AppealAnswer& answer, LoginId by, std::int64_t now) {
  return file_.change([&](store::Database& database) -> Result<void> {
    const auto answered = write_answer(database, "appeal", appeal, answer, now);
    if (!answered) return answered.error();
    if (*answered == 0)
      return Error{ErrorCode::not_found, "there is no such appeal that is open: it was answered or withdrawn"};
    const std::string pardon = answer.pardon == 0 ? "" : fmt::format(": pardon {}", answer.pardon);
    return note(database, answer.pardon == 0 ? "appeal upheld" : "appeal pardoned",
                fmt::format("appeal {}{}", appeal, pardon), by, now);
  });
}

Result<std::uint64_t> Appeals::answer_all(std::int64_t finding, const AppealAnswer& answer, LoginId by,
                                          std::int64_t now) {
  return file_.change([&](store::Database& database) -> Result<std::uint64_t> {
    const auto answered = write_answer(database, "finding", finding, answer, now);
    if (!answered) return answered.error();
    const std::string pardon = answer.pardon == 0 ? "" : fmt::format(", pardon {}", answer.pardon);
    auto noted = note(database, answer.pardon == 0 ? "finding upheld" : "finding pardoned",
                      fmt::format("finding {}{}, appeals {}", finding, pardon, *answered), by, now);
    if (!noted) return noted.error();
    return *answered;
  });
}

Result<std::vector<Appeal>> Appeals::pardoned() {
  return file_.read([](Reader& reader) {
    return all_rows(
        reader.ask("SELECT appeal, person, finding, text, made, state, answer, answered, pardon FROM appeals "
                   "WHERE state = 'pardoned' ORDER BY appeal"),
        appeal_of);
  });
}

Result<void> Appeals::revoke(std::int64_t pardon, std::string_view text, LoginId by, std::int64_t now) {
  const auto kept = appeal_text("the answer", text);
  if (!kept) return kept.error();
  return file_.change([&](store::Database& database) -> Result<void> {
    auto revoked = database.execute(
        "UPDATE appeals SET state = 'revoked', answer = ?, answered = ? WHERE pardon = ? AND state = 'pardoned'",
        {std::string_view(*kept), now, pardon});
    if (!revoked) return revoked.error();
    return note(database, "pardon withdrawn", fmt::format("pardon {}, appeals {}", pardon, *revoked), by, now);
  });
}

Result<void> Appeals::revoke_one(std::int64_t appeal, std::string_view text, LoginId by, std::int64_t now) {
  const auto kept = appeal_text("the answer", text);
  if (!kept) return kept.error();
  return file_.change([&](store::Database& database) -> Result<void> {
    auto revoked = database.execute(
        "UPDATE appeals SET state = 'revoked', answer = ?, answered = ? WHERE appeal = ? AND state = 'pardoned'",
        {std::string_view(*kept), now, appeal});
    if (!revoked) return revoked.error();
    if (*revoked == 0) return Error{ErrorCode::not_found, "there is no such appeal that stands as pardoned"};
    return note(database, "pardon withdrawn", fmt::format("appeal {}", appeal), by, now);
  });
}

}  // namespace renown::access
