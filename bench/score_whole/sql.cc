#include "score_whole/sql.h"

#include <fmt/format.h>

namespace renown::bench::score_whole {
namespace {

constexpr double kDay = 86400.0;

/// Kinds of words, and kinds of any weight: in the model that is measured all weigh 1.
constexpr std::string_view kWords = "(2, 5, 6, 7)";

std::string fading(double half_life, double window) {
  return fmt::format("((pow(2, -age / {0}) - pow(2, -{1} / {0})) / (1 - pow(2, -{1} / {0})))", half_life, window);
}

std::string points(const ScoreModel& model, const std::string& raw) {
  return fmt::format("least(100, greatest(1, 1 + 99 * ln(1 + {} / {}) / ln(1 + {} / {})))", raw, model.scale_unit,
                     model.scale_top, model.scale_unit);
}

/// Twins are one act; it remembers whether all of them were words.
std::string acts(std::int64_t as_of) {
  return fmt::format(
      "acts AS (SELECT actor, target, time, min(kind) AS kind, bool_and(kind IN {}) AS in_words FROM rows "
      "WHERE kind < 10 AND actor <> target AND time < {} GROUP BY actor, target, time), ",
      kWords, as_of);
}

/// Acts in words that come soon enough after the target's words to the actor, until one that does not.
std::string kept(const ScoreModel& model) {
  return fmt::format(
      "words AS (SELECT actor AS addresser, target AS addressed, time AS said FROM rows WHERE kind IN {}), "
      "asked AS (SELECT * FROM acts WHERE in_words AND EXISTS "
      "(SELECT 1 FROM words WHERE addresser = acts.target AND addressed = acts.actor)), "
      "provoked AS (SELECT actor, target, time FROM asked ASOF JOIN words "
      "ON addresser = target AND addressed = actor AND said <= time WHERE time - said <= {}), "
      "own_accord AS (SELECT actor, target, min(time) AS since FROM acts WHERE (actor, target) IN "
      "(SELECT (actor, target) FROM provoked) AND NOT EXISTS (SELECT 1 FROM provoked p WHERE p.actor = acts.actor "
      "AND p.target = acts.target AND p.time = acts.time) GROUP BY actor, target), "
      "kept AS (SELECT * FROM acts WHERE (actor, target) NOT IN (SELECT (actor, target) FROM provoked) "
      "UNION ALL SELECT acts.* FROM acts JOIN own_accord USING (actor, target) WHERE time >= since), ",
      kWords, model.provoked_days * kDay);
}

std::string pairs(const ScoreModel& model, std::int64_t as_of) {
  return fmt::format(
      "spans AS (SELECT actor, target, min(time) AS first, max(time) AS latest, count(*) AS acts FROM kept "
      "GROUP BY actor, target), "
      "aged AS (SELECT *, ({} - latest) / {}.0 AS age FROM spans), "
      "pairs AS MATERIALIZED (SELECT actor, target, acts, age < {} AS inside, actor IN (FROM verified) AS by_verified, "
      "CASE WHEN age >= {} THEN 0 ELSE {} * {} + CASE WHEN latest - first > {} THEN {} * {} ELSE 0 END + {} * {} END "
      "AS w "
      "FROM aged), ",
      as_of, kDay, model.window_days, model.window_days, model.fast_share,
      fading(model.half_life_fast_days, model.window_days), model.loyal_span_days * kDay, model.loyal_share,
      fading(model.half_life_loyal_days, model.window_days), model.slow_share,
      fading(model.half_life_slow_days, model.window_days));
}

/// Standing of a verified engager: its V of round one, less what the target gave it if that is verified too.
std::string standing(const ScoreModel& model) {
  return "round_one AS (SELECT target AS person, sum(w) AS v FROM pairs WHERE by_verified AND target IN (FROM "
         "verified) "
         "GROUP BY target), "
         "gifts AS (SELECT actor AS giver, target AS taker, w AS gift FROM pairs WHERE by_verified AND target IN "
         "(FROM verified)), "
         "vouching AS (SELECT pairs.target, w * (1 + " +
         fmt::format("{}", model.standing_weight) + " * " +
         points(model, "greatest(0, coalesce(v, 0) - coalesce(gift, 0))") +
         " / 100) AS mw FROM pairs LEFT JOIN round_one ON person = pairs.actor "
         "LEFT JOIN gifts ON giver = pairs.target AND taker = pairs.actor WHERE by_verified), ";
}

std::string engaged() {
  return "vouched AS (SELECT target, sum(mw) AS v FROM vouching GROUP BY target), "
         "all_engaged AS (SELECT target, sum(w) FILTER (NOT by_verified) AS u, count(*) FILTER (inside) AS reach, "
         "sum(acts) AS interactions FROM pairs GROUP BY target) ";
}

}  // namespace

std::string score_sql(const ScoreModel& model, std::int64_t as_of) {
  const std::string room = fmt::format("({} + {} * coalesce(v, 0))", model.room_base(), model.kappa());
  return "CREATE TABLE scores AS WITH " + acts(as_of) + kept(model) + pairs(model, as_of) + standing(model) +
         engaged() + "SELECT all_engaged.target AS account, coalesce(v, 0) + " + room +
         " * (1 - exp(-coalesce(u, 0) / " + room +
         ")) AS raw, coalesce(v, 0) AS vouched, reach, interactions FROM all_engaged LEFT JOIN vouched USING (target)";
}

}  // namespace renown::bench::score_whole
