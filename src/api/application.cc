#include "api/application.h"

#include <algorithm>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "access/access_store.h"
#include "access/try_throttle.h"
#include "api/actor.h"
#include "api/context.h"
#include "api/guard.h"
#include "api/page.h"
#include "api/routes.h"
#include "api/system.h"
#include "api/withdrawn_pardons.h"
#include "base/random.h"
#include "http/conditional.h"
#include "http/openapi.h"
#include "http/rate_limit.h"
#include "log/data_folder.h"

namespace renown::api {
namespace {

constexpr std::chrono::seconds kTidyEvery{60};

/// What stands behind the first slash is the page's own business.
std::string own_url(const http::ServerOptions& server, std::uint16_t port) {
  const bool is_v6 = server.address.find(':') != std::string::npos;
  return fmt::format("http://{}:{}", is_v6 ? fmt::format("[{}]", server.address) : server.address, port);
}

/// What an erase that was killed left here, or one by `renown erase`, which knows nothing of these stores.
Result<void> forget_the_gone(Context& context) {
  auto people = context.access.people();
  if (people) people = context.instance.gone(std::move(*people));
  if (!people) return people.error();
  for (const instance::PersonId person : *people) {
    if (auto erased = context.outlets.erase(person); !erased) return erased;
    if (auto erased = context.access.erase(person, 0, context.now()); !erased) return erased.error();
  }
  return {};
}

template <class T>
void append(std::vector<T>& all, std::vector<T> more) {
  std::ranges::move(more, std::back_inserter(all));
}

}  // namespace

/// In the order in which its parts are made; they end in the other.
struct Application::State {
  ApplicationOptions options;
  std::unique_ptr<access::AccessStore> access;
  std::unique_ptr<instance::Instance> instance;
  std::unique_ptr<Outlets> outlets;
  std::optional<NetworkLogins> network_logins;
  std::unique_ptr<Backups> backups;
  std::optional<access::TryThrottle> tries;
  std::optional<http::RateLimiter> limiter;
  std::optional<Context> context;
  SystemTexts texts;
  std::optional<http::Service> service;
  std::unique_ptr<http::Server> server;
  std::jthread tidying;
};

Application::Application(std::unique_ptr<State> state) : state_(std::move(state)) {}

Application::~Application() {
  stop();
}

Result<std::unique_ptr<Application>> Application::start(ApplicationOptions options) {
  auto state = std::make_unique<State>();
  state->options = std::move(options);
  ApplicationOptions& given = state->options;
  given.instance.is_left_out = [state = state.get()](instance::PersonId person) {
    const auto preferences = state->access->preferences().of(person);
    return !preferences || preferences->opted_out;  // where it is not known, nobody is shown
  };
  given.instance.on_published = [state = state.get()](const auto&, const auto& after) {
    state->outlets->note_run(after);
  };
  auto instance = instance::Instance::open(given.instance);
  if (!instance) return instance.error();
  state->instance = std::move(*instance);
  auto access = access::AccessStore::open(log::DataFolder(given.instance.data_folder).service());
  if (!access) return access.error();
  state->access = std::move(*access);
  const log::DataFolder folder(given.instance.data_folder);
  auto outlets = Outlets::open({.service_file = folder.service(),
                                .secrets = folder.tokens(),
                                .key_file = given.instance.token_key_file,
                                .network = given.instance.network,
                                .public_url = given.public_url,
                                .clock = given.instance.clock,
                                .report = given.instance.report,
                                .notify_move =
                                    [state = state.get()](instance::PersonId person) {
                                      const auto preferences = state->access->preferences().of(person);
                                      return preferences ? preferences->notify_move : std::nullopt;
                                    },
                                .mail = given.mail,
                                .mail_secret = state->instance->secret("renown-mail")});
  if (!outlets) return outlets.error();
  state->outlets = std::move(*outlets);
  if (given.public_url.empty() && given.server.port != 0) given.public_url = own_url(given.server, given.server.port);
  state->network_logins.emplace(state->outlets->vault(), NetworkLoginOptions{.network = given.instance.network,
                                                                             .github = given.github,
                                                                             .plc_directory = given.plc_directory,
                                                                             .public_url = given.public_url});
  auto backups = Backups::open(*state->instance, given.backups);
  if (!backups) return backups.error();
  state->backups = std::move(*backups);
  state->tries.emplace(base::random_number());
  state->limiter.emplace(http::RatePolicy{.name = "default", .quota = given.requests_a_minute, .window_seconds = 60},
                         base::random_number());
  state->context.emplace(Context{.instance = *state->instance,
                                 .access = *state->access,
                                 .tries = *state->tries,
                                 .outlets = *state->outlets,
                                 .network_logins = *state->network_logins,
                                 .backups = *state->backups,
                                 .public_url = given.public_url,
                                 .is_open = given.is_open,
                                 .pseudonym_secret = state->instance->secret("renown-pseudonym"),
                                 .steady_seconds = given.steady_seconds,
                                 .klout_networks = given.klout_networks});
  if (auto revoked = revoke_the_withdrawn(*state->context); !revoked && given.error_log)
    given.error_log(revoked.error().message);
  if (auto forgotten = forget_the_gone(*state->context); !forgotten && given.error_log)
    given.error_log(
        fmt::format("people who were erased are still in the store of log-ins: {}", forgotten.error().message));

  auto actor = actor_at(given.public_url, given.instance.data_folder, given.instance.token_key_file);
  if (!actor) return actor.error();
  std::vector<http::Route> routes = api_routes(*state->context);
  if (*actor) append(routes, actor_routes(**actor));
  append(routes, system_routes(*state->context, state->texts));
  http::Nowhere nowhere;
  if (!given.page_folder.empty()) {
    auto page = read_page(*state->context, given.page_folder);
    if (!page) return page.error();
    append(routes, std::move(page->routes));
    nowhere = std::move(page->nowhere);
  }
  auto router = http::Router::make(std::move(routes));
  if (!router) return router.error();
  state->texts.description = http::openapi_document(*router, api_info());
  state->texts.description_etag = http::strong_etag(state->texts.description);
  state->service.emplace(std::move(*router), http::ServiceOptions{.guard = make_guard(*state->context, *state->limiter),
                                                                  .nowhere = std::move(nowhere),
                                                                  .access_log = given.access_log,
                                                                  .error_log = given.error_log});
  state->texts.metrics = [state = state.get()] { return state->service->metrics().prometheus_text(); };
  auto server = http::Server::start(*state->service, given.server);
  if (!server) return server.error();
  state->server = std::move(*server);
  if (state->context->public_url.empty()) state->context->public_url = own_url(given.server, state->server->port());
  state->outlets->start(*state->context);
  state->instance->start();
  state->backups->start();
  state->tidying = std::jthread([state = state.get()](const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any stopped;
    std::unique_lock lock(mutex);
    while (!stopped.wait_for(lock, stop, kTidyEvery, [&] { return stop.stop_requested(); }))
      static_cast<void>(state->access->tidy(state->context->now()));
  });
  return std::unique_ptr<Application>(new Application(std::move(state)));
}

void Application::stop(std::chrono::milliseconds grace) {
  if (state_->server == nullptr) return;
  state_->server->stop(grace);
  state_->server.reset();
  state_->instance->stop();
  state_->backups.reset();
  state_->outlets.reset();
  state_->tidying = {};
  static_cast<void>(state_->access->tidy(state_->context->now()));
}

std::uint16_t Application::port() const {
  return state_->server->port();
}

const std::string& Application::public_url() const {
  return state_->context->public_url;
}

Result<std::string> Application::set_up_url() {
  const auto has_operator = state_->access->logins().has_operator();
  if (!has_operator) return has_operator.error();
  if (*has_operator) return std::string();
  return fmt::format("{}/setup/{}", public_url(), state_->access->logins().new_set_up_token());
}

Result<std::string> Application::log_in_url(std::string_view name) {
  const auto logins = state_->access->logins().all();
  if (!logins) return logins.error();
  const auto found = std::ranges::find_if(
      *logins, [&](const access::Login& login) { return login.name == name || login.display_name == name; });
  access::LoginId login = found != logins->end() ? found->id : 0;
  if (login == 0) {
    const auto directory = state_->instance->directory();
    const people::Person* person = directory->named(name);
    if (person == nullptr) return Error{ErrorCode::not_found, fmt::format("nobody here is called {}", name)};
    const auto known = state_->access->logins().of_person(person->id);
    if (!known) return known.error();
    const auto made = *known ? Result<access::Login>(**known)
                             : state_->access->logins().make(
                                   {.person = person->id, .name = person->name, .display_name = person->name}, 0,
                                   state_->context->now());
    if (!made) return made.error();
    login = made->id;
  }
  const auto link = state_->access->links().make_log_in(login, state_->context->now());
  if (!link) return link.error();
  return fmt::format("{}/log-in/{}", public_url(), link->token);
}

instance::Instance& Application::instance() {
  return *state_->instance;
}

}  // namespace renown::api
