#include "people/web_address.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace renown::people {
namespace {

TEST(WebAddress, RefusesWhatBrowsersForgive) {
  for (const char* text : {"",
                           "example.org",
                           "//example.org",
                           "https:example.org",
                           "https:/example.org",
                           "https:///example.org",
                           "ftp://example.org",
                           "javascript:alert(1)",
                           "data:text/html,x",
                           "mailto:ada@example.org",
                           "https://",
                           "https://ada@example.org",
                           "https://example.org@evil.example",
                           "https://ex\\ample.org",
                           "https:\\\\example.org",
                           "https://exa mple.org",
                           "https://example.org/a b",
                           "https://example.org/\x01",
                           "https://ex%61mple.org",
                           "https://localhost",
                           "https://127.0.0.1",
                           "https://0x7f.1",
                           "https://[::1]",
                           "https://-a.example",
                           "https://example..org",
                           "https://example.org:99999999",
                           "https://example.org:8a",
                           "https://ex\xD0\xB0mple.org" /* a Cyrillic a */,
                           "https://example\xE3\x80\x82"
                           "org" /* an ideographic full stop */,
                           "https://example.org\xE2\x81\x84"
                           "evil.example" /* a fraction slash */}) {
    EXPECT_FALSE(parse_web_address(text)) << text;
  }
  EXPECT_FALSE(parse_web_address("https://example.org/" + std::string(5000, 'x')));
}

struct Same {
  const char* text;
  const char* name;
};

TEST(WebAddress, HasOneNameForEachOwner) {
  const Same cases[] = {
      {"https://example.org", "https://example.org"},
      {"https://example.org/", "https://example.org"},
      {"HTTPS://EXAMPLE.org.:443", "https://example.org"},
      {"http://example.org:80/", "https://example.org"},
      {"http://example.org:8080/", "https://example.org:8080"},
      {" https://example.org/\n", "https://example.org"},
      {"https://example.org/#me", "https://example.org"},
      {"https://example.org?a=1#b", "https://example.org?a=1"},
      {"https://example.org/%7Eada//", "https://example.org/~ada"},
      {"https://example.org/a/./b/../c/", "https://example.org/a/c"},
      {"https://example.org/../..", "https://example.org"},
      {"https://example.org/a%2fb", "https://example.org/a%2Fb"},
      {"https://example.org/\xC3\xA9", "https://example.org/%C3%A9"},
      {"https://example.org/Ada", "https://example.org/Ada"},  // paths have a case
      {"https://GitHub.com/Ada", "https://github.com/ada"},    // but for a forge's
      {"https://www.example.org", "https://www.example.org"},
      {"https://xn--exmple-cua.org", "https://xn--exmple-cua.org"},
      {"https://@example.org/", nullptr},
  };
  for (const Same& each : cases) {
    const auto address = parse_web_address(each.text);
    ASSERT_EQ(address.has_value(), each.name != nullptr) << each.text;
    if (each.name != nullptr) {
      EXPECT_EQ(address->name(), each.name) << each.text;
    }
  }
}

TEST(WebAddress, ResolvesReferences) {
  const auto base = *parse_web_address("https://example.org/a/b?q=1");
  const Same cases[] = {
      {"", "https://example.org/a/b?q=1"},
      {"#x", "https://example.org/a/b?q=1"},
      {"c", "https://example.org/a/c"},
      {"../c", "https://example.org/c"},
      {"../../../c", "https://example.org/c"},
      {"/c", "https://example.org/c"},
      {"?r", "https://example.org/a/b?r"},
      {"//other.example/c", "https://other.example/c"},
      {"http://other.example", "https://other.example"},
      {"javascript:x", nullptr},
      {"//", nullptr},
  };
  for (const Same& each : cases) {
    const auto address = resolve(base, each.text);
    ASSERT_EQ(address.has_value(), each.name != nullptr) << each.text;
    if (each.name != nullptr) {
      EXPECT_EQ(address->name(), each.name) << each.text;
    }
  }
}

TEST(WebAddressProperty, ANameIsItsOwnName) {
  rc::check([] {
    const auto path =
        *rc::gen::container<std::string>(rc::gen::element('a', 'B', '/', '.', '%', '7', 'e', '?', '#', '~'));
    const auto address = parse_web_address("https://example.org/" + path);
    RC_PRE(address.has_value());
    const auto again = parse_web_address(address->name());
    RC_ASSERT(again.has_value());
    RC_ASSERT(again->name() == address->name());
  });
}

}  // namespace
}  // namespace renown::people
