/// score_log LOG: the ten highest scores of a log in any format, and the engagers of whoever comes first.

#include <algorithm>
#include <cstdio>
#include <string>

#include <renown/scorer.h>
#include <renown/version.h>

namespace {

int failed(const renown::Error& error) {
  std::fprintf(stderr, "score_log: %s\n", error.message.c_str());
  return 1;
}

std::string label(const renown::Account& account) {
  return account.network + ":" + account.account;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return failed({renown::ErrorCode::usage, "name one log"});
  auto scorer = renown::Scorer::create();
  if (!scorer) return failed(scorer.error());
  const auto read = scorer->add_log(argv[1]);
  if (!read) return failed(read.error());
  const auto scores = scorer->score();
  if (!scores) return failed(scores.error());

  std::printf("renown %s, model %s: %zu accounts from %llu records\n", std::string(renown::version()).c_str(),
              scores->model.c_str(), scores->rows.size(), static_cast<unsigned long long>(read->records));
  for (std::size_t i = 0; i < std::min<std::size_t>(10, scores->rows.size()); ++i) {
    const auto& [account, person, card] = scores->rows[i];
    if (card.score) std::printf("%5.1f  %s\n", *card.score, label(account).c_str());
    if (!card.score) std::printf("    -  %s (not enough data)\n", label(account).c_str());
  }
  if (scores->rows.empty()) return 0;

  // Every point has a reason: the contributions of the first account's engagers sum to its raw score.
  const auto& first = scores->rows.front();
  double sum = 0.0;
  for (const renown::Contribution& line : scores->ledger) {
    if (line.account == first.account) sum += line.contribution;
  }
  std::printf("raw score of %s: %.6f, the sum of its contributions: %.6f\n", label(first.account).c_str(),
              first.card.raw, sum);
}
