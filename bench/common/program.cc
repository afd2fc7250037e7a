#include "common/program.h"

#include <charconv>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string_view>

#include <fmt/format.h>

namespace renown::bench {
namespace {

std::uint64_t number(std::string_view option, std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size())
    throw std::invalid_argument(fmt::format("{} {}: a whole number is needed", option, text));
  return value;
}

void set(Call& call, std::string_view option, const std::string& value) {
  if (option == "--work") {
    call.work_folder = value;
  } else if (option == "--log") {
    call.log = value;
  } else if (option == "--rows") {
    call.rows = number(option, value);
  } else if (option == "--repeats") {
    call.turns.repeats = number(option, value);
  } else if (option == "--form") {
    call.form = value;
  } else if (option == "--only") {
    call.only = value;
  } else if (option == "--seconds") {
    call.turns.bounds.seconds = static_cast<double>(number(option, value));
  } else if (option == "--service") {
    call.service_port = static_cast<int>(number(option, value));
  } else if (option == "--question") {
    call.question = value;
  } else if (option == "--redis") {
    call.redis_port = static_cast<int>(number(option, value));
  } else {
    throw std::invalid_argument(fmt::format("{}: there is no such option", option));
  }
}

Call parse(int count, char** arguments) {
  Call call;
  for (int i = 1; i < count; i += 2) {
    if (i + 1 == count) throw std::invalid_argument(fmt::format("{}: a value must follow", arguments[i]));
    set(call, arguments[i], arguments[i + 1]);
  }
  if (call.work_folder.empty()) throw std::invalid_argument("--work FOLDER is needed");
  return call;
}

void keep_only(Contest& contest, const std::string& name) {
  if (name.empty()) return;
  std::erase_if(contest.entries, [&](const Entry& entry) { return entry.name != name; });
  if (contest.entries.empty()) throw std::invalid_argument(fmt::format("--only {}: no such candidate", name));
}

/// Names are ours and need no escapes.
std::string to_json(const Measurement& one) {
  std::string parts;
  for (const auto& [name, seconds] : one.parts)
    parts += fmt::format("{}\"{}\":{}", parts.empty() ? "" : ",", name, seconds);
  return fmt::format(R"({{"wall":{},"cpu":{},"peak":{},"growth":{},"operations":{},"parts":{{{}}}}})", one.wall_seconds,
                     one.cpu_seconds, one.peak_bytes, one.growth_bytes, one.operations, parts);
}

std::string to_json(const Contest& contest, const std::vector<Series>& all) {
  std::string text = fmt::format(R"({{"input":"{}","rows":{},"candidates":[)", contest.input, contest.rows);
  for (std::size_t i = 0; i < all.size(); ++i) {
    text += fmt::format(R"({}{{"name":"{}","in_bounds":{},"measurements":[)", i == 0 ? "" : ",", all[i].name,
                        all[i].in_bounds);
    for (std::size_t k = 0; k < all[i].measurements.size(); ++k)
      text += (k == 0 ? "" : ",") + to_json(all[i].measurements[k]);
    text += "]}";
  }
  return text + "]}\n";
}

}  // namespace

int run_program(int count, char** arguments, const std::function<Contest(const Call&)>& make_contest) {
  try {
    const Call call = parse(count, arguments);
    Contest contest = make_contest(call);
    keep_only(contest, call.only);
    std::fputs(to_json(contest, hold(contest, call.turns)).c_str(), stdout);
    return 0;
  } catch (const std::invalid_argument& misuse) {
    fmt::print(stderr, "{}\n", misuse.what());
    return 2;
  } catch (const std::exception& failure) {
    fmt::print(stderr, "{}\n", failure.what());
    return 1;
  }
}

}  // namespace renown::bench
