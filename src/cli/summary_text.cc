#include "cli/summary_text.h"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"

namespace renown::cli {
namespace {

struct DropReason {
  std::uint64_t aggregate::DropCounts::* count;
  std::string_view key;   ///< in JSON
  std::string_view text;  ///< for people
};

constexpr std::array<DropReason, 7> kDropReasons = {{
    {&aggregate::DropCounts::future, "future", "at or after the time of the score"},
    {&aggregate::DropCounts::withdrawn, "withdrawn", "withdrawn by an undo"},
    {&aggregate::DropCounts::weightless, "weightless", "posts, follows and undos (no weight)"},
    {&aggregate::DropCounts::own, "own", "on oneself or one's own accounts"},
    {&aggregate::DropCounts::twins, "twins", "the same act logged again"},
    {&aggregate::DropCounts::provoked, "provoked", "replies to somebody who addressed the replier first"},
    {&aggregate::DropCounts::farm, "farm", "by accounts of a farm"},
}};

std::string line(std::uint64_t count, std::string_view text) {
  return fmt::format("{:>14}  {}\n", grouped(count), text);
}

}  // namespace

std::string problems_text(const Terminal& terminal, const model::ReadReport& report) {
  std::string text;
  for (const auto& bad : report.first_bad) {
    text += fmt::format("{} {}: {}\n", terminal.warning("bad record:"), base::printable(bad.place),
                        base::printable(bad.reason));
  }
  if (report.bad > report.first_bad.size()) {
    text += terminal.dim(fmt::format("            ... and {} more\n", grouped(report.bad - report.first_bad.size())));
  }
  for (const auto& notice : report.notices)
    text += fmt::format("{} {}\n", terminal.warning("note:"), base::printable(notice));
  return text;
}

std::string summary_text(const Terminal& terminal, const pipeline::ReadSummary& read,
                         const aggregate::DropCounts& dropped) {
  const model::ReadReport total = read.total();
  std::string text = terminal.bold("Read") + "\n";
  text +=
      line(total.records, fmt::format("records in {} {}", read.logs.size(), read.logs.size() == 1 ? "log" : "logs"));
  if (total.bad > 0) text += line(total.bad, "bad records, skipped");
  for (const auto& [reason, count] : total.left_out) text += line(count, "left out: " + base::printable(reason));
  text += terminal.bold("Kept") + "\n";
  text += line(dropped.rows, "interactions");
  for (const DropReason& reason : kDropReasons) {
    if (dropped.*reason.count > 0) text += line(dropped.*reason.count, fmt::format("dropped: {}", reason.text));
  }
  text += line(dropped.acts, "acts count");
  text += problems_text(terminal, total);
  for (const pipeline::ReadLog& log : read.logs) {
    if (log.changed) {
      text += fmt::format("{} {} changed while it was read: what was added meanwhile may be missing\n",
                          terminal.warning("warning:"), base::printable(log.name));
    }
  }
  return text;
}

std::string farm_text(const Terminal& terminal, const score::ScoreView& view) {
  if (view.farms().empty()) return "";
  const std::uint64_t accounts = score::accounts_in(view.farms());
  const std::size_t farms = view.farms().size();
  return fmt::format(
      "{} {} account{} in {} farm{} hit the same targets in lockstep and weigh nothing; --farms FILE.csv says which "
      "and "
      "why, --pardon LIST.csv takes accounts out of the search\n",
      terminal.warning("farms:"), grouped(accounts), accounts == 1 ? "" : "s", grouped(farms), farms == 1 ? "" : "s");
}

std::string protection_text(const Terminal& terminal, const score::ScoreView& view) {
  if (!view.is_protected()) {
    return fmt::format(
        "{} no list of verified people was given (--verified), so bought crowds count like anybody else\n",
        terminal.warning("unprotected:"));
  }
  const double observed = view.observed_verified_share();
  const double expected = view.model().verified_share;
  std::string text = fmt::format("Verified: {:.1f} % of the engagers; the model expects {:.1f} %\n", observed * 100.0,
                                 expected * 100.0);
  if (observed > 0.0 && observed <= 2.0 * expected && observed * 2.0 >= expected) return text;
  const std::string_view harm = observed > expected ? "unverified accounts may count for more than they should"
                                                    : "honest scores are cut more than they should be";
  return text + fmt::format("{} that is more than twice off, so {}; set --verified-share\n",
                            terminal.warning("warning:"), harm);
}

void add_summary(pipeline::JsonText& json, const pipeline::ReadSummary& read, const aggregate::DropCounts& dropped) {
  const model::ReadReport total = read.total();
  json.begin_object("read");
  json.count("records", total.records);
  json.count("interactions", total.interactions);
  json.count("bad", total.bad);
  json.begin_object("left_out");
  for (const auto& [reason, count] : total.left_out) json.count(reason, count);
  json.end_object();
  json.begin_array("first_bad");
  for (const auto& bad : total.first_bad) {
    json.begin_object();
    json.text("place", bad.place);
    json.text("reason", bad.reason);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  json.begin_object("rows");
  json.count("read", dropped.rows);
  for (const DropReason& reason : kDropReasons) json.count(reason.key, dropped.*reason.count);
  json.count("acts", dropped.acts);
  json.end_object();
}

}  // namespace renown::cli
