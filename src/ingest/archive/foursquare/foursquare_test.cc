#include "ingest/archive/foursquare/foursquare.h"

#include <gtest/gtest.h>

#include "ingest/archive/testing.h"

namespace renown::ingest::archive::foursquare {
namespace {

constexpr const char* kUsers =
    R"({"self":{"id":"42","firstName":"Ann","email":"a@b.example"},"friends":{"count":1,"items":[{"id":"7","firstName":"Bob"}]}})";
constexpr const char* kVenue = R"("venue":{"id":"v1","name":"Owl Bar"})";

Reading read(const Files& more, model::ReadOptions options = {}) {
  const TestFolder folder;
  Files files = more;
  files.emplace_back("data-export-1/users.json", kUsers);
  return read_network(folder.pack(Form::zip, files), make_network(), options);
}

/// A list with one check-in of 2020-01-01 10:00:00, with more said of it.
std::string checkin(const std::string& more) {
  return R"({"count":1,"items":[{"id":"c1","createdAt":"2020-01-01 10:00:00.000000","type":"checkin","timeZoneOffset":120,)" +
         std::string(kVenue) + more + "}]}";
}

const std::string kPost = "1577872800 post foursquare 42 post=c1 id=c1";

TEST(Foursquare, checkins_of_any_part_and_tips_are_posts) {
  EXPECT_EQ(
      read({{"data-export-1/checkins1.json", checkin("")},
            {"data-export-1/checkins2.json", R"({"items":[{"id":"c2","createdAt":1577872801,"venue":null}]})"},
            {"data-export-1/tips.json",
             R"({"items":[{"id":"t1","createdAt":"2020-01-01 10:00:02.000000","text":"x","user":{"id":"42"}}]})"}})
          .rows,
      (Rows{kPost, "1577872801 post foursquare 42 post=c2 id=c2", "1577872802 post foursquare 42 post=t1 id=t1"}));
}

TEST(Foursquare, who_was_there_too_and_who_is_named_is_mentioned) {
  EXPECT_EQ(read({{"checkins1.json", checkin(R"(,"shout":"with Bob","with":[{"id":"7"},{"id":"42"}],)"
                                             R"("entities":[{"id":"8","type":"user"},{"id":"v1","type":"venue"}])")}})
                .rows,
            (Rows{kPost, "1577872800 mention foursquare 42 -> 7 post=c1 id=c1",
                  "1577872800 mention foursquare 42 -> 8 post=c1 id=c1"}));
}

TEST(Foursquare, likes_and_comments_by_people_who_are_named_are_received) {
  const Reading reading = read(
      {{"checkins1.json",
        checkin(R"(,"likes":{"count":3,"groups":[{"type":"friends","count":1,)"
                R"("items":[{"id":"7"}]},{"type":"others","count":2,"items":[{"id":8},{"id":"42"}]}]},)"
                R"("comments":{"count":2,"items":[{"id":"k1","createdAt":1577872900,"user":{"id":"7"},"text":"x"},)"
                R"({"id":"k2","createdAt":1577872901,"user":{"id":"42"},"text":"y"}]})")}});
  EXPECT_EQ(reading.rows,
            (Rows{kPost, "1577872800 like foursquare 7 -> 42 post=c1", "1577872800 like foursquare 8 -> 42 post=c1",
                  "1577872900 comment foursquare 7 -> 42 post=c1 id=k1"}));
  EXPECT_EQ(reading.report.notices, Rows{"a: 2 likes have no time of their own: they count at the time of their post"});
}

TEST(Foursquare, totals_without_names_are_shown_and_never_counted) {
  const Reading reading = read(
      {{"checkins1.json", checkin(R"(,"likes":{"count":3,"groups":[{"items":[{"id":"7"}]}]},"comments":{"count":2})")},
       {"tips.json", R"({"items":[{"id":"t1","createdAt":1577872801,"agreeCount":10,"disagreeCount":-1}]})"}});
  EXPECT_EQ(reading.rows.size(), 3u);
  EXPECT_EQ(reading.report.notices.at(0), "a: 12 likes and 2 comments without names: shown, never counted");
}

TEST(Foursquare, what_was_not_public_is_left_out_with_all_that_was_done_to_it) {
  for (const char* rights : {R"(,"private":true)", R"(,"visibility":"private")", R"(,"visibility":"closeFriends")"}) {
    const Reading reading =
        read({{"checkins1.json",
               checkin(std::string(rights) + R"(,"likes":{"count":1,"groups":[{"items":[{"id":"7"}]}]})")}});
    EXPECT_TRUE(reading.rows.empty()) << rights;
    EXPECT_EQ(reading.report.left_out.at("a check-in or tip that was not public"), 1u) << rights;
  }
  EXPECT_EQ(read({{"checkins1.json", checkin(R"(,"private":false,"visibility":"public")")}}).rows.size(), 1u);
}

TEST(Foursquare, comments_of_the_owner_do_not_say_on_what) {
  const Reading reading =
      read({{"comments.json", R"({"items":[{"time":"2020-01-01 10:00:00.000000","userId":"42","comment":"x"}]})"},
            {"checkins1.json", checkin("")}});
  EXPECT_EQ(reading.rows, Rows{kPost});
  EXPECT_EQ(reading.report.left_out.at("a comment: the export does not say on whose check-in"), 1u);
}

TEST(Foursquare, nothing_else_is_opened) {
  const TestFolder folder;
  Files files = {{"users.json", kUsers}, {"checkins1.json", checkin("")}};
  for (const char* name : {"visits.json", "unconfirmed_visits.json", "plans.json", "shares.json", "messages.json",
                           "paymentProfiles.json", "checkins_old.json", "venueRatings.json"}) {
    files.emplace_back(name, kUnreadable);
  }
  for (const Form form : kForms) {
    const Reading reading = read_network(folder.pack(form, files), make_network());
    EXPECT_FALSE(reading.error);
    EXPECT_EQ(reading.report.bad, 0u);
    EXPECT_EQ(reading.rows, Rows{kPost});
  }
}

TEST(Foursquare, bad_records_and_an_export_of_nobody) {
  const Reading reading =
      read({{"checkins1.json", R"({"items":[7,{"id":"a"},{"id":"b","createdAt":"soon"},{"createdAt":1}]})"}});
  EXPECT_EQ(reading.report.bad, 4u);
  EXPECT_EQ(reading.report.first_bad.at(1).place, "a: checkins1.json record 2");
  EXPECT_EQ(reading.report.first_bad.at(1).reason, "the time is missing");
  const TestFolder folder;
  const Reading nobody =
      read_network(folder.pack(Form::zip, {{"users.json", "{}"}, {"checkins1.json", checkin("")}}), make_network());
  ASSERT_TRUE(nobody.error);
  EXPECT_EQ(nobody.error->message,
            "a: checkins1.json: whose export this is is not known: users.json is missing, or names no id of its self");
  EXPECT_TRUE(read({{"checkins1.json", R"({"a":1})"}}).error);
}

TEST(Foursquare, is_told_by_the_names_of_its_files) {
  struct Case {
    Files files;
    bool is_it;
  };
  const Case cases[] = {{{{"users.json", ""}, {"checkins3.json", ""}}, true},
                        {{{"data-export-9/users.json", ""}, {"data-export-9/tips.json", ""}}, true},
                        {{{"users.json", ""}, {"channels.json", ""}}, false},
                        {{{"checkins1.json", ""}}, false}};
  for (const auto& [files, is_it] : cases) {
    const TestFolder folder;
    const auto archive = open_archive(folder.pack(Form::zip, files));
    ASSERT_TRUE(archive);
    EXPECT_EQ(looks_like_foursquare(**archive), is_it) << files[0].first;
  }
}

}  // namespace
}  // namespace renown::ingest::archive::foursquare
