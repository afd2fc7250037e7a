#include "mail/confirm_letter.h"

#include "mail/catalogue.h"

namespace renown::mail {

Letter confirm_letter(std::string_view locale, const std::string& server, const std::string& url) {
  const Catalogue& texts = Catalogue::of(locale);
  return {.language = std::string(texts.language()),
          .is_right_to_left = texts.is_right_to_left(),
          .subject = texts.text("mail.confirm.subject"),
          .heading = texts.text("mail.confirm.subject"),
          .paragraphs = {texts.text("mail.confirm.words", {{"server", texts.isolated(server), 0}}),
                         texts.text("mail.confirm.time")},
          .action = texts.text("mail.confirm.action"),
          .action_url = url,
          .footer = {texts.text("mail.confirm.ignore")}};
}

}  // namespace renown::mail
