#include "twin/golden_world.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include <gtest/gtest.h>

namespace renown::twin {
namespace {

std::filesystem::path golden_folder() {
  const char* source = std::getenv("RENOWN_SOURCE");
  return std::filesystem::path(source ? source : ".") / "tests" / "golden";
}

std::set<std::filesystem::path> golden_files() {
  std::set<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(golden_folder())) {
    if (entry.path().extension() == ".txt") files.insert(entry.path());
  }
  return files;
}

std::string content(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

TEST(GoldenWorld, TheTwinGivesWhatEachFileExpects) {
  const auto files = golden_files();
  ASSERT_GE(files.size(), 12U);
  for (const auto& file : files) {
    SCOPED_TRACE(file.filename().string());
    const Sections sections = split_sections(content(file));
    const auto world = parse_golden_world(sections);
    ASSERT_TRUE(world) << world.error().message;
    const Sections got = expected_sections(slow_score(*world), world->verified.has_value());
    for (const auto& [name, section] : got) {
      ASSERT_TRUE(sections.contains(name)) << "section '" << name << "' is missing: run write_golden on the file";
      EXPECT_EQ(difference(sections.at(name), section), "") << "in section " << name;
    }
  }
}

TEST(GoldenWorld, SectionsAreTrimmedOfBlankLinesAround) {
  const Sections sections = split_sections("before\n## shows\n\none\n\ntwo\n\n\n## as_of\n2026-01-01\n## verified\n");
  EXPECT_EQ(sections.size(), 3U);
  EXPECT_EQ(sections.at("shows"), "one\n\ntwo\n");
  EXPECT_EQ(sections.at("as_of"), "2026-01-01\n");
  EXPECT_EQ(sections.at("verified"), "");
}

TEST(GoldenWorld, NamesWhatIsMissingOrMalformed) {
  const std::string head = "## shows\nx\n## as_of\n2026-01-01\n## interactions\n";
  const std::string header = "time,network,kind,actor,target,post,id,tags\n";
  const struct {
    std::string text, sentence;
  } cases[] = {
      {"## shows\nx\n## as_of\n2026-01-01\n", "section 'interactions' is missing"},
      {head, "section 'interactions' must begin with the line 'time,network,kind,actor,target,post,id,tags'"},
      {head + header + "2026-01-01,chirp\n", "section 'interactions' has a line without 8 fields: 2026-01-01,chirp"},
      {head + header + "2026-01-01,chirp,hug,a,b,,,\n", "'hug' is not a kind of interaction"},
  };
  for (const auto& [text, sentence] : cases) {
    const auto world = parse_golden_world(split_sections(text));
    ASSERT_FALSE(world) << text;
    EXPECT_EQ(world.error().message, sentence);
  }
}

TEST(GoldenWorld, QuotedFieldsComeOutAsTheyWentIn) {
  const std::string text =
      "## shows\nx\n## as_of\n2026-01-02\n## interactions\ntime,network,kind,actor,target,post,id,tags\n"
      "2026-01-01,chirp,like,\"a, \"\"b\"\"\",c,,,\n";
  const auto world = parse_golden_world(split_sections(text));
  ASSERT_TRUE(world) << world.error().message;
  EXPECT_EQ(world->rows.at(0).actor, "a, \"b\"");
  const Sections expected = expected_sections(slow_score(*world), false);
  EXPECT_NE(expected.at("ledger").find("chirp,c,chirp,\"a, \"\"b\"\"\","), std::string::npos);
}

TEST(GoldenWorld, NumbersDifferOnlyBeyondRounding) {
  EXPECT_EQ(difference("a,1\n", "a,1.0000000001\n"), "");
  EXPECT_NE(difference("a,1\n", "a,1.00001\n"), "");
  EXPECT_NE(difference("a,\n", "a,0\n"), "") << "empty is not zero";
  EXPECT_NE(difference("a,1\n", "a,1\nb,2\n"), "");
}

}  // namespace
}  // namespace renown::twin
