/// renown serve: the service, until Ctrl-C.

#include <charconv>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <malloc.h>

#include "api/application.h"
#include "base/text.h"
#include "base/time.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/secret_file.h"
#include "cli/terminal.h"
#include "http/proxies.h"
#include "io/json_escape.h"
#include "mail/mailbox.h"

namespace renown::cli {
namespace {

constexpr std::chrono::seconds kGrace{10};
constexpr int kMallocArenas = 4;  ///< one for each of dozens of threads, as it is else, keeps room that nobody uses
constexpr std::chrono::milliseconds kLook{100};
constexpr std::string_view kPageOfInstall = "../share/renown/page";  ///< from the folder of the program

/// "24h", "30m", "90s" or "0". errors  usage
Result<std::int64_t> parse_period(const std::string& text) {
  std::int64_t number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string_view unit(end, text.data() + text.size());
  std::int64_t seconds = 0;
  if (unit == "d") seconds = base::kSecondsPerDay;
  if (unit == "h") seconds = 3600;
  if (unit == "m") seconds = 60;
  if (unit == "s") seconds = 1;
  const bool is_never = unit.empty() && number == 0;
  if (failed != std::errc{} || number < 0 || number > 100'000 || (seconds == 0 && !is_never))
    return Error{ErrorCode::usage, fmt::format("--sync-every {}: write 24h, 30m, or 0 for never", text)};
  return number * seconds;
}

/// What the server says, a line at a time, by any of its threads. Nothing in it names who asked.
class ServerLog {
 public:
  explicit ServerLog(bool is_json) : is_json_(is_json) {}

  void note(std::string_view sentence) {
    const std::lock_guard lock(mutex_);
    if (is_json_) {
      fmt::print(stderr, "{{\"time\":\"{}\",\"event\":\"note\",\"words\":{}}}\n", base::format_time(now()),
                 io::json_string(sentence));
    } else {
      fmt::print(stderr, "{}  {}\n", base::format_time(now()), base::printable(sentence));
    }
  }

  void answered(const http::AccessEntry& entry) {
    if (!is_json_) return;
    const auto microseconds = static_cast<std::int64_t>(entry.seconds * 1e6);
    const std::string line = fmt::format(
        "{{\"time\":\"{}\",\"event\":\"answer\",\"method\":\"{}\",\"route\":\"{}\",\"status\":{},"
        "\"seconds\":{}.{:06},\"bytes\":{}}}\n",
        base::format_time(now()), entry.method, entry.route_id, entry.status, microseconds / 1'000'000,
        microseconds % 1'000'000, entry.body_bytes);
    const std::lock_guard lock(mutex_);
    std::fputs(line.c_str(), stderr);
  }

 private:
  bool is_json_;
  std::mutex mutex_;
};

std::string page_folder(const ServeOptions& options) {
  if (!options.page_folder.empty()) return options.page_folder;
  std::error_code ignored;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", ignored);
  const auto installed = program.parent_path() / kPageOfInstall;
  return std::filesystem::exists(installed / "index.html", ignored) ? installed.lexically_normal().string() : "";
}

/// Nothing without --mail-server.
Result<std::optional<api::MailOptions>> mail_options(const ServeOptions& options) {
  if (options.mail_server.empty()) return std::optional<api::MailOptions>();
  const auto server = net::SmtpServer::parse(options.mail_server);
  if (!server) return server.error();
  const auto from = mail::mailbox(options.mail_from);
  if (!from) return Error{ErrorCode::usage, fmt::format("--mail-from: {}", from.error().message)};
  api::MailOptions mail{.smtp = {.server = *server, .user = options.mail_user, .ca_file = options.network.ca_file},
                        .from = *from};
  if (!options.mail_password_file.empty()) {
    auto password = secret_in(options.mail_password_file, "--mail-password-file");
    if (!password) return password.error();
    mail.smtp.password = std::move(*password);
  }
  return std::optional(std::move(mail));
}

Result<api::ApplicationOptions> application_options(const ServeOptions& options) {
  api::ApplicationOptions application;
  const auto data_folder = data_folder_or_default(options.log.data_folder);
  if (!data_folder) return data_folder.error();
  const auto key = token_key_or_default(options.network.token_key_file);
  if (!key) return key.error();
  const auto request = score_request(options.log);
  if (!request) return request.error();
  const auto every = parse_period(options.sync_every);
  if (!every) return every.error();
  auto proxies = http::Proxies::make(options.proxies,
                                     options.forwarded ? http::ProxyHeader::forwarded : http::ProxyHeader::x_forwarded);
  if (!proxies) return proxies.error();
  application.instance = {.data_folder = *data_folder,
                          .token_key_file = *key,
                          .model = request->model,
                          .half_life_days = request->half_life_days,
                          .verified_share = request->verified_share,
                          .pardon_file = request->pardon_file,
                          .threads = request->threads,
                          .memory_bytes = request->memory_bytes,
                          .network = network_options(options.network),
                          .sync_every_seconds = *every,
                          .clock = now};
  application.server.address = options.address;
  application.server.port = static_cast<std::uint16_t>(options.port);
  application.server.proxies = std::move(*proxies);
  application.server.unix_seconds = now;
  application.public_url = options.public_url;
  while (application.public_url.ends_with('/')) application.public_url.pop_back();
  for (const std::string& rule : options.klout_networks) {
    if (auto added = application.klout_networks.add(rule); !added) return added.error();
  }
  auto mail = mail_options(options);
  if (!mail) return mail.error();
  application.mail = std::move(*mail);
  application.github.client_id = options.github_client_id;
  if (!options.github_client_id.empty()) {
    auto secret = secret_in(options.github_secret_file, "--github-client-secret-file");
    if (!secret) return secret.error();
    application.github.client_secret = std::move(*secret);
  }
  application.plc_directory = options.plc_directory;
  application.backups.folder = options.backup_folder;
  application.page_folder = page_folder(options);
  application.is_open = !options.invited_only;
  application.requests_a_minute = options.requests_a_minute;
  application.steady_seconds = [] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
  };
  return application;
}

/// Addresses to open go to standard output: scripts read them there.
Result<void> print_addresses(api::Application& application, const ServeOptions& options) {
  fmt::print("Renown listens at {}\n", application.public_url());
  const auto set_up = application.set_up_url();
  if (!set_up) return set_up.error();
  if (!set_up->empty()) fmt::print("It has no operator yet. Become it at {}\n", *set_up);
  for (const std::string& name : options.log_in) {
    const auto url = application.log_in_url(name);
    if (!url) return url.error();
    fmt::print("Log in as {}, within 15 minutes: {}\n", name, *url);
  }
  std::fflush(stdout);
  return {};
}

}  // namespace

int run_serve(const ServeOptions& options) {
  mallopt(M_ARENA_MAX, kMallocArenas);
  auto application_of = application_options(options);
  if (!application_of) return report(application_of.error());
  ServerLog log(options.json_log);
  application_of->access_log = [&log](const http::AccessEntry& entry) { log.answered(entry); };
  application_of->error_log = [&log](std::string_view sentence) { log.note(sentence); };
  application_of->instance.report = application_of->error_log;
  Interrupt::take_time(kGrace + std::chrono::seconds(5));
  auto application = api::Application::start(std::move(*application_of));
  if (!application) return report(application.error());
  if (auto printed = print_addresses(**application, options); !printed) return report(printed.error());
  while (!Interrupt::requested()) std::this_thread::sleep_for(kLook);
  log.note("stopping: what is being answered is finished");
  (*application)->stop(kGrace);
  return kOk;
}

}  // namespace renown::cli
