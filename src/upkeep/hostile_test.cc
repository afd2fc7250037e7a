// Archives that were damaged, cut off, or made to do harm.
#include <cstdlib>
#include <random>

#include <archive.h>
#include <archive_entry.h>
#include <zstd.h>

#include "base/digest.h"
#include "upkeep/seal.h"
#include "upkeep/testing.h"

namespace renown::upkeep {
namespace {

std::string sealed(std::string packed) {
  base::Sha256 digest;
  digest.add(packed);
  return packed + seal_of(digest.hex());
}

std::string unsealed(const std::string& backup) {
  return backup.substr(0, backup.size() - kSealBytes);
}

std::string unpacked(const std::string& packed) {
  ZSTD_DCtx* context = ZSTD_createDCtx();
  std::string all, room(1 << 20, '\0');
  ZSTD_inBuffer in{packed.data(), packed.size(), 0};
  while (in.pos < in.size) {
    ZSTD_outBuffer out{room.data(), room.size(), 0};
    if (ZSTD_isError(ZSTD_decompressStream(context, &out, &in)) != 0) break;
    all.append(room, 0, out.pos);
  }
  ZSTD_freeDCtx(context);
  return all;
}

struct Entry {
  std::string name, bytes;
  mode_t type = AE_IFREG;
  std::string link = {};
};

/// A tar of these entries as another program would write it, packed and sealed.
std::string tar_of(const std::vector<Entry>& entries) {
  std::string packed(64 << 20, '\0');
  std::size_t used = 0;
  ::archive* writer = ::archive_write_new();
  ::archive_write_add_filter_zstd(writer);
  ::archive_write_set_format_pax(writer);
  ::archive_write_open_memory(writer, packed.data(), packed.size(), &used);
  for (const Entry& each : entries) {
    ::archive_entry* entry = ::archive_entry_new();
    ::archive_entry_set_pathname(entry, each.name.c_str());
    ::archive_entry_set_filetype(entry, each.type);
    ::archive_entry_set_perm(entry, 0600);
    ::archive_entry_set_size(entry, static_cast<la_int64_t>(each.bytes.size()));
    if (each.type == AE_IFLNK) ::archive_entry_set_symlink(entry, each.link.c_str());
    if (each.type == AE_IFREG && !each.link.empty()) ::archive_entry_set_hardlink(entry, each.link.c_str());
    ::archive_write_header(writer, entry);
    ::archive_write_data(writer, each.bytes.data(), each.bytes.size());
    ::archive_entry_free(entry);
  }
  ::archive_write_close(writer);
  packed.resize(used);
  ::archive_write_free(writer);
  return sealed(packed);
}

class Hostile : public test::UpkeepTest {
 protected:
  void SetUp() override {
    make_folder(20);
    auto report = back_up();
    ASSERT_TRUE(report) << report.error().message;
    manifest_ = report->manifest;
    good_ = io::testing::read_file(file_);
    ASSERT_TRUE(restore(again_));
    whole_ = test::content_of(again_);
    for (const BackupMember& member : manifest_.members) entries_.push_back({member.name, whole_.at(member.name)});
  }

  /// "" where the bytes restore to what was backed up; the sentence where they are refused. All else is a failure.
  std::string outcome(const std::string& bytes) {
    io::testing::write_file(file_, bytes);
    const std::string to = scratch_ / "target";
    const auto report = restore(to);
    if (report) {
      EXPECT_EQ(test::content_of(to) == whole_, true) << "accepted, and different";
      std::filesystem::remove_all(to);
      return "";
    }
    EXPECT_FALSE(std::filesystem::exists(to)) << report.error().message;
    EXPECT_EQ(report.error().message.find('\n'), std::string::npos) << report.error().message;
    EXPECT_NE(report.error().code, ErrorCode::internal) << report.error().message;
    return report.error().message;
  }

  void expect_refused(const std::string& what, const std::string& bytes, const std::string& naming) {
    const std::string said = outcome(bytes);
    EXPECT_NE(said.find(naming), std::string::npos) << what << ": " << said;
    EXPECT_EQ(std::filesystem::exists(scratch_ / "escaped"), false) << what;
  }

  std::string with_manifest(const std::string& json) {
    std::vector<Entry> all = {{std::string(kManifestName), json}};
    all.insert(all.end(), entries_.begin(), entries_.end());
    return tar_of(all);
  }
  std::string with(std::vector<Entry> entries) {
    entries.insert(entries.begin(), {std::string(kManifestName), manifest_json(manifest_)});
    return tar_of(entries);
  }

  Manifest manifest_;
  std::string good_;
  test::Files whole_;
  std::vector<Entry> entries_;
};

TEST_F(Hostile, AnArchiveOfAnotherProgramWithTheSameMembersIsAccepted) {
  EXPECT_EQ(outcome(with(entries_)), "") << "otherwise what follows shows nothing";
}

TEST_F(Hostile, EveryByteOfTheFileCounts) {
  std::mt19937_64 draw(1);
  std::vector<std::size_t> places = {
      0, 4, 5, 8, good_.size() - 1, good_.size() - 64, good_.size() - 80, good_.size() - 76, good_.size() - 72};
  for (int i = 0; i < 50; ++i) places.push_back(draw() % good_.size());
  for (const std::size_t place : places) {
    std::string bytes = good_;
    bytes[place] = static_cast<char>(bytes[place] ^ (1 << draw() % 8));
    EXPECT_NE(outcome(bytes), "") << place;
  }
}

TEST_F(Hostile, WhatIsCutOffOrLongerIsRefused) {
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{79}, std::size_t{80}, std::size_t{200},
                                 good_.size() / 2, good_.size() - 80, good_.size() - 1}) {
    EXPECT_NE(outcome(good_.substr(0, size)), "") << size;
  }
  EXPECT_NE(outcome(good_ + "x"), "");
  EXPECT_NE(outcome(good_ + good_), "");
  expect_refused("another file", std::string(5000, 'x'), "is not a backup of Renown");
  expect_refused("a sealed nothing", sealed("\x28\xB5\x2F\xFD"), "cannot be restored");
}

TEST_F(Hostile, NamesThatLeadAstrayAreRefused) {
  for (const std::string name : {"../escaped", "/tmp/escaped", "tokens/../../escaped", "./people.sqlite", "escaped",
                                 "tokens/lock", "lock", "a b.sqlite", "..sqlite", "people.sqlite/x"}) {
    std::vector<Entry> more = entries_;
    more.push_back({name, "x"});
    expect_refused(name, with(more), "does not list there");
    Manifest listed = manifest_;
    listed.members.push_back(listed.members.back());
    listed.members.back().name = name;
    std::vector<Entry> all = {{std::string(kManifestName), manifest_json(listed)}};
    all.insert(all.end(), more.begin(), more.end());
    expect_refused(name + ", listed", tar_of(all), "nothing that a backup holds");
  }
}

TEST_F(Hostile, WhatIsNoPlainFileIsRefused) {
  for (const mode_t type : {AE_IFLNK, AE_IFDIR, AE_IFIFO, AE_IFCHR, AE_IFBLK}) {
    std::vector<Entry> entries = entries_;
    entries[1] = {entries_[1].name, "", type, "/etc/passwd"};
    expect_refused("type " + std::to_string(type), with(entries), "no plain file");
  }
  std::vector<Entry> entries = entries_;
  entries[1] = {entries_[1].name, "", AE_IFREG, "interactions.duckdb"};
  expect_refused("a hard link", with(entries), "no plain file");
}

TEST_F(Hostile, MembersThatAreMissingRepeatedOrInAnotherOrderAreRefused) {
  std::vector<Entry> entries = entries_;
  entries.push_back(entries.back());
  expect_refused("twice", with(entries), "does not list there");
  entries = entries_;
  entries.pop_back();
  expect_refused("missing", with(entries), "is missing in it");
  entries = entries_;
  std::swap(entries[1], entries[2]);
  expect_refused("order", with(entries), "does not list there");
  entries = entries_;
  entries[1].bytes += 'x';
  expect_refused("longer", with(entries), "does not list there");
  entries = entries_;
  entries[1].bytes[100] = static_cast<char>(entries[1].bytes[100] ^ 1);
  expect_refused("changed", with(entries), "is not what its manifest says");
  expect_refused("no manifest", tar_of(entries_), "does not begin with the manifest");
}

TEST_F(Hostile, ManifestsThatMakeNoSenseAreRefused) {
  const auto changed = [&](auto change) {
    Manifest other = manifest_;
    change(other);
    return with_manifest(manifest_json(other));
  };
  expect_refused("no JSON", with_manifest("{"), "manifest is damaged");
  expect_refused("empty", with_manifest("{}"), "no backup of Renown");
  expect_refused("newer", with_manifest(R"({"format":"renown backup","version":2})"), "update Renown");
  expect_refused("twice", changed([](Manifest& it) { it.members.push_back(it.members[1]); }), "twice");
  expect_refused("no log", changed([](Manifest& it) { it.members.erase(it.members.begin()); }), "no interactions");
  expect_refused("no key", changed([](Manifest& it) { it.members.pop_back(); }), "no tombstone.key");
  expect_refused("rows", changed([](Manifest& it) { ++it.members[0].rows; }), "manifest says");
  expect_refused("version", changed([](Manifest& it) { it.members[2].schema_version = 9; }), "manifest says");
  expect_refused("digest", changed([](Manifest& it) { it.members[1].sha256[3] = 'G'; }), "makes no sense");
  expect_refused("a large key", changed([](Manifest& it) { it.members.back().size_bytes = 2 << 20; }),
                 "makes no sense");
  expect_refused("a bomb", changed([](Manifest& it) { it.members[1].size_bytes = std::uint64_t{1} << 40; }),
                 "200 times its size");
}

TEST_F(Hostile, ABombIsNotUnpacked) {
  // 2 GB of zeros that pack to nearly nothing, honestly listed.
  Manifest bomb = manifest_;
  bomb.members[1].size_bytes = std::uint64_t{2} << 30;
  expect_refused("zeros", with_manifest(manifest_json(bomb)), "200 times its size");
  // A manifest that would fill the memory.
  expect_refused("manifest", with_manifest(std::string(std::size_t{40} << 20, ' ')),
                 "does not begin with the manifest");
}

TEST_F(Hostile, AStoreThatIsNoneIsRefusedThoughItsDigestFits) {
  std::vector<Entry> entries = entries_;
  Manifest other = manifest_;
  const auto put = [&](std::size_t member, const std::string& bytes) {
    entries[member].bytes = bytes;
    base::Sha256 digest;
    digest.add(bytes);
    other.members[member].size_bytes = bytes.size();
    other.members[member].sha256 = digest.hex();
    std::vector<Entry> all = {{std::string(kManifestName), manifest_json(other)}};
    all.insert(all.end(), entries.begin(), entries.end());
    return tar_of(all);
  };
  expect_refused("a store", put(1, std::string(8192, 'x')), "people.sqlite");
  entries = entries_;
  other = manifest_;
  expect_refused("a log", put(0, std::string(8192, 'x')), "interactions.duckdb");
  entries = entries_;
  other = manifest_;
  expect_refused("a foreign key", put(entries_.size() - 1, log::test::test_key(9).hex() + "\n"), "tombstone.key");
}

/// One change of the kinds that disks, networks and people make.
std::string mutated(std::string bytes, std::mt19937_64& draw) {
  const auto place = [&] { return static_cast<std::size_t>(draw() % bytes.size()); };
  const std::size_t some = 1 + draw() % 64;
  switch (draw() % 7) {
    case 0:
      bytes[place()] ^= static_cast<char>(1 << draw() % 8);
      break;
    case 1:
      bytes[place()] = static_cast<char>(draw());
      break;
    case 2:
      bytes.resize(place());
      break;
    case 3:
      bytes.erase(place(), some);
      break;
    case 4:
      bytes.insert(place(), std::string(some, static_cast<char>(draw())));
      break;
    case 5: {
      const std::size_t at = place();
      for (std::size_t i = at; i < std::min(at + some, bytes.size()); ++i) bytes[i] = 0;
      break;
    }
    default:
      std::swap(bytes[place()], bytes[place()]);
  }
  return bytes;
}

// As it stands; sealed anew by somebody who knows how; changed under the packing, too.
TEST_F(Hostile, OfMutatedArchivesNoneCrashesAndNoneIsAcceptedThatDiffers) {
  const char* asked = std::getenv("RENOWN_MUTATIONS");
  const int count = asked == nullptr ? 150 : std::atoi(asked);
  std::mt19937_64 draw(20'260);
  const std::string packed = unsealed(good_), plain = unpacked(packed);
  ASSERT_GT(plain.size(), packed.size());
  int refused = 0, same = 0;
  for (int i = 0; i < count; ++i) {
    std::string bytes;
    if (i % 5 < 2) {
      bytes = mutated(good_, draw);
    } else if (i % 5 < 4) {
      bytes = sealed(mutated(packed, draw));
    } else {
      // Mostly in the heads of members, where there is something to be misunderstood.
      std::string changed = plain.substr(0, 8'192), rest = plain.substr(8'192);
      bytes = sealed(io::testing::zstd(draw() % 2 == 0 ? mutated(changed, draw) + rest : mutated(plain, draw)));
    }
    const bool untouched = bytes == good_;
    const std::string said = outcome(bytes);
    EXPECT_FALSE(i % 5 < 2 && !untouched && said.empty()) << "the seal must break";
    ++(said.empty() ? same : refused);
    if (HasFailure()) break;
  }
  EXPECT_GT(refused, count / 2);
  RecordProperty("refused", refused);
  RecordProperty("accepted_and_equal", same);
}

}  // namespace
}  // namespace renown::upkeep
