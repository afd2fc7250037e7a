/// Letters: what goes out by e-mail: the letter that asks whether an address is somebody's, and digests. Sent in the
/// background, by a mail server of the operator's; without one nothing is.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "renown/result.h"

#include "instance/published.h"
#include "mail/digest_letter.h"
#include "mail/mail_store.h"
#include "net/smtp.h"
#include "notice/told_store.h"

namespace renown::api {

struct Context;

/// How the operator sends.
struct MailOptions {
  net::SmtpOptions smtp = {};  ///< own_name and ca_file are filled in
  std::string from = {};       ///< a mailbox
};

struct LettersOptions {
  std::optional<MailOptions> mail;  ///< nothing: no letter is sent
  std::function<std::int64_t()> clock;
  std::function<void(std::string_view)> report;  ///< a sentence for the operator, without any mailbox
};

/// For any number of threads.
class Letters {
 public:
  /// told  outlives it
  Letters(LettersOptions options, std::unique_ptr<mail::MailStore> store, notice::ToldStore& told);
  ~Letters();

  /// Begins to send; ends with this object. context  outlives it
  void start(Context& context);

  bool has_server() const;  ///< whether the operator has set up a mail server

  mail::MailStore& store();

  /// The letter that asks, as a message to a mailbox. locale  of who asks
  std::string confirm_message(const Context& context, std::string_view locale, const std::string& to,
                              const std::string& token) const;

  /// Queues a digest for one of the person's addresses.
  Result<mail::Queued> queue_digest(Context& context, const mail::Reader& reader, const mail::DigestFacts& facts,
                                    mail::DigestCause cause);

  /// A run was published: digests may be due.
  void note_run();

  /// Something may be due now.
  void wake();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace renown::api
