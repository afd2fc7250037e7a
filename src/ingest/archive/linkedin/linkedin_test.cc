#include "ingest/archive/linkedin/linkedin.h"

#include <gtest/gtest.h>

#include "ingest/archive/testing.h"

namespace renown::ingest::archive::linkedin {
namespace {

constexpr const char* kProfile = "First Name,Last Name,Maiden Name,Headline\nAnn,Cross,,Owls\n";
constexpr const char* kReceived =
    "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorser Public Url,Endorsement Status\n";

Reading read(const Files& more, model::ReadOptions options = {}) {
  const TestFolder folder;
  Files files = more;
  files.emplace_back("Profile.csv", kProfile);
  return read_network(folder.pack(Form::zip, files), make_network(), options);
}

TEST(LinkedIn, endorsements_received_name_the_endorser_and_the_skill) {
  EXPECT_EQ(read({{"Endorsement_Received_Info.csv",
                   std::string(kReceived) +
                       "2023/06/05 15:47:58 UTC,Bird Watching,Bob,Ray,www.linkedin.com/in/bob-ray-1,ACCEPTED\n"
                       "2023/06/05 15:47:59 UTC,HTML,Cy,Twombly,,ACCEPTED\n"}})
                .rows,
            (Rows{"1685980078 endorse linkedin bob-ray-1 -> name:Ann Cross tags=bird-watching",
                  "1685980079 endorse linkedin name:Cy Twombly -> name:Ann Cross tags=html"}));
}

TEST(LinkedIn, recommendations_received_and_given) {
  EXPECT_EQ(read({{"Recommendations_Received.csv",
                   "First Name,Last Name,Company,Job Title,Text,Creation Date,Status\n"
                   "Bob,Ray,ACME,Boss,\"Good,\nindeed\",\"07/21/09, 12:11 PM\",VISIBLE\n"
                   "Eve,Doe,ACME,Boss,No,\"07/21/09, 12:11 PM\",HIDDEN\n"},
                  {"Recommendations_Given.csv",
                   "First Name,Last Name,Company,Job Title,Text,Creation Date,Status\n"
                   "Bob,Ray,ACME,Boss,Fine,\"07/22/09, 12:11 PM\",VISIBLE\n"}})
                .rows,
            (Rows{"1248178260 endorse linkedin name:Bob Ray -> name:Ann Cross",
                  "1248264660 endorse linkedin name:Ann Cross -> name:Bob Ray"}));
}

TEST(LinkedIn, what_does_not_stand_is_left_out_by_reason) {
  const Reading reading = read(
      {{"Endorsement_Received_Info.csv", std::string(kReceived) + "2023/06/05 15:47:58 UTC,HTML,Bob,Ray,,REJECTED\n"},
       {"Recommendations_Received.csv", "First Name,Last Name,Creation Date,Status\nBob,Ray,2021-11-02,HIDDEN\n"}});
  EXPECT_TRUE(reading.rows.empty());
  EXPECT_EQ(reading.report.left_out.at("an endorsement that was not accepted"), 1u);
  EXPECT_EQ(reading.report.left_out.at("a recommendation that is not shown"), 1u);
  EXPECT_EQ(reading.report.left_out.at("the profile itself"), 1u);
}

TEST(LinkedIn, addresses_in_any_form_are_one_account) {
  for (const char* address :
       {"www.linkedin.com/in/bob", "https://www.linkedin.com/in/bob/", "linkedin.com/in/bob?x=1"}) {
    EXPECT_EQ(read({{"Endorsement_Received_Info.csv",
                     std::string(kReceived) + "2023/06/05 15:47:58 UTC,A,Bob,Ray," + address + ",ACCEPTED\n"}})
                  .rows,
              Rows{"1685980078 endorse linkedin bob -> name:Ann Cross tags=a"})
        << address;
  }
}

TEST(LinkedIn, shares_are_posts) {
  EXPECT_EQ(
      read({{"Shares.csv", "Date,ShareLink,ShareCommentary\n2024-01-05 10:11:12,https://l/1,\"a \"\"b\"\"\"\n"}}).rows,
      Rows{"1704449472 post linkedin name:Ann Cross post=https://l/1 id=https://l/1"});
}

TEST(LinkedIn, a_header_after_talk_and_a_byte_order_mark) {
  EXPECT_EQ(read({{"Shares.csv", "\xef\xbb\xbfNotes:\n\"talk, talk\"\n\ndate,sharelink\n2024-01-05 10:11:12,l\n"}})
                .rows.size(),
            1u);
}

TEST(LinkedIn, messages_invitations_and_contacts_are_never_opened) {
  const TestFolder folder;
  Files files = {{"Profile.csv", kProfile}, {"Shares.csv", "Date,ShareLink\n2024-01-05 10:11:12,l\n"}};
  for (const char* name : {"messages.csv", "Invitations.csv", "Connections.csv", "ImportedContacts.csv",
                           "Email Addresses.csv", "guide_messages.csv", "learning_coach_messages.csv"}) {
    files.emplace_back(name, kUnreadable);
  }
  for (const Form form : kForms) {
    const Reading reading = read_network(folder.pack(form, files), make_network());
    EXPECT_FALSE(reading.error);
    EXPECT_EQ(reading.report.bad, 0u);
    EXPECT_EQ(reading.rows.size(), 1u);
  }
}

TEST(LinkedIn, bad_rows_and_bad_files) {
  const Reading reading =
      read({{"Endorsement_Received_Info.csv", std::string(kReceived) + "yesterday,A,Bob,Ray,,ACCEPTED\n"
                                                                       "2023/06/05 15:47:58 UTC,A,,,,ACCEPTED\n"
                                                                       "short\n"}});
  ASSERT_EQ(reading.report.bad, 3u);
  EXPECT_EQ(reading.report.first_bad[0].place, "a: Endorsement_Received_Info.csv line 2");
  EXPECT_EQ(reading.report.first_bad[1].reason, "the endorsement names nobody");
  const Reading other = read({{"Shares.csv", "Datum,Link\n"}});
  ASSERT_TRUE(other.error);
  EXPECT_EQ(other.error->message, "a: Shares.csv: no line is a header with the columns Date, ShareLink");
  const TestFolder folder;
  const Reading nobody = read_network(folder.pack(Form::zip, {{"Shares.csv", "Date,ShareLink\n"}}), make_network());
  ASSERT_TRUE(nobody.error);
  EXPECT_EQ(nobody.error->message,
            "a: Shares.csv: whose export this is is not known: Profile.csv is missing or names nobody");
}

}  // namespace
}  // namespace renown::ingest::archive::linkedin
