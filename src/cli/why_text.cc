#include "cli/why_text.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"
#include "base/time.h"
#include "cli/score_text.h"

namespace renown::cli {
namespace {

constexpr std::size_t kNumberWidth = 8;
constexpr std::size_t kGap = 2;

/// Columns of a list: its label, and the bar behind the number. A narrow terminal needs them for the remark; elsewhere
/// lines may be as long as they are.
struct Layout {
  std::size_t label = 34;
  std::size_t bar = 16;
  std::size_t remark = 1000;
};

Layout layout_of(const Terminal& terminal) {
  Layout layout;
  if (!terminal.interactive()) return layout;
  if (terminal.width() < 112) layout.bar = terminal.width() < 96 ? 0 : 8;
  layout.label = std::clamp<std::size_t>(terminal.width() * 28 / 100, 16, 34);
  const std::size_t used = kGap + layout.label + kGap + kNumberWidth + kGap + (layout.bar > 0 ? layout.bar + kGap : 0);
  layout.remark = terminal.width() - used;
  return layout;
}

std::string points(const std::optional<double>& value) {
  return value ? fmt::format("{:.1f}", *value) : "-";
}

std::string title(const Terminal& terminal, std::string_view text, std::string_view note = {}) {
  return fmt::format("\n{}{}\n", terminal.bold(text), note.empty() ? "" : "  " + terminal.dim(note));
}

/// One line of a list: label, people, a bar, a remark; no wider than the terminal.
std::string row(const Terminal& terminal, std::string_view label, double people, double share,
                std::string_view remark) {
  const Layout layout = layout_of(terminal);
  std::string text = fmt::format("  {}  {}  ", pad(label, layout.label), pad_left(brief(people), kNumberWidth));
  if (layout.bar > 0) text += terminal.accent(pad(bar(share, layout.bar), layout.bar)) + "  ";
  text += terminal.dim(base::shorten(remark, layout.remark));
  text.erase(text.find_last_not_of(' ') + 1);
  return text + "\n";
}

std::string rest_row(const Terminal& terminal, std::size_t others, double people, double raw) {
  return row(terminal, fmt::format("... {} more", grouped(others)), people, raw > 0.0 ? people / raw : 0.0, "");
}

std::string plural(std::uint64_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", grouped(count), count == 1 ? one : many);
}

std::string head_text(const Terminal& terminal, const score::ScoreRun& run, score::PersonId person,
                      const score::Explanation& why) {
  std::string accounts;
  if (why.accounts.size() > 1) {
    for (const score::AccountId account : why.accounts) accounts += "  " + account_label(run, account);
  }
  std::string text = fmt::format("{}{}\n", terminal.bold(person_label(run, person)), terminal.dim(accounts));
  text += terminal.dim(
      fmt::format("{} \u00b7 as of {} \u00b7 {}\n\n", run.model.name, base::format_time(run.as_of), run.protection()));

  const ScoreCard& card = why.card;
  if (!card.score) {
    text += fmt::format("  {}: {} in the last {:g} days, and a score needs {:g}\n", terminal.warning("not enough data"),
                        plural(card.reach, "person engaged", "people engaged"), run.model.window_days,
                        run.model.minimum_engagers);
  } else {
    text += fmt::format("  score      {}   between {:.1f} and {:.1f}", terminal.bold(points(card.score)),
                        *card.score_low, *card.score_high);
    if (card.percentile) text += fmt::format("; above {:.1f} % of the reference log", *card.percentile);
    text += '\n';
    if (run.is_protected) {
      text += fmt::format("  vouched    {}   by verified people alone\n", terminal.bold(points(card.vouched_score)));
      text += fmt::format("  bound      {}   no number of unverified accounts can lift the score above this\n",
                          terminal.bold(points(card.bound_score)));
    }
  }
  if (!run.is_protected) {
    text += fmt::format("  {} no list of verified people was given: a bought crowd would count like this one\n",
                        terminal.warning("unprotected:"));
  }
  return text;
}

/// What others did to this person and what counts nothing, in one line.
std::string not_counted_text(const aggregate::DroppedOf& dropped) {
  std::vector<std::string> parts;
  if (dropped.provoked > 0) {
    parts.push_back(plural(dropped.provoked, "provoked reply", "provoked replies") +
                    " (this account addressed the replier first)");
  }
  if (dropped.own > 0) parts.push_back(plural(dropped.own, "act", "acts") + " on oneself or one's own accounts");
  if (dropped.withdrawn > 0) parts.push_back(plural(dropped.withdrawn, "act", "acts") + " taken back");
  if (dropped.farm > 0) parts.push_back(plural(dropped.farm, "act", "acts") + " by accounts of a farm");
  return parts.empty() ? "" : fmt::format("  Not counted: {}\n", fmt::join(parts, "; "));
}

std::string sources_text(const Terminal& terminal, const score::ScoreRun& run, const score::Explanation& why) {
  const double raw = why.card.raw;
  std::string text = title(terminal, fmt::format("Raw score {} = fresh distinct people who engaged", brief(raw)),
                           "the parts below sum to it");
  if (run.is_protected) {
    text += row(terminal, fmt::format("verified: {}", plural(why.verified_engagers, "engager", "engagers")),
                why.engaged.vouched, raw > 0 ? why.engaged.vouched / raw : 0, "");
    text += row(terminal, fmt::format("others: {}", plural(why.unverified_engagers, "engager", "engagers")),
                why.unvouched_counted, raw > 0 ? why.unvouched_counted / raw : 0,
                fmt::format("room for such attention: {}", brief(*why.room)));
    if (why.bounded >= 0.005) {
      text += fmt::format("  {} of others' engagement is not counted: beyond that room nobody vouches for it\n",
                          terminal.warning(brief(why.bounded)));
    }
  }
  if (why.faded >= 0.005)
    text += fmt::format("  {} faded: so much more if everybody had engaged just now\n", brief(why.faded));
  if (why.forgotten_engagers > 0) {
    text += fmt::format("  {} last more than {:g} days ago, which is forgotten\n",
                        plural(why.forgotten_engagers, "person engaged", "people engaged"), run.model.window_days);
  }
  return text + not_counted_text(why.dropped);
}

std::string engagers_text(const Terminal& terminal, const score::ScoreRun& run, const score::Explanation& why,
                          std::uint64_t top) {
  if (why.engagers.empty()) return "";
  std::string text = title(terminal, "Engagers", "people's worth; what the score would lose without them");
  const double largest = std::max(why.engagers.front().line.contribution, 1e-300);
  double rest = 0.0;
  for (std::size_t i = 0; i < why.engagers.size(); ++i) {
    const auto& [line, lost] = why.engagers[i];
    if (i >= top) {
      rest += line.contribution;
      continue;
    }
    std::string remark = fmt::format("{} {}", kind_name(line.kind), base::format_day(line.time));
    if (why.card.score) remark = fmt::format("-{:.2f} points  {}", lost, remark);
    if (line.verified) remark += "  verified";
    text += row(terminal, person_label(run, line.engager), line.contribution, line.contribution / largest, remark);
  }
  // No bar: the others' bars are beside the largest engager, which this many together would dwarf.
  if (why.engagers.size() > top) {
    text += row(terminal, fmt::format("... {} more", grouped(why.engagers.size() - top)), rest, 0.0, "");
  }
  return text;
}

std::string parts_text(const Terminal& terminal, std::string_view name, std::string_view none,
                       const std::vector<score::Part>& parts, double raw, std::uint64_t top) {
  if (parts.empty()) return "";
  std::string text = title(terminal, name);
  double rest = 0.0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i >= top) {
      rest += parts[i].contribution;
      continue;
    }
    const std::string label = parts[i].label.empty() ? std::string(none) : base::printable(parts[i].label);
    text += row(terminal, label, parts[i].contribution, raw > 0 ? parts[i].contribution / raw : 0,
                plural(parts[i].engagers, "person", "people"));
  }
  if (parts.size() > top) text += rest_row(terminal, parts.size() - top, rest, raw);
  return text;
}

/// The latest days on which people engaged last, newest first.
std::string days_text(const Terminal& terminal, const score::Explanation& why, std::uint64_t top) {
  std::vector<score::Part> newest_first(why.days.rbegin(), why.days.rend());
  return parts_text(terminal, "Days of the latest act, newest first", "", newest_first, why.card.raw, top);
}

void add_parts(pipeline::JsonText& json, std::string_view key, const std::vector<score::Part>& parts) {
  json.begin_array(key);
  for (const score::Part& part : parts) {
    json.begin_object();
    json.text("name", part.label);
    json.number("contribution", part.contribution);
    json.count("engagers", part.engagers);
    json.end_object();
  }
  json.end_array();
}

std::string signed_number(double number) {
  return (number < 0 ? "" : "+") + fmt::format("{:.2f}", number);
}

}  // namespace

std::string why_text(const Terminal& terminal, const score::ScoreRun& run, score::PersonId person,
                     const score::Explanation& why, std::uint64_t top) {
  std::string text = head_text(terminal, run, person, why);
  if (why.card.interactions == 0) return text + sources_text(terminal, run, why);
  text += sources_text(terminal, run, why);
  text += engagers_text(terminal, run, why, top);
  text += parts_text(terminal, "Posts", "(not said)", why.posts, why.card.raw, top);
  text += parts_text(terminal, "Networks", "", why.networks, why.card.raw, top);
  text += parts_text(terminal, "Kinds", "", why.kinds, why.card.raw, top);
  text += parts_text(terminal, "Tags", "(no tag)", why.tags, why.card.raw, top);
  text += days_text(terminal, why, top);
  return text;
}

std::string change_text(const Terminal& terminal, const score::ScoreRun& before, const score::ScoreRun& after,
                        const score::Change& change, std::uint64_t top) {
  std::string text = title(terminal, fmt::format("Since {}", base::format_time(before.as_of)));
  if (change.before.interactions == 0) text += "  this account was not engaged with before\n";
  text += fmt::format("  score  {} \u2192 {}", points(change.before.score), terminal.bold(points(change.after.score)));
  if (change.before.score && change.after.score)
    text += fmt::format("  ({})", signed_number(*change.after.score - *change.before.score));
  text += fmt::format("\n  raw    {} \u2192 {}  ({})\n", brief(change.before.raw), brief(change.after.raw),
                      signed_number(change.total()));
  for (std::size_t reason = 0; reason < score::kChangeReasons; ++reason) {
    if (change.engagers[reason] == 0) continue;
    text += fmt::format("  {}  {}  {}\n", pad(score::kChangeReasonNames[reason], 28),
                        pad_left(signed_number(change.by_reason[reason]), 9),
                        terminal.dim(plural(change.engagers[reason], "person", "people")));
  }
  std::size_t shown = 0;
  for (const score::ChangeLine& line : change.lines) {
    if (shown++ == top) break;
    text += terminal.dim(fmt::format(
        "    {}  {}  {}\n", pad(account_label(after, line.actor), layout_of(terminal).label),
        pad_left(signed_number(line.difference), 9), score::kChangeReasonNames[static_cast<std::size_t>(line.reason)]));
  }
  if (change.before.percentile && change.after.percentile) {
    text +=
        fmt::format("  percentile, apart: {:.1f} \u2192 {:.1f}\n", *change.before.percentile, *change.after.percentile);
  }
  return text;
}

void add_why(pipeline::JsonText& json, const score::ScoreRun& run, const score::Explanation& why) {
  const ScoreCard& card = why.card;
  json.text("person", why.person);
  json.begin_array("accounts");
  for (const score::AccountId account : why.accounts) {
    json.begin_object();
    json.text("network", run.log.accounts[account].network);
    json.text("account", run.log.accounts[account].account);
    json.end_object();
  }
  json.end_array();
  json.begin_object("card");
  json.number("score", card.score);
  json.number("score_low", card.score_low);
  json.number("score_high", card.score_high);
  json.number("vouched_score", card.vouched_score);
  json.number("bound_score", card.bound_score);
  json.number("percentile", card.percentile);
  json.number("raw", card.raw);
  json.number("vouched_raw", card.vouched_raw);
  json.number("bound_raw", card.bound_raw);
  json.count("reach", card.reach);
  json.number("amplification", card.amplification);
  json.count("interactions", card.interactions);
  json.number("coverage", card.coverage);
  json.end_object();
  json.begin_object("sources");
  json.count("verified_engagers", why.verified_engagers);
  json.count("unverified_engagers", why.unverified_engagers);
  json.number("verified", why.engaged.vouched);
  json.number("unverified", why.engaged.unvouched);
  json.number("unverified_counted", why.unvouched_counted);
  json.number("unverified_bounded", why.bounded);
  json.number("room", why.room);
  json.number("faded", why.faded);
  json.count("forgotten_engagers", why.forgotten_engagers);
  json.count("provoked_replies", why.dropped.provoked);
  json.count("own_acts", why.dropped.own);
  json.count("withdrawn_acts", why.dropped.withdrawn);
  json.count("farm_acts", why.dropped.farm);
  json.end_object();
  json.begin_array("engagers");
  for (const auto& [line, lost] : why.engagers) {
    json.begin_object();
    json.text("network", run.log.accounts[line.actor].network);
    json.text("account", run.log.accounts[line.actor].account);
    json.text("person", run.log.people.name[line.engager]);
    json.text("post", run.log.texts[line.post]);
    json.text("kind", kind_name(line.kind));
    json.text("day", base::format_day(line.time));
    json.boolean("verified", line.verified);
    json.number("contribution", line.contribution);
    json.number("points_lost", card.score ? std::optional(lost) : std::nullopt);
    json.end_object();
  }
  json.end_array();
  add_parts(json, "posts", why.posts);
  add_parts(json, "networks", why.networks);
  add_parts(json, "kinds", why.kinds);
  add_parts(json, "tags", why.tags);
  add_parts(json, "days", why.days);
}

void add_change(pipeline::JsonText& json, const score::ScoreRun& before, const score::ScoreRun& after,
                const score::Change& change) {
  json.begin_object("change");
  json.text("since", base::format_time(before.as_of));
  json.boolean("engaged_with_before", change.before.interactions > 0);
  json.number("score_before", change.before.score);
  json.number("score_after", change.after.score);
  json.number("percentile_before", change.before.percentile);
  json.number("percentile_after", change.after.percentile);
  json.number("raw_before", change.before.raw);
  json.number("raw_after", change.after.raw);
  json.number("raw_difference", change.total());
  json.begin_object("by_reason");
  for (std::size_t reason = 0; reason < score::kChangeReasons; ++reason) {
    json.number(score::kChangeReasonNames[reason], change.by_reason[reason]);
  }
  json.end_object();
  json.begin_array("lines");
  for (const score::ChangeLine& line : change.lines) {
    json.begin_object();
    json.text("reason", score::kChangeReasonNames[static_cast<std::size_t>(line.reason)]);
    json.text("network", after.log.accounts[line.actor].network);
    json.text("account", after.log.accounts[line.actor].account);
    json.number("difference", line.difference);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

}  // namespace renown::cli
