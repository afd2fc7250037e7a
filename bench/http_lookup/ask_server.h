/// AskServer: a candidate that asks a server, whose kind it is told.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/hash.h"
#include "common/candidate.h"
#include "http_lookup/asker.h"

namespace renown::bench::http_lookup {

class AskServer : public Candidate {
 public:
  void run() override { asker_->ask(kTimes); }
  double operations() const override { return kTimes; }
  Outcome outcome() override { return {.exact = {fingerprint(body_of(asker_->first_answer()))}, .close = {}}; }

 protected:
  void connect(int port, std::string question) { asker_ = std::make_unique<Asker>(port, std::move(question)); }
  virtual std::uint64_t fingerprint(std::string_view body) const { return base::stable_hash(body); }
  const Asker& asker() const { return *asker_; }
  virtual std::string_view body_of(std::string_view answer) const { return answer.substr(answer.find("\r\n\r\n") + 4); }

 private:
  static constexpr std::uint64_t kTimes = 100'000;
  std::unique_ptr<Asker> asker_;
};

}  // namespace renown::bench::http_lookup
