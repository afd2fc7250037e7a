/// Messages and the words of their headers. tests/peers/mail reads them with other people's programs.
#include "mail/message.h"

#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/encoding.h"
#include "mail/mime.h"

namespace renown::mail {
namespace {

std::string unquoted(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '=') {
      plain += text[i];
    } else if (text.substr(i, 3) == "=\r\n") {
      i += 2;
    } else {
      plain += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
      i += 2;
    }
  }
  return plain;
}

/// Lines of a text that ends them by CRLF; fails where a line ends otherwise.
std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find("\r\n");
    EXPECT_NE(end, std::string_view::npos);
    if (end == std::string_view::npos) break;
    lines.emplace_back(text.substr(0, end));
    EXPECT_EQ(lines.back().find_first_of("\r\n"), std::string::npos);
    text.remove_prefix(end + 2);
  }
  return lines;
}

TEST(QuotedPrintable, keeps_every_text) {
  for (const std::string text :
       {"", "a\n", "a = b\n", "blank at the end \n", "tab\t\n", "\n\n", "ünïcödé 李 درجتك\n", ".\n", "From here\n"}) {
    std::string with_crlf;
    for (const char c : text) with_crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
    EXPECT_EQ(unquoted(quoted_printable(text)), with_crlf) << text;
  }
  EXPECT_EQ(quoted_printable("no end"), "no end\r\n");
}

RC_GTEST_PROP(QuotedPrintable, lines_are_short_and_plain, (const std::string& bytes)) {
  const std::string out = quoted_printable(bytes);
  for (const std::string& line : lines_of(out)) {
    RC_ASSERT(line.size() <= 76U);
    RC_ASSERT(std::ranges::all_of(line, [](char c) { return (c >= ' ' && c < 127) || c == '\t'; }));
    const bool ends_in_a_blank = line.ends_with(' ') || line.ends_with('\t');
    RC_ASSERT(!ends_in_a_blank);
  }
}

TEST(HeaderText, is_plain_or_encoded) {
  EXPECT_EQ(header_text("Your score: 42.3"), "Your score: 42.3");
  EXPECT_EQ(header_text(""), "");
  EXPECT_EQ(header_text("Grüße"), "=?UTF-8?B?R3LDvMOfZQ==?=");
  EXPECT_EQ(header_text("a\r\nBcc: eve@example.com"), "a  Bcc: eve@example.com");
  EXPECT_TRUE(header_text("=?UTF-8?B?eA==?=").starts_with("=?UTF-8?B?")) << "what looks encoded is encoded";
  EXPECT_EQ(header_text("\xff"), "=?UTF-8?B?77+9?=");
}

RC_GTEST_PROP(HeaderText, begins_no_header_of_its_own, (const std::string& bytes)) {
  const std::string value = header_text(bytes);
  for (std::size_t at = value.find('\n'); at != std::string::npos; at = value.find('\n', at + 1)) {
    RC_ASSERT(at > 0 && value[at - 1] == '\r');
    RC_ASSERT(value.substr(at + 1, 3) == " =?");
  }
  RC_ASSERT(std::ranges::all_of(value, [](char c) { return (c >= ' ' && c < 127) || c == '\r' || c == '\n'; }));
  for (const std::string& line : lines_of(value + "\r\n")) RC_ASSERT(line.size() <= 76U);
}

const Message kMessage = {.id = "abc@renown.example",
                          .time = 1'800'000'000,
                          .from = "score@renown.example",
                          .from_name = "Renown",
                          .to = "hazel@example.com",
                          .to_name = "Hazel \"H\" Fenn",
                          .language = "en",
                          .subject = "Your score: 42.3",
                          .text = "42.3\n",
                          .html = "<p>42.3</p>\n",
                          .unsubscribe = "https://renown.example/unsubscribe/7-x"};

TEST(Message, stands_as_rfc_5322_wants_it) {
  const std::string text = message_text(kMessage);
  const std::string border = text.substr(text.find("\"=_") + 3, 32);
  EXPECT_EQ(text.substr(0, text.find("\r\n\r\n")),
            "Date: Fri, 15 Jan 2027 08:00:00 +0000\r\nMessage-ID: <abc@renown.example>\r\n"
            "From: \"Renown\" <score@renown.example>\r\nTo: \"Hazel \\\"H\\\" Fenn\" <hazel@example.com>\r\n"
            "Subject: Your score: 42.3\r\nMIME-Version: 1.0\r\nContent-Language: en\r\n"
            "Auto-Submitted: auto-generated\r\n"
            "List-Unsubscribe: <https://renown.example/unsubscribe/7-x>\r\n"
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\nContent-Type: multipart/alternative;\r\n"
            " boundary=\"=_" +
                border + "\"");
  const auto lines = lines_of(message_text(kMessage));
  EXPECT_EQ(std::ranges::count_if(lines, [](const auto& line) { return line.starts_with("--=_"); }), 3);
  Message quiet = kMessage;
  quiet.unsubscribe.clear();
  EXPECT_EQ(message_text(quiet).find("List-Unsubscribe"), std::string::npos);
}

/// Whatever stands in names, subject and bodies: the headers are those of every message, each once, and three borders.
RC_GTEST_PROP(Message, holds_nothing_that_was_smuggled_in,
              (const std::string& name, const std::string& subject, const std::string& body)) {
  Message message = kMessage;
  message.to_name = name + "\r\nBcc: eve@example.com\r\n";
  message.subject = "\nX-Eve: 1\r\n\r\n" + subject;
  message.text = "\r\n.\r\nMAIL FROM:<eve@example.com>\n" + body;
  message.html = body;
  std::vector<std::string> names;
  const auto lines = lines_of(message_text(message));
  for (const std::string& line : lines) {
    RC_ASSERT(line.size() <= 200U);
    if (line.empty()) break;
    if (line[0] != ' ') names.push_back(line.substr(0, line.find(':')));
  }
  const std::vector<std::string> wanted = {"Date",
                                           "Message-ID",
                                           "From",
                                           "To",
                                           "Subject",
                                           "MIME-Version",
                                           "Content-Language",
                                           "Auto-Submitted",
                                           "List-Unsubscribe",
                                           "List-Unsubscribe-Post",
                                           "Content-Type"};
  RC_ASSERT(names == wanted);
  RC_ASSERT(std::ranges::count_if(lines, [](const auto& line) { return line.starts_with("--=_"); }) == 3);
}

}  // namespace
}  // namespace renown::mail
