#include <cstdio>

#include <renown/scorer.h>

int main() {
  auto scorer = renown::Scorer::create();
  if (!scorer) return 1;
  for (const char* actor : {"ada", "ben", "cleo"}) {
    const auto added = scorer->add(
        {.time = 1767225600, .kind = renown::Kind::like, .network = "forum", .actor = actor, .target = "hazel"});
    if (!added) return 1;
  }
  const auto scores = scorer->score();
  if (!scores) return 1;
  for (const auto& row : scores->rows) std::printf("%s %.1f\n", row.account.account.c_str(), *row.card.score);
}
