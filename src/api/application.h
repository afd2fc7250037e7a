/// Application: the whole service: an instance, who may ask it what, and the server that answers.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "renown/result.h"

#include "api/backups.h"
#include "api/klout_names.h"
#include "api/letters.h"
#include "api/network_login.h"
#include "http/access_log.h"
#include "http/server.h"
#include "instance/instance.h"

namespace renown::api {

struct ApplicationOptions {
  instance::InstanceOptions instance;  ///< is_left_out and on_published are the application's own
  http::ServerOptions server;
  std::string public_url;           ///< what links begin with; empty: http://ADDRESS:PORT
  std::string page_folder;          ///< the built page; empty: only the API is served
  bool is_open = true;              ///< whoever proves an account may enrol; else only with an invitation
  double requests_a_minute = 1200;  ///< of one caller
  KloutNetworks klout_networks = {};
  std::optional<MailOptions> mail = {};  ///< nothing: no e-mail is sent
  GithubApp github = {};                 ///< by which people log in at GitHub
  std::string plc_directory = {};        ///< as of NetworkLoginOptions
  BackupOptions backups = {};
  http::AccessLog access_log = {};
  std::function<void(std::string_view)> error_log = {};
  std::function<double()> steady_seconds;  ///< a clock that never goes back
};

class Application {
 public:
  /// Opens the data folder and listens. errors  as of instance::Instance, access::AccessStore and http::Server;
  /// bad_input for a page folder without a page
  static Result<std::unique_ptr<Application>> start(ApplicationOptions options);

  /// Finishes what is being answered, ends background work, and closes the folder. Calling it again does nothing.
  void stop(std::chrono::milliseconds grace = std::chrono::seconds(10));
  ~Application();

  std::uint16_t port() const;
  const std::string& public_url() const;

  /// The address that makes the first operator; empty where there is one.
  Result<std::string> set_up_url();

  /// An address that logs in whoever has that login name, or the person of that name, within 15 minutes. A person of
  /// the folder who never logged in gets a log-in. errors  not_found
  Result<std::string> log_in_url(std::string_view name);

  instance::Instance& instance();

 private:
  struct State;
  explicit Application(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace renown::api
