/// Sender: takes the letters that are due out of a MailStore and hands them to the mail server.
#pragma once

#include <set>
#include <stop_token>
#include <string>

#include "renown/result.h"

#include "mail/mail_store.h"
#include "net/pacer.h"
#include "net/smtp.h"

namespace renown::mail {

struct SendReport {
  int taken = 0, refused = 0, failed = 0;
  int not_known = 0;               ///< may have been taken; not sent again
  std::set<std::string> problems;  ///< one sentence each, without any mailbox
};

/// Each letter at most once: that it may have been taken is on disk before its end is sent. What broke off before that
/// is tried again (retry_rule). For one thread; one sender for a store.
class Sender {
 public:
  /// store, client, pacer  outlive it
  /// from  a mailbox
  Sender(MailStore& store, net::SmtpClient& client, std::string from, net::Pacer& pacer)
      : store_(store), client_(client), from_(std::move(from)), pacer_(pacer) {}

  /// Sends until nothing is due, one letter after the other. A server that cannot be reached is left alone for a while,
  /// whatever is due. errors  of the store
  Result<SendReport> send_due(std::stop_token stop = {});

 private:
  Result<void> send_one(const Due& due, SendReport& report, const std::stop_token& stop);

  MailStore& store_;
  net::SmtpClient& client_;
  std::string from_;
  net::Pacer& pacer_;
  int server_failures_ = 0;  ///< in a row
  std::int64_t not_before_ = 0;
};

}  // namespace renown::mail
