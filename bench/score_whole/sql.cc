#include "score_whole/sql.h"

#include <fmt/format.h>

namespace renown::bench::score_whole {
namespace {

constexpr double kDay = 86400.0;

/// Kinds of words, and kinds of any weight: in the model that is measured all weigh 1.
constexpr std::string_view kWords = "(2, 5, 6, 7)";
constexpr std::string_view kShares = "(2, 3)";

std::string fading(const std::string& age, double half_life, double window) {
  return fmt::format("((pow(2, -{2} / {0}) - pow(2, -{1} / {0})) / (1 - pow(2, -{1} / {0})))", half_life, window, age);
}

/// w of acts from `first` to `latest`, which is `age` days old.
std::string engagement(const ScoreModel& model, const std::string& first, const std::string& latest,
                       const std::string& age) {
  return fmt::format(
      "CASE WHEN {0} >= {1} THEN 0 ELSE {2} * {3} + CASE WHEN {4} - {5} > {6} THEN {7} * {8} ELSE 0 END + "
      "{9} * {10} END",
      age, model.window_days, model.fast_share, fading(age, model.half_life_fast_days, model.window_days), latest,
      first, model.loyal_span_days * kDay, model.loyal_share,
      fading(age, model.half_life_loyal_days, model.window_days), model.slow_share,
      fading(age, model.half_life_slow_days, model.window_days));
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
      "{} AS w FROM aged), ",
      as_of, kDay, model.window_days, engagement(model, "first", "latest", "age"));
}

/// Pairs with what reposts and quotes alone come to.
std::string pairs_with_shares(const ScoreModel& model, std::int64_t as_of) {
  return fmt::format(
      "spans AS (SELECT actor, target, min(time) AS first, max(time) AS latest, min(time) FILTER (kind IN {0}) AS "
      "first_share, max(time) FILTER (kind IN {0}) AS latest_share, count(*) AS acts FROM kept GROUP BY actor, "
      "target), "
      "aged AS (SELECT *, ({1} - latest) / {2}.0 AS age, ({1} - latest_share) / {2}.0 AS share_age FROM spans), "
      "pairs AS MATERIALIZED (SELECT actor, target, acts, age < {3} AS inside, actor IN (FROM verified) AS "
      "by_verified, "
      "{4} AS w, CASE WHEN latest_share IS NULL THEN 0 ELSE {5} END AS share FROM aged), ",
      kShares, as_of, kDay, model.window_days, engagement(model, "first", "latest", "age"),
      engagement(model, "first_share", "latest_share", "share_age"));
}

/// Standing of a verified engager: its V of round one, less what the target gave it if that is verified too.
std::string standing(const ScoreModel& model, const std::string& columns) {
  return "round_one AS (SELECT target AS person, sum(w) AS v FROM pairs WHERE by_verified AND target IN (FROM "
         "verified) "
         "GROUP BY target), "
         "gifts AS (SELECT actor AS giver, target AS taker, w AS gift FROM pairs WHERE by_verified AND target IN "
         "(FROM verified)), "
         "vouching AS (SELECT " +
         columns + ", (1 + " + fmt::format("{}", model.standing_weight) + " * " +
         points(model, "greatest(0, coalesce(v, 0) - coalesce(gift, 0))") +
         " / 100) AS m FROM pairs LEFT JOIN round_one ON person = pairs.actor "
         "LEFT JOIN gifts ON giver = pairs.target AND taker = pairs.actor WHERE by_verified), ";
}

std::string engaged() {
  return "vouched AS (SELECT target, sum(m * w) AS v FROM vouching GROUP BY target), "
         "all_engaged AS (SELECT target, sum(w) FILTER (NOT by_verified) AS u, count(*) FILTER (inside) AS reach, "
         "sum(acts) AS interactions FROM pairs GROUP BY target) ";
}

/// S of V and U.
std::string raw(const ScoreModel& model, const std::string& v, const std::string& u) {
  const std::string room = fmt::format("({} + {} * ({}))", model.room_base(), model.kappa(), v);
  return fmt::format("({0} + {1} * (1 - exp(-({2}) / {1})))", v, room, u);
}

/// Everybody's V and U, of all acts and of shares; of those with enough engagers also by group.
std::string sums(const ScoreModel& model) {
  return "weighed AS MATERIALIZED (SELECT target, actor, acts, inside, w AS u, share AS share_u, 0.0 AS v, 0.0 AS "
         "share_v FROM pairs WHERE NOT by_verified UNION ALL "
         "SELECT target, actor, acts, inside, 0.0, 0.0, m * w, m * share FROM vouching), "
         "totals AS MATERIALIZED (SELECT target, sum(v) AS v, sum(u) AS u, sum(share_v) AS share_v, sum(share_u) AS "
         "share_u, count(*) FILTER (inside) AS reach, sum(acts) AS interactions FROM weighed GROUP BY target), "
         "groups AS (SELECT target, grp, sum(v) AS group_v, sum(u) AS group_u FROM weighed JOIN names ON number = "
         "actor WHERE target IN (SELECT target FROM totals WHERE reach >= " +
         fmt::format("{}", model.minimum_engagers) + ") GROUP BY target, grp), ";
}

/// The jackknife of docs/scoring/interval.md: what leaving a group out moves, and nothing for a group without engagers.
std::string half_widths(const ScoreModel& model) {
  const auto points_without = [&](const std::string& v, const std::string& u) {
    return points(model, raw(model, "(10.0 / 9 * (" + v + "))", "(10.0 / 9 * (" + u + "))"));
  };
  return "moves AS (SELECT target, " + points_without("greatest(0, v - group_v)", "greatest(0, u - group_u)") + " - " +
         points_without("v", "u") +
         " AS move FROM groups JOIN totals USING (target)), "
         "widths AS (SELECT target, 2.26 * sqrt(0.9 * greatest(0, sum(move * move) - sum(move) * sum(move) / 10)) AS "
         "half_width FROM moves GROUP BY target) ";
}

}  // namespace

std::string score_sql(const ScoreModel& model, std::int64_t as_of) {
  return "CREATE TABLE scores AS WITH " + acts(as_of) + kept(model) + pairs(model, as_of) +
         standing(model, "pairs.target, w") + engaged() + "SELECT all_engaged.target AS account, " +
         raw(model, "coalesce(v, 0)", "coalesce(u, 0)") +
         " AS raw, coalesce(v, 0) AS vouched, reach, interactions FROM all_engaged LEFT JOIN vouched USING (target)";
}

std::string cards_sql(const ScoreModel& model, std::int64_t as_of) {
  return "CREATE TABLE cards AS WITH verified AS MATERIALIZED (SELECT number AS account FROM names JOIN verified_names "
         "USING (network, account)), " +
         acts(as_of) + kept(model) + pairs_with_shares(model, as_of) +
         standing(model, "pairs.target, actor, acts, inside, w, share") + sums(model) + half_widths(model) +
         "SELECT number, " + raw(model, "v", "u") + " AS raw, v AS vouched, " + raw(model, "share_v", "share_u") +
         " AS amplification, coalesce(half_width, 0) AS half_width, reach, interactions "
         "FROM totals JOIN names ON number = totals.target LEFT JOIN widths USING (target) "
         "ORDER BY raw DESC, network, account";
}

}  // namespace renown::bench::score_whole
