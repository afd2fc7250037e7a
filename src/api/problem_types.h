/// Names of problems (RFC 9457, `type`), stable for programs. All others are "about:blank": their status says it all.
/// The page has a text for each (web/src/text, `problem_type.*`), and a test there reads this file.
#pragma once

#include <array>

namespace renown::api {

inline constexpr const char* kProblemCsrf = "/problems/csrf";                        ///< no token, or an old one
inline constexpr const char* kProblemDoneBefore = "/problems/done-before";           ///< its secret was told once
inline constexpr const char* kProblemKeyUsed = "/problems/key-used";                 ///< of idempotency, by another
inline constexpr const char* kProblemLogIn = "/problems/log-in";                     ///< nobody is logged in
inline constexpr const char* kProblemNoBackups = "/problems/no-backups";             ///< no folder was named
inline constexpr const char* kProblemScope = "/problems/scope";                      ///< open to others
inline constexpr const char* kProblemTooManyLetters = "/problems/too-many-letters";  ///< today
inline constexpr const char* kProblemTooManyTries = "/problems/too-many-tries";      ///< to log in
inline constexpr const char* kProblemUnderWay = "/problems/under-way";               ///< the same request is
inline constexpr const char* kProblemWrongLogIn = "/problems/wrong-log-in";          ///< name, password or link
inline constexpr const char* kProblemWrongPassword = "/problems/wrong-password";     ///< the old one, for a new one

inline constexpr std::array kProblemTypes = {kProblemCsrf,           kProblemDoneBefore,   kProblemKeyUsed,
                                             kProblemLogIn,          kProblemNoBackups,    kProblemScope,
                                             kProblemTooManyLetters, kProblemTooManyTries, kProblemUnderWay,
                                             kProblemWrongLogIn,     kProblemWrongPassword};

}  // namespace renown::api
