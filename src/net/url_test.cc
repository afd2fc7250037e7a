#include "net/url.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace renown::net {
namespace {

struct Case {
  const char* text;
  const char* wanted;  ///< nullptr: refused
};

class ParseUrl : public ::testing::TestWithParam<Case> {};

TEST_P(ParseUrl, gives_the_one_spelling_or_refuses) {
  const auto url = Url::parse(GetParam().text);
  if (GetParam().wanted == nullptr) {
    EXPECT_FALSE(url) << GetParam().text << " was read as " << url->text();
    return;
  }
  ASSERT_TRUE(url) << GetParam().text << ": " << url.error().message;
  EXPECT_EQ(url->text(), GetParam().wanted);
  EXPECT_EQ(*Url::parse(url->text()), *url) << "and is read back as itself";
}

INSTANTIATE_TEST_SUITE_P(
    Table, ParseUrl,
    ::testing::Values(
        Case{"", nullptr}, Case{"http://", nullptr}, Case{"http:///", nullptr}, Case{"example.org", nullptr},
        Case{"ftp://example.org/", nullptr}, Case{"http://example.org", "http://example.org/"},
        Case{"HTTPS://Example.ORG", "https://example.org/"}, Case{"https://example.org:443/", "https://example.org/"},
        Case{"https://example.org:80/", "https://example.org:80/"},
        Case{"wss://example.org:443/x", "wss://example.org/x"}, Case{"ws://example.org/x?y", "ws://example.org/x?y"},
        Case{"http://example.org:8080", "http://example.org:8080/"},
        Case{"http://example.org:/", "http://example.org/"}, Case{"http://example.org:0/", nullptr},
        Case{"http://example.org:65535/", "http://example.org:65535/"}, Case{"http://example.org:65536/", nullptr},
        Case{"http://example.org./", "http://example.org/"}, Case{"http://example.org../", nullptr},
        Case{"http://ex ample.org/", nullptr}, Case{"http://example.org/a b", nullptr},
        Case{"http://example.org/a#part", "http://example.org/a"},
        Case{"http://example.org?q=1", "http://example.org/?q=1"},
        Case{"http://example.org/a/../b", "http://example.org/b"},
        Case{"http://example.org/%2e%2E", "http://example.org/%2e%2E"}, Case{"http://user@example.org/", nullptr},
        Case{"http://u:p@example.org/", nullptr}, Case{"http://example.org\\@evil.example/", nullptr},
        Case{"http://b\xc3\xbc"
             "cher.example/",
             "http://xn--bcher-kva.example/"},
        Case{"http://example.org/\xc3\xbc", "http://example.org/%c3%bc"}, Case{"http://0x7f.1/", "http://127.0.0.1/"},
        Case{"http://2130706433/", "http://127.0.0.1/"}, Case{"http://127.0.0.1.5/", nullptr},
        Case{"http://1.2.3.256/", nullptr}, Case{"http://[0:0::1]/", "http://[::1]/"},
        Case{"http://[::FFFF:7F00:1]:80/", "http://[::ffff:127.0.0.1]/"}, Case{"http://[::1%25lo]/", nullptr},
        Case{"http://[::1/", nullptr}, Case{"http://a_b.example/", "http://a_b.example/"},
        Case{"http://a..b/", nullptr}, Case{"http://a,b/", nullptr}, Case{"http://example.org/\r\nX: y", nullptr}));

TEST(ParseUrl, bounds_the_length) {
  const std::string front = "http://example.org/";
  EXPECT_TRUE(Url::parse(front + std::string(Url::kMaxBytes - front.size(), 'a')));
  EXPECT_FALSE(Url::parse(front + std::string(Url::kMaxBytes - front.size() + 1, 'a')));
  std::string encoded_longer = front;
  while (encoded_longer.size() < Url::kMaxBytes / 2) encoded_longer += "\xc3\xbc";
  EXPECT_FALSE(Url::parse(encoded_longer));
}

TEST(ParseUrl, shows_no_secret_in_its_sentences) {
  for (const char* text : {"http://user:hunter2@example.org/?token=hunter2", "http://exa mple/?key=hunter2",
                           "hunter2://example.org/", "http://example.org:hunter2/", "http://[hunter2]/"}) {
    const auto url = Url::parse(text);
    ASSERT_FALSE(url) << text;
    EXPECT_EQ(url.error().message.find("hunter2"), std::string::npos) << url.error().message;
  }
}

TEST(ResolveUrl, follows_references_as_pages_write_them) {
  const auto base = *Url::parse("https://example.org/api/list?page=1");
  const std::pair<const char*, const char*> cases[] = {
      {"", "https://example.org/api/list?page=1"},
      {"?page=2", "https://example.org/api/list?page=2"},
      {"next", "https://example.org/api/next"},
      {"/top", "https://example.org/top"},
      {"../up", "https://example.org/up"},
      {"../../../up", "https://example.org/up"},
      {"//other.example/x", "https://other.example/x"},
      {"http://other.example:81/x", "http://other.example:81/x"},
      {"/a b", "https://example.org/a%20b"},
      {"#part", "https://example.org/api/list?page=1"},
      {"/path:with/colon", "https://example.org/path:with/colon"},
  };
  for (const auto& [reference, wanted] : cases) {
    const auto url = base.resolve(reference);
    ASSERT_TRUE(url) << reference << ": " << url.error().message;
    EXPECT_EQ(url->text(), wanted) << reference;
  }
  for (const char* reference :
       {"javascript:x", "file:///etc/passwd", "http:/127.0.0.1/", "//user@x/", "\\\\x", "/a\nb", "http:x"}) {
    EXPECT_FALSE(base.resolve(reference)) << reference;
  }
}

TEST(ShownUrl, has_neither_query_nor_long_secrets) {
  EXPECT_EQ(Url::parse("https://example.org/a/b?token=hunter2")->shown(), "https://example.org/a/b");
  EXPECT_EQ(Url::parse("https://example.org/hook/" + std::string(41, 's') + "/x")->shown(),
            "https://example.org/hook/sssssss.../x");
}

RC_GTEST_PROP(ParseUrl, whatever_the_bytes_it_is_refused_or_read_back_as_itself, (const std::string& tail)) {
  const auto url = Url::parse("http://" + tail);
  if (url) RC_ASSERT(*Url::parse(url->text()) == *url);
}

}  // namespace
}  // namespace renown::net
