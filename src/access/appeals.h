/// Appeals: what people say to a finding about accounts of theirs, and what they were answered.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/role.h"
#include "access/service_file.h"

namespace renown::access {

inline constexpr std::size_t kMostAppealBytes = 4000;  ///< of its text, and of an answer
inline constexpr std::int64_t kMostAppeals = 10;       ///< of a person, within kAppealsWithinDays
inline constexpr std::int64_t kAppealsWithinDays = 30;
inline constexpr std::int64_t kAppealDays = 730;  ///< how long a settled one is kept

enum class AppealState {
  open,
  withdrawn,  ///< by the person, before it was answered
  upheld,     ///< the finding stands
  pardoned,
  revoked,  ///< it was pardoned, and the pardon was withdrawn
};
std::string_view appeal_state_name(AppealState state);

struct Appeal {
  std::int64_t id = 0;
  PersonId person = 0;
  std::int64_t finding = 0;
  std::string text = {};
  std::int64_t made = 0;
  AppealState state = AppealState::open;
  std::string answer = {};    ///< that the person reads; empty: none yet
  std::int64_t answered = 0;  ///< when the state was last changed; 0: it is open
  std::int64_t pardon = 0;    ///< number of the pardon; 0: none
};

/// What an operator decides.
struct AppealAnswer {
  std::int64_t pardon = 0;  ///< that was given; 0: the finding stands
  std::string text = {};    ///< that the person reads
};

/// The text of an appeal or an answer, as it is kept. errors  bad_input: empty, too long, not plain text
Result<std::string> appeal_text(std::string_view what, std::string_view text);

/// For any number of threads. Each change has its line in the audit. errors  io, where nothing else is said
class Appeals {
 public:
  explicit Appeals(ServiceFile& file) : file_(file) {}

  /// errors  bad_input for a text as of appeal_text, and where the person has an open one about that finding, or made
  ///         too many
  Result<Appeal> make(PersonId person, std::int64_t finding, std::string_view text, LoginId by, std::int64_t now);

  /// errors  not_found: another person's, none, or answered already
  Result<void> withdraw(PersonId person, std::int64_t appeal, LoginId by, std::int64_t now);

  /// Newest first.
  Result<std::vector<Appeal>> of_person(PersonId person);

  /// All that are open, and the settled ones of the findings that these are about; the oldest first.
  Result<std::vector<Appeal>> waiting();

  Result<std::optional<Appeal>> find(std::int64_t appeal);

  /// Answers one. errors  not_found where it is not open (any more); bad_input for the text
  Result<void> answer(std::int64_t appeal, const AppealAnswer& answer, LoginId by, std::int64_t now);

  /// Answers all open ones about a finding, of which there may be none. returns  how many
  Result<std::uint64_t> answer_all(std::int64_t finding, const AppealAnswer& answer, LoginId by, std::int64_t now);

  /// Those that stand as pardoned, the oldest first.
  Result<std::vector<Appeal>> pardoned();

  /// The pardon was withdrawn: so it is for whoever appealed. errors  bad_input for the text
  Result<void> revoke(std::int64_t pardon, std::string_view text, LoginId by, std::int64_t now);

  /// The same for one appeal, where the pardon goes on for others. errors  not_found where it does not stand as
  /// pardoned
  Result<void> revoke_one(std::int64_t appeal, std::string_view text, LoginId by, std::int64_t now);

 private:
  ServiceFile& file_;
};

}  // namespace renown::access
