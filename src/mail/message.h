/// A message as it is handed to a mail server (RFC 5322), with a text and an HTML part (RFC 2046).
#pragma once

#include <cstdint>
#include <string>

namespace renown::mail {

struct Message {
  std::string id = {};    ///< what stands in the brackets of Message-ID: the same at each attempt
  std::int64_t time = 0;  ///< of the Date, unix seconds
  std::string from = {};  ///< a mailbox
  std::string from_name = {};
  std::string to = {};  ///< a mailbox
  std::string to_name = {};
  std::string language = {};  ///< a tag
  std::string subject = {};
  std::string text = {};  ///< UTF-8
  std::string html = {};  ///< the same as a document
  std::string unsubscribe =
      {};  ///< address that ends these letters by one POST (RFC 8058); empty: there is nothing to end
};

/// Names and subject may be any texts: none of them can add a header or a part.
std::string message_text(const Message& message);

}  // namespace renown::mail
