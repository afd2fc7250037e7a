#include "http/server.h"
#include "http_lookup/ask_server.h"
#include "http_lookup/task.h"

namespace renown::bench::http_lookup {
namespace {

class Renown final : public AskServer {
 public:
  explicit Renown(const Input& input) : input_(input) {}

  void prepare() override {
    http::Route route{.path = "/v1/people/{person}/score",
                      .id = "score",
                      .summary = "The score of one person.",
                      .parameters = {{.name = "person", .description = "Whose."}},
                      .handler = [this](const http::Request&) { return http::Response{.body = input_.body}; }};
    service_ = std::make_unique<http::Service>(*http::Router::make({std::move(route)}));
    auto started = http::Server::start(*service_, {.io_threads = 1});
    if (!started) throw std::runtime_error(started.error().message);
    server_ = std::move(*started);
    connect(server_->port(), kQuestion);
  }

 private:
  const Input& input_;
  std::unique_ptr<http::Service> service_;
  std::unique_ptr<http::Server> server_;
};

}  // namespace

std::unique_ptr<Candidate> renown(const Input& input) {
  return std::make_unique<Renown>(input);
}

}  // namespace renown::bench::http_lookup
