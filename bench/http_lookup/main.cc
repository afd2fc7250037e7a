#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "common/program.h"
#include "http/security_headers.h"
#include "http_lookup/asker.h"
#include "http_lookup/task.h"

namespace renown::bench::http_lookup {
namespace {

/// Bytes of a head.
std::size_t head_bytes(std::string_view answer) {
  return answer.find("\r\n\r\n") + 4;
}

/// A `renown serve` beside its rivals.
Contest make_service_contest(const Call& call) {
  std::ifstream file(call.question, std::ios::binary);
  Input given{.redis_port = call.redis_port, .service_port = call.service_port};
  given.question.assign(std::istreambuf_iterator<char>(file), {});
  const std::string answer = Asker(call.service_port, given.question).first_answer();
  if (!answer.starts_with("HTTP/1.1 200 ")) throw std::runtime_error("the service answers: " + answer);
  given.body = answer.substr(head_bytes(answer));
  constexpr std::size_t kOfBeast = 95;  // bytes of its head without padding
  given.padding = std::max(head_bytes(answer), kOfBeast) - kOfBeast;
  const auto input = std::make_shared<Input>(std::move(given));
  Contest contest{
      .input = "one score from a running service, 32 connections",
      .rows = 0.0,
      .entries = {{"service", [input] { return service(*input); }}, {"beast", [input] { return beast(*input); }}}};
  if (call.redis_port != 0) contest.entries.push_back({"redis", [input] { return redis_score(*input); }});
  return contest;
}

Contest make_contest(const Call& call) {
  if (call.service_port != 0) return make_service_contest(call);
  const auto input = std::make_shared<Input>(
      Input{.body = R"({"person":"7","score":63.4,"low":61.0,"high":65.9,"vouched":58.2,"percentile":97.1,)"
                    R"("coverage":0.8,"model":"renown-0.2","as_of":"2026-11-28T00:00:00Z"})",
            .redis_port = call.redis_port,
            .padding = http::security_headers(http::Security::data).size() - 7});
  Contest contest{
      .input = "one score as JSON, 32 connections",
      .rows = 0.0,
      .entries = {{"renown", [input] { return renown(*input); }}, {"beast", [input] { return beast(*input); }}}};
  if (call.redis_port != 0) contest.entries.push_back({"redis", [input] { return redis(*input); }});
  return contest;
}

}  // namespace
}  // namespace renown::bench::http_lookup

int main(int count, char** arguments) {
  return renown::bench::run_program(count, arguments, renown::bench::http_lookup::make_contest);
}
