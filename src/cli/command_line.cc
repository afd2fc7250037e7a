#include "cli/command_line.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/version.h"
#include "cli/commands.h"
#include "cli/connect_arguments.h"
#include "cli/exit_code.h"
#include "cli/people_arguments.h"
#include "cli/serve_arguments.h"
#include "cli/shared_arguments.h"
#include "cli/upkeep_arguments.h"

namespace renown::cli {
namespace {

using Run = std::function<int()>;

Run add_score(CLI::App& app, ScoreOptions& options) {
  CLI::App* command = app.add_subcommand("score", "Score everybody in a log, 1 to 100");
  command->footer(
      "Examples:\n"
      "  renown score 2015-01-01-0.json.gz\n"
      "  renown score events.csv --verified verified.csv --people people.csv --out scores.csv --ledger ledger.parquet\n"
      "  zcat log.csv.gz | renown score - --top 50");
  add_log_options(*command, options.log);
  command->add_option("--top", options.top, "how many people to show; 0: all")
      ->check(whole_number(0))
      ->capture_default_str();
  command->add_option("--out", options.out_file,
                      "write all scores to FILE.csv, .json or .parquet, and FILE.lock beside it");
  command->add_option("--ledger", options.ledger_file, "write every contribution to FILE.csv, .json or .parquet");
  command->add_option("--farms", options.farm_file,
                      "write the accounts found to be part of a farm, and why, to FILE.csv, .json or .parquet");
  return [&options] { return run_score(options); };
}

Run add_why(CLI::App& app, WhyOptions& options) {
  CLI::App* command = app.add_subcommand("why", "Say what a score comes from, and why it moved");
  command->footer(
      "Examples:\n"
      "  renown why github:alice 2015-01-01-*.json.gz\n"
      "  renown why forum:hazel events.csv --since 7d");
  command->add_option("ACCOUNT", options.account, "NETWORK:ACCOUNT")->required();
  add_log_options(*command, options.log);
  command->add_option("--since", options.since, "what changed since then: 7d, 12h, or a time");
  command->add_option("--verified-then", options.verified_then_file, "the list of verified people as it was then");
  command->add_option("--people-then", options.people_then_file, "the list of people as it was then");
  command->add_option("--top", options.top, "how many engagers, posts and days to show; 0: all")
      ->check(whole_number(0))
      ->capture_default_str();
  return [&options] { return run_why(options); };
}

Run add_evaluate(CLI::App& app, EvaluateOptions& options) {
  CLI::App* command =
      app.add_subcommand("evaluate", "Examine scores: what they foretell of later engagement, beside simple rankings");
  command->footer(
      "Examples:\n"
      "  renown evaluate events.csv --splits 30,60,90 --horizon 14\n"
      "  renown evaluate events.csv --splits 2015-03-01,2015-04-01 --verified verified.csv --out exam.json\n"
      "  renown evaluate week.txt.gz --splits 2..4,3,4,4.5 --until 5 --verified-shares 0.1,0.02");
  add_log_options(*command, options.log);
  command->add_option("--splits", options.splits,
                      "moments to score at: days after the first row (4.5; 2..4 ends outcomes at day 4), or times");
  command->add_option("--until", options.until, "outcomes end here, in days or a time (default: the end of the log)");
  command->add_option("--horizon", options.horizon_days, "outcomes end so many days after each split")->check(number());
  add_draw_options(*command, options.verified_shares, options.enrolment, options.draws);
  command->add_option("--bootstrap", options.bootstrap, "samples of people for the 95 % intervals; 0: none")
      ->check(whole_number(0, 100'000))
      ->capture_default_str();
  command->add_option("--baselines", options.baselines, "simple rankings: all, none, or names")->capture_default_str();
  command->add_option("--outcome", options.outcome,
                      "of the tables: engagers, reposters, reach, new_engagers (default: reposters if there are any)");
  command
      ->add_option("--move-days", options.move_days,
                   "days before the last split whose daily moves are measured; 0: none")
      ->check(whole_number(0, 10'000))
      ->capture_default_str();
  command->add_flag("--fit", options.fit,
                    "also examine each model as `renown fit` fits it to the log before the split");
  command->add_option("--fit-step", options.fit_step_days, "--step of the fits; implies --fit")->check(number());
  command->add_option("--seed", options.seed, "of draws, samples and the order of equals")
      ->check(whole_number(0))
      ->capture_default_str();
  command->add_option("--out", options.out_file, "write every figure to FILE.json");
  return [&options] { return run_evaluate(options); };
}

Run add_attack(CLI::App& app, AttackOptions& options) {
  CLI::App* command = app.add_subcommand("attack", "Plant bought attention in a log, and say what it buys");
  command->footer(
      "Examples:\n"
      "  renown attack events.csv\n"
      "  renown attack events.csv --verified verified.csv --scenarios once,weights\n"
      "  renown attack week.txt.gz --verified-shares 0.1,0.02,0 --enrolment spread --draws 3 --out attacks.json");
  add_log_options(*command, options.log);
  add_draw_options(*command, options.verified_shares, options.enrolment, options.draws);
  command->add_option("--targets", options.targets, "people attacked around each percentile")
      ->check(whole_number(1, 10'000))
      ->capture_default_str();
  command->add_option("--bands", options.bands, "percentiles of the people attacked (default: 50,90,99)")
      ->delimiter(',')
      ->check(number());
  command->add_option("--scenarios", options.scenarios, "all, or names (default: all)")->delimiter(',');
  command->add_option("--seed", options.seed, "of draws, targets and planted rows")
      ->check(whole_number(0))
      ->capture_default_str();
  command->add_option("--out", options.out_file, "write every figure to FILE.json");
  return [&options] { return run_attack(options); };
}

Run add_fit(CLI::App& app, FitOptions& options) {
  CLI::App* command =
      app.add_subcommand("fit", "Fit half-lives, shares and kind weights to a log's own past; writes a model file");
  command->footer(
      "Examples:\n"
      "  renown fit events.csv --verified verified.csv --out mine.toml\n"
      "  renown fit week.txt.gz --step 1 --draw-verified 0.1 --out week.toml\n"
      "  renown score events.csv --model mine.toml");
  add_log_options(*command, options.log);
  command->add_option("--out", options.out_file, "the model file to write");
  command
      ->add_option("--step", options.step_days,
                   "days of the last step, whose outcomes are foretold (default: a "
                   "fifth of the log)")
      ->check(number());
  command
      ->add_option(
          "--room-base-share", options.room_base_share,
          "c0 / kappa: room for those whom no verified person engages with (default: 0.2, c0 at most 5 people)")
      ->check(number());
  command->add_option("--draw-verified", options.drawn_share, "draw so large a share of verified people")
      ->check(number());
  add_enrolment_option(*command, options.enrolment);
  command->add_option("--seed", options.seed, "of the draw")->check(whole_number(0))->capture_default_str();
  return [&options] { return run_fit(options); };
}

Run add_import(CLI::App& app, ImportOptions& options) {
  CLI::App* command =
      app.add_subcommand("import", "Bring logs into a data folder; rows already there are not added again");
  command->footer(
      "Examples:\n"
      "  renown import '2015-01-01-*.json.gz' --data ~/renown\n"
      "  renown score --data ~/renown");
  add_reading_options(*command, options.logs, options.input_format, options.strict);
  command->get_option("LOG")->required();
  command->add_option("--data", options.data_folder, "data folder (default: your own)");
  command->add_option("--batch-rows", options.batch_rows, "rows made durable at a time")->check(whole_number(1));
  command->add_flag("--acknowledge", options.acknowledge, "print a JSON line for every batch that is durable");
  command->add_option("--threads", options.threads, "threads to use (default: all cores)")
      ->check(whole_number(1, 1024));
  command->add_option("--memory", options.memory, "memory to use, e.g. 2G");
  command->add_flag("--json", options.json, "JSON on standard output");
  return [&options] { return run_import(options); };
}

Run add_export(CLI::App& app, ExportOptions& options) {
  CLI::App* command = app.add_subcommand("export", "Write the interaction log as Parquet, by day and network");
  command->footer(
      "Examples:\n"
      "  renown export --data ~/renown --out log-parquet\n"
      "  renown score 'log-parquet/**/*.parquet'");
  command->add_option("--data", options.data_folder, "data folder (default: your own)");
  command->add_option("--out", options.out_folder, "folder to write")->required();
  command->add_flag("--json", options.json, "JSON on standard output");
  return [&options] { return run_export(options); };
}

Run add_erase(CLI::App& app, EraseOptions& options) {
  CLI::App* command = app.add_subcommand("erase", "Remove every byte of an account from a data folder, for good");
  command->footer(
      "Example:\n"
      "  renown erase forum:hazel --data ~/renown");
  command->add_option("ACCOUNT", options.account, "NETWORK:ACCOUNT")->required();
  command->add_option("--data", options.data_folder, "data folder (default: your own)");
  command->add_option("--token-key", options.token_key_file, "key of the sealed tokens (default: your own)");
  command->add_flag("--json", options.json, "JSON on standard output");
  return [&options] { return run_erase(options); };
}

Run add_connect(CLI::App& app, ConnectOptions& options) {
  add_connect_arguments(app, options);
  return [&options] { return run_connect(options); };
}

Run add_serve(CLI::App& app, ServeOptions& options) {
  add_serve_arguments(app, options);
  return [&options] { return run_serve(options); };
}

Run add_sync(CLI::App& app, SyncOptions& options) {
  add_sync_arguments(app, options);
  return [&options] { return run_sync(options); };
}

Run add_people(CLI::App& app, PeopleOptions& options) {
  add_people_arguments(app, options);
  return [&options] { return run_people(options); };
}

Run add_backup(CLI::App& app, BackupOptions& options) {
  add_backup_arguments(app, options);
  return [&options] { return run_backup(options); };
}

Run add_restore(CLI::App& app, RestoreOptions& options) {
  add_restore_arguments(app, options);
  return [&options] { return run_restore(options); };
}

Run add_doctor(CLI::App& app, DoctorOptions& options) {
  add_doctor_arguments(app, options);
  return [&options] { return run_doctor(options); };
}

Run add_generate(CLI::App& app, GenerateOptions& options) {
  CLI::App* command = app.add_subcommand("generate", "Write an invented log of any size, the same for the same seed");
  command->footer(
      "Examples:\n"
      "  renown generate --events 1000000 --people 1000000 --days 7 --max-bytes 1G --out invented.parquet\n"
      "  renown generate --events 200000 --people 20000 --days 30 --stationary --max-bytes 100M | renown score -");
  command->add_option("--events", options.events, "rows of the log")->required()->check(whole_number(1));
  command->add_option("--people", options.people, "people there are; not all of them show")
      ->required()
      ->check(whole_number(2));
  command->add_option("--days", options.days, "how long it lasts")->required()->check(whole_number(1));
  command->add_option("--max-bytes", options.max_bytes, "never write more than this, e.g. 2G")->required();
  command->add_option("--seed", options.seed, "another number gives another world")
      ->check(whole_number(0))
      ->capture_default_str();
  command->add_option("--start", options.start, "when it begins")->capture_default_str();
  command->add_flag("--stationary", options.stationary, "constant rates: no shocks, no hours of the day");
  command->add_option("--farms", options.farms, "plant so many farms: accounts that sell attention")
      ->check(whole_number(0, 1'000'000));
  command->add_option("--pods", options.pods, "plant so many pods: people who react to each other by agreement")
      ->check(whole_number(0, 1'000'000));
  command->add_option("--bots", options.bots, "plant so many bots, which act on strangers")
      ->check(whole_number(0, 1'000'000));
  command->add_option("--truth", options.truth_file, "FILE.csv: who was planted, and who changed names");
  command->add_option("--dirty", options.dirty, "share of rows with a fault of real logs, e.g. 0.05")
      ->check(CLI::Range(0.0, 0.5));
  CLI::Option* data = command->add_option("--data", options.data_folder, "import into this data folder, write no file");
  command->add_option("--out", options.out_file, "FILE.csv, .ndjson or .parquet; - is CSV on standard output (default)")
      ->excludes(data);
  command->add_option("--threads", options.threads, "threads to use (default: all cores)")
      ->check(whole_number(1, 1024));
  command->add_flag("--json", options.json, "what was written, as JSON on standard output");
  return [&options] { return run_generate(options); };
}

/// What is wrong with the arguments, in our own words where CLI11 speaks of "arguments" and "subcommands".
std::string sentence(const CLI::ParseError& error, const std::vector<std::string>& commands,
                     const std::string& first_argument) {
  const std::string said = error.what();
  const std::string about = said.substr(0, said.find(':'));
  const std::string value = said.substr(std::min(said.size(), said.find(": ") + 2));
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    return value.starts_with('-') ? "there is no option " + value : "one argument too many: " + value;
  }
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    return about +
           (said.find("received") != std::string::npos ? " is given more than once" : " needs a value behind it");
  }
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr && said.find("subcommand") != std::string::npos) {
    if (first_argument.starts_with('-')) return "there is no option " + first_argument;
    if (first_argument.empty()) return fmt::format("name a command: {}", fmt::join(commands, ", "));
    return fmt::format("there is no command '{}'; there are {}", first_argument, fmt::join(commands, ", "));
  }
  return said;
}

}  // namespace

int run_command_line(int argc, const char* const* argv) {
  CLI::App app("Renown: how far people move others, as a score from 1 to 100 with reasons that add up.", "renown");
  app.set_version_flag("--version", fmt::format("renown {}", base::version()));
  app.require_subcommand(1);
  app.footer(
      "Examples:\n"
      "  renown score LOG...                      who moves others\n"
      "  renown why NETWORK:ACCOUNT LOG...        what that comes from\n"
      "  renown import LOG... --data DIR          keep a log; then: renown score --data DIR\n"
      "  renown serve                             the service and its page, at http://127.0.0.1:8080\n"
      "  renown connect add NETWORK ACCOUNT       read a network; then: renown sync\n"
      "Exit codes: 0 ok, 1 failure, 2 usage, 3 not enough data, 4 partly failed.");

  ScoreOptions score;
  WhyOptions why;
  EvaluateOptions evaluate;
  AttackOptions attack;
  FitOptions fit;
  ImportOptions import;
  ExportOptions export_to;
  ConnectOptions connect;
  SyncOptions sync;
  ServeOptions serve;
  EraseOptions erase;
  PeopleOptions people;
  BackupOptions backup;
  RestoreOptions restore;
  DoctorOptions doctor;
  GenerateOptions generate;
  const std::vector<std::pair<std::string, Run>> commands = {{"score", add_score(app, score)},
                                                             {"why", add_why(app, why)},
                                                             {"evaluate", add_evaluate(app, evaluate)},
                                                             {"attack", add_attack(app, attack)},
                                                             {"fit", add_fit(app, fit)},
                                                             {"import", add_import(app, import)},
                                                             {"export", add_export(app, export_to)},
                                                             {"connect", add_connect(app, connect)},
                                                             {"sync", add_sync(app, sync)},
                                                             {"serve", add_serve(app, serve)},
                                                             {"erase", add_erase(app, erase)},
                                                             {"people", add_people(app, people)},
                                                             {"backup", add_backup(app, backup)},
                                                             {"restore", add_restore(app, restore)},
                                                             {"doctor", add_doctor(app, doctor)},
                                                             {"generate", add_generate(app, generate)}};
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {  // --help and --version
    return app.exit(success);
  } catch (const CLI::ParseError& error) {
    // The command that lacks a subcommand, and the word that stands where it should.
    const CLI::App* asked = &app;
    for (const char* with_subcommands : {"people", "connect"}) {
      if (app.got_subcommand(with_subcommands)) asked = app.get_subcommand(with_subcommands);
    }
    const int place = asked == &app ? 1 : 2;
    std::vector<std::string> names;
    for (const CLI::App* command : asked->get_subcommands([](const CLI::App*) { return true; }))
      names.push_back(command->get_name());
    const auto chosen = app.get_subcommands();
    return report({ErrorCode::usage,
                   fmt::format("{}; see renown {}--help", sentence(error, names, argc > place ? argv[place] : ""),
                               chosen.empty() ? "" : chosen.front()->get_name() + " ")});
  }
  for (const auto& [name, run] : commands) {
    if (app.got_subcommand(name)) return run();
  }
  return kUsage;
}

}  // namespace renown::cli
