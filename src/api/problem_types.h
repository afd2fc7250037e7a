/// Names of problems (RFC 9457, `type`), stable for programs. What the server says before a handler of ours is asked (a
/// path where nothing is, a method, a size) is "about:blank": its status says it all. The page has a text for each
/// (web/src/text, `problem_type.*`), and a test there reads this file.
#pragma once

#include <array>

namespace renown::api {

inline constexpr const char* kProblemBadInput = "/problems/bad-input";               ///< something in it was not taken
inline constexpr const char* kProblemCsrf = "/problems/csrf";                        ///< no token, or an old one
inline constexpr const char* kProblemDoneBefore = "/problems/done-before";           ///< its secret was told once
inline constexpr const char* kProblemFull = "/problems/full";                        ///< as many as may be are there
inline constexpr const char* kProblemInvitationVoid = "/problems/invitation-void";   ///< used, withdrawn or expired
inline constexpr const char* kProblemKeyUsed = "/problems/key-used";                 ///< of idempotency, by another
inline constexpr const char* kProblemLetterUnderWay = "/problems/letter-under-way";  ///< one at a time
inline constexpr const char* kProblemLogIn = "/problems/log-in";                     ///< nobody is logged in
inline constexpr const char* kProblemNameTaken = "/problems/name-taken";             ///< of a person or of a log-in
inline constexpr const char* kProblemNoAddress = "/problems/no-address";             ///< none is confirmed for letters
inline constexpr const char* kProblemNoBackups = "/problems/no-backups";             ///< no folder was named
inline constexpr const char* kProblemNoMail = "/problems/no-mail";                   ///< no mail server is set up
inline constexpr const char* kProblemNoReader = "/problems/no-reader";               ///< no connector for it
inline constexpr const char* kProblemNotConfirmed = "/problems/not-confirmed";       ///< an address, by its letter
inline constexpr const char* kProblemNotEnoughData = "/problems/not-enough-data";    ///< too little is known to answer
inline constexpr const char* kProblemNotFound = "/problems/not-found";               ///< not there, or not for who asks
inline constexpr const char* kProblemNotPossible = "/problems/not-possible";         ///< as things stand here
inline constexpr const char* kProblemOptedOut = "/problems/opted-out";               ///< who asks has
inline constexpr const char* kProblemPasswordRule = "/problems/password-rule";       ///< too short, too long
inline constexpr const char* kProblemScope = "/problems/scope";                      ///< open to others
inline constexpr const char* kProblemTooManyLetters = "/problems/too-many-letters";  ///< today
inline constexpr const char* kProblemTooManyTries = "/problems/too-many-tries";      ///< to log in
inline constexpr const char* kProblemUnderWay = "/problems/under-way";               ///< the same request is
inline constexpr const char* kProblemWrongLogIn = "/problems/wrong-log-in";          ///< name, password or link
inline constexpr const char* kProblemWrongName = "/problems/wrong-name";             ///< not one's own, to erase
inline constexpr const char* kProblemWrongPassword = "/problems/wrong-password";     ///< the old one, for a new one

inline constexpr std::array kProblemTypes = {
    kProblemBadInput,       kProblemCsrf,           kProblemDoneBefore, kProblemFull,         kProblemInvitationVoid,
    kProblemKeyUsed,        kProblemLetterUnderWay, kProblemLogIn,      kProblemNameTaken,    kProblemNoAddress,
    kProblemNoBackups,      kProblemNoMail,         kProblemNoReader,   kProblemNotConfirmed, kProblemNotEnoughData,
    kProblemNotFound,       kProblemNotPossible,    kProblemOptedOut,   kProblemPasswordRule, kProblemScope,
    kProblemTooManyLetters, kProblemTooManyTries,   kProblemUnderWay,   kProblemWrongLogIn,   kProblemWrongName,
    kProblemWrongPassword};

}  // namespace renown::api
