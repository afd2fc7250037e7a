#include "mail/mailbox.h"

#include <gtest/gtest.h>

namespace renown::mail {
namespace {

TEST(Mailbox, is_what_a_letter_can_be_sent_to) {
  const std::string name(64, 'a');
  const struct {
    std::string given;
    const char* wanted;  ///< null: refused
  } rows[] = {
      {"", nullptr},
      {"ada", nullptr},
      {"@example.com", nullptr},
      {"ada@", nullptr},
      {"ada@example.com", "ada@example.com"},
      {" Ada.L+x@Example.COM\n", "Ada.L+x@example.com"},
      {"ada@bücher.example", "ada@xn--bcher-kva.example"},
      {"o'hara@mail.example.co.uk", "o'hara@mail.example.co.uk"},
      {name + "@example.com", "long"},
      {name + "a@example.com", nullptr},
      {"ada@localhost", nullptr},
      {"ada@127.0.0.1", nullptr},
      {"ada@0x7f.1", nullptr},
      {"ada@[::1]", nullptr},
      {"ada@[192.0.2.1]", nullptr},
      {"ada@example.com:25", nullptr},
      {"ada@example.com/x", nullptr},
      {"ada@example.com?x", nullptr},
      {"ada@x@example.com", nullptr},
      {"\"a b\"@example.com", nullptr},
      {"ädä@example.com", nullptr},
      {".ada@example.com", nullptr},
      {"ada.@example.com", nullptr},
      {"a..da@example.com", nullptr},
      {"ada@example.com\r\nBcc: eve@example.com", nullptr},
      {"ada@example.com\r\nRCPT TO:<eve@example.com>", nullptr},
      {"ada>@example.com", nullptr},
      {"<ada@example.com>", nullptr},
      {"ada,eve@example.com", nullptr},
      {std::string("a\0da@example.com", 16), nullptr},
  };
  for (const auto& row : rows) {
    const auto read = mailbox(row.given);
    EXPECT_EQ(read.has_value(), row.wanted != nullptr) << row.given << (read ? " is " + *read : "");
    if (read && row.wanted != nullptr && std::string_view(row.wanted) != "long") {
      EXPECT_EQ(*read, row.wanted);
    }
    if (!read) {
      EXPECT_EQ(read.error().code, ErrorCode::bad_input);
    }
  }
  EXPECT_EQ(domain_of("ada@example.com"), "example.com");
}

}  // namespace
}  // namespace renown::mail
