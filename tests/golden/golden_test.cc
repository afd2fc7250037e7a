// Every golden world through the public library; tests/integration runs the same files through the command.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "renown/scorer.h"

#include "base/time.h"
#include "twin/golden_world.h"

namespace renown {
namespace {

std::vector<std::filesystem::path> worlds() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(RENOWN_GOLDEN)) {
    if (entry.path().extension() == ".txt") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

std::string text_of(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

Scores score(const twin::World& world) {
  Scorer scorer = *Scorer::create();
  for (const twin::Row& row : world.rows) {
    const auto added = scorer.add({row.time, row.kind, row.network, row.actor, row.target, row.post, row.id, row.tags});
    EXPECT_TRUE(added) << added.error().message;
  }
  PeopleMap people;
  for (const auto& [account, person] : world.people) people[{account.network, account.account}] = person;
  scorer.set_people(people);
  if (world.verified) {
    AccountSet verified;
    for (const auto& account : *world.verified) verified.insert({account.network, account.account});
    scorer.set_verified(verified);
  }
  return *scorer.score(world.as_of, 2);
}

/// The library's answer in the twin's words, so that both are written and compared the same way.
twin::Scores in_twin_words(const Scores& scores) {
  twin::Scores result;
  for (const auto& [account, person, card] : scores.rows) {
    result.cards.push_back({.account = {account.network, account.account},
                            .person = person,
                            .score = card.score,
                            .vouched_score = card.vouched_score,
                            .raw = card.raw,
                            .vouched_raw = card.vouched_raw,
                            .reach = card.reach,
                            .amplification = card.amplification,
                            .interactions = card.interactions,
                            .coverage = card.coverage,
                            .score_low = card.score_low,
                            .score_high = card.score_high,
                            .bound_raw = card.bound_raw,
                            .bound_score = card.bound_score});
  }
  for (const Contribution& line : scores.ledger) {
    const auto person = std::ranges::find(scores.rows, line.account, &ScoredAccount::account);
    result.ledger.push_back(
        {.account = {line.account.network, line.account.account},
         .person = person != scores.rows.end() ? person->person : "",
         .actor = {line.actor.network, line.actor.account},
         .post = line.post,
         .kind = line.kind,
         .day = base::format_day(line.time),
         .tags = line.tags,
         .verified = line.verified,
         .contribution = line.contribution,
         .vouched_contribution = scores.is_protected ? std::optional(line.vouched_contribution) : std::nullopt});
  }
  return result;
}

class Golden : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(Golden, world_scores_as_written) {
  const twin::Sections sections = twin::split_sections(text_of(GetParam()));
  const auto world = twin::parse_golden_world(sections);
  ASSERT_TRUE(world) << world.error().message;
  const twin::Sections got = twin::expected_sections(in_twin_words(score(*world)), world->verified.has_value());
  for (const char* section : {"cards", "ledger"}) {
    EXPECT_EQ(twin::difference(sections.at(section), got.at(section)), "") << section << " of " << GetParam();
  }
}

INSTANTIATE_TEST_SUITE_P(worlds, Golden, testing::ValuesIn(worlds()),
                         [](const auto& param) { return param.param.stem().string(); });

}  // namespace
}  // namespace renown
