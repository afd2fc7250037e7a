#include "connect/feed/document.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace renown::connect::feed {
namespace {

std::string rss(std::string_view items) {
  return fmt::format(R"(<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>)"
                     R"(<title>Owls</title><image><title>not this</title></image>{}</channel></rss>)",
                     items);
}

std::string atom(std::string_view entries) {
  return fmt::format(R"(<feed xmlns="http://www.w3.org/2005/Atom" xmlns:t="http://purl.org/syndication/thread/1.0">)"
                     R"(<title type="text">Owls</title><author><uri>https://none.example</uri></author>{}</feed>)",
                     entries);
}

TEST(FeedDocument, rss) {
  const auto document = read_feed(rss(
      R"(<item><title>A &amp; b</title><link> https://a.example/1 </link><guid isPermaLink="false">g1</guid>)"
      R"(<pubDate>Sat, 01 Aug 2026 13:53:54 +0200</pubDate><dc:creator><![CDATA[Ada]]></dc:creator></item><item/>)"));
  ASSERT_TRUE(document) << document.error().message;
  EXPECT_EQ(document->title, "Owls");
  ASSERT_EQ(document->entries.size(), 2u);
  const Entry& entry = document->entries[0];
  EXPECT_EQ(entry.title, "A & b");
  EXPECT_EQ(entry.link, "https://a.example/1");
  EXPECT_EQ(entry.id, "g1");
  EXPECT_EQ(entry.time, 1785585234);
  EXPECT_EQ(entry.author_address, "");
  EXPECT_FALSE(document->entries[1].time);
}

TEST(FeedDocument, atom) {
  const auto document = read_feed(atom(
      R"(<entry><title>x</title><link rel="self" href="https://a.example/no"/><link href="https://a.example/1"/>)"
      R"(<id>i1</id><updated>2026-08-02T00:00:00Z</updated><published>2026-08-01T13:53:54+02:00</published>)"
      R"(<author><name>Ada</name><uri>https://ada.example</uri></author>)"
      R"(<t:in-reply-to ref="r" href="https://a.example/0"/></entry><entry><updated>1970-01-02T00:00:00Z</updated></entry>)"));
  ASSERT_TRUE(document) << document.error().message;
  EXPECT_EQ(document->title, "Owls");
  ASSERT_EQ(document->entries.size(), 2u);
  const Entry& entry = document->entries[0];
  EXPECT_EQ(entry.link, "https://a.example/1");
  EXPECT_EQ(entry.id, "i1");
  EXPECT_EQ(entry.time, 1785585234);
  EXPECT_EQ(entry.author_address, "https://ada.example");
  EXPECT_EQ(entry.answers, (std::vector<std::string>{"https://a.example/0"}));
  EXPECT_EQ(document->entries[1].time, 86400);
  EXPECT_TRUE(read_feed(atom("")));
  EXPECT_TRUE(read_feed(rss("")));
}

TEST(FeedDocument, what_is_none) {
  std::string deep = "<rss>";
  for (int i = 0; i < 200; ++i) deep += "<a>";
  for (const std::string& bad :
       {std::string(), std::string("{}"), std::string("<html></html>"), std::string("<feed></feed>"),
        std::string("<rss><channel>"), std::string("<rss/><rss/>"), deep,
        std::string("<!DOCTYPE rss [<!ENTITY a 'b'>]><rss><channel><title>&a;</title></channel></rss>"),
        std::string("<rss>\xFF</rss>")}) {
    EXPECT_FALSE(read_feed(bad)) << bad.substr(0, 60);
  }
  EXPECT_EQ(read_feed("<!DOCTYPE rss><rss/>").error().message, "it has a document type, which no feed needs");
  std::string many;
  for (int i = 0; i < 5'001; ++i) many += "<item/>";
  EXPECT_FALSE(read_feed(rss(many)));
}

TEST(MailDate, as_feeds_write_it) {
  const std::pair<std::string_view, std::int64_t> table[] = {{"Sat, 01 Aug 2026 13:53:54 +0000", 1785592434},
                                                             {"Sat, 1 Aug 2026 13:53:54 GMT", 1785592434},
                                                             {"01 Aug 2026 13:53 UT", 1785592380},
                                                             {"Sat, 01 August 2026 09:53:54 EDT", 1785592434},
                                                             {"  Sat,  01  Aug 2026  15:53:54  +0200 ", 1785592434}};
  for (const auto& [text, time] : table) EXPECT_EQ(parse_mail_date(text), time) << text;
  for (const std::string_view bad :
       {"", "Sat", "01 Aug 26 13:53:54 GMT", "01 Foo 2026 13:53:54 GMT", "2026-08-01T13:53:54Z",
        "01 Aug 2026 25:53:54 GMT", "01 Aug 2026 13:53:54 XYZ", "123 Aug 2026 13:53:54 GMT", "01 Aug 2026 13:53:54"}) {
    EXPECT_FALSE(parse_mail_date(bad)) << bad;
  }
}

}  // namespace
}  // namespace renown::connect::feed
