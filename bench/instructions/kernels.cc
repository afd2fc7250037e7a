/// The kernels whose instructions are counted (bench/instructions.json): each once, on an input that never changes.
///
///     valgrind --tool=callgrind --collect-atstart=no kernels     counts of each kernel, through callgrind's requests
///     kernels                                                    the rows of each, as "name rows"

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <valgrind/callgrind.h>

#include "renown/account.h"
#include "renown/score_model.h"

#include "aggregate/act_maker.h"
#include "aggregate/intake.h"
#include "generate/world.h"
#include "ingest/flat/ndjson_reader.h"
#include "io/byte_source.h"
#include "score/card.h"
#include "score/model_file.h"
#include "score/pair_weigher.h"
#include "score/sweep.h"

namespace renown::bench {
namespace {

constexpr std::uint64_t kRows = 60'000;
constexpr std::int64_t kProvokedSeconds = 7 * 86400;

/// Counts what runs while it lives.
class Counted {
 public:
  Counted(const char* name, std::uint64_t rows) : name_(name), rows_(rows) {
    CALLGRIND_ZERO_STATS;
    CALLGRIND_TOGGLE_COLLECT;
  }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;
  ~Counted() {
    CALLGRIND_TOGGLE_COLLECT;
    CALLGRIND_DUMP_STATS_AT(name_);
    std::printf("%s %llu\n", name_, static_cast<unsigned long long>(rows_));
  }

 private:
  const char* name_;
  std::uint64_t rows_;
};

std::vector<model::InteractionBlock> invented_blocks() {
  const auto world = generate::World::create(
      {.people = kRows, .days = 7, .rows = kRows, .seed = 1, .start = 1'704'067'200, .stationary = false});
  std::vector<model::InteractionBlock> blocks;
  for (std::uint64_t begin = 0; begin < kRows; begin += model::InteractionBlock::kRows)
    world->append(begin, std::min(kRows, begin + model::InteractionBlock::kRows), blocks.emplace_back());
  return blocks;
}

std::string as_json_lines(const std::vector<model::InteractionBlock>& blocks) {
  std::string lines;
  for (const auto& block : blocks) {
    for (std::size_t i = 0; i < block.size(); ++i)
      lines += fmt::format(R"({{"time":{},"network":"{}","kind":"{}","actor":"{}","target":"{}","post":"{}"}})"
                           "\n",
                           block[i].time, block[i].network, kind_name(block[i].kind), block[i].actor, block[i].target,
                           block[i].post);
  }
  return lines;
}

struct Filled {
  PeopleMap people;
  base::SpillArea area{std::uint64_t{1} << 40, "/var/tmp"};
  aggregate::Intake intake{people, area};

  explicit Filled(const std::vector<model::InteractionBlock>& blocks) {
    for (const auto& block : blocks) intake.add(block);
    intake.finish();
  }
};

void parse(const std::string& lines) {
  auto reader = ingest::flat::read_ndjson("lines", std::move(*io::open_memory("lines", lines)), {.strict = true});
  model::InteractionBlock block;
  const Counted counted("ndjson", kRows);
  while (true) {
    block.clear();
    if (!*reader->read(block)) break;
  }
}

void intern(const std::vector<model::InteractionBlock>& blocks) {
  const Counted counted("intake", kRows);
  const Filled filled(blocks);
}

void tally(const std::vector<model::InteractionBlock>& blocks, const ScoreModel& model) {
  Filled filled(blocks);
  const aggregate::AccountOrder order(filled.intake.accounts());
  const aggregate::PersonNumbers persons(filled.intake.accounts(), order, filled.people);
  const score::ActWeights weights(model, order);
  const Counted counted("tally", kRows);
  const aggregate::UndoSet undos;
  const std::int64_t as_of = *filled.intake.newest() + 1;
  aggregate::ActMaker acts(filled.intake, undos, order, persons, as_of, kProvokedSeconds);
  score::PairWeigher weigher(model, as_of, weights, persons);
  std::vector<double> shares;
  for (std::size_t partition = 0; partition < base::kPartitions; ++partition) {
    weigher.clear();
    acts.for_each_person(partition, [&](const aggregate::ActsOnPerson& target) { weigher.add(target); });
    (void)weigher.weigh(shares);
  }
}

void sweep(const std::vector<model::InteractionBlock>& blocks, const ScoreModel& model) {
  Filled filled(blocks);
  const AccountSet nobody;
  AccountSet verified;
  for (aggregate::AccountId id = 0; id < filled.intake.accounts().size(); id += 10) {
    const auto name = filled.intake.accounts()[id];
    verified.insert({std::string(name.network), std::string(name.account)});
  }
  const score::SweepRequest request{.model = model,
                                    .as_of = *filled.intake.newest() + 1,
                                    .people = filled.people,
                                    .verified = &verified,
                                    .pardoned = nobody};
  const Counted counted("sweep", kRows);
  (void)score::sweep_scores(filled.intake, filled.area, request,
                            [](std::string_view, std::uint64_t, std::uint64_t) { return true; });
}

void card(const ScoreModel& model) {
  std::vector<score::Engager> engagers(kRows);
  for (std::size_t i = 0; i < engagers.size(); ++i)
    engagers[i] = {.engagement = 0.25 + 0.5 * static_cast<double>(i % 7) / 7.0,
                   .share_engagement = i % 3 ? 0.0 : 0.25,
                   .standing = i % 10 ? 1.0 : 1.25,
                   .group = static_cast<std::uint8_t>(i % 10),
                   .verified = i % 10 == 0};
  const score::CardMaker maker(model, true);
  const Counted counted("card", kRows);
  (void)maker.numbers(engagers, kRows, static_cast<std::uint32_t>(kRows));
}

}  // namespace
}  // namespace renown::bench

int main() {
  using namespace renown;
  const auto blocks = bench::invented_blocks();
  const auto model = score::parse_model(score::shipped_model(score::kDefaultModel), score::kDefaultModel);
  if (!model) return 1;
  bench::parse(bench::as_json_lines(blocks));
  bench::intern(blocks);
  bench::tally(blocks, *model);
  bench::sweep(blocks, *model);
  bench::card(*model);
  return 0;
}
