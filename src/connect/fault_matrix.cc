#include "connect/fault_matrix.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "base/parallel.h"
#include "connect/faults.h"
#include "connect/reading.h"
#include "net/fake_pacer.h"
#include "net/fetcher.h"
#include "net/retry.h"

namespace renown::connect::test {
namespace {

/// When a server misbehaves.
enum class Extent {
  this_request,  ///< whenever it is asked this, and at nothing else
  from_here_on,  ///< from this request on, whatever is asked
};

/// What a data folder would hold of a source: each row once, however often it came (connector.h).
class Kept {
 public:
  void add(const Pull& pull) {
    for (std::size_t i = 0; i < pull.dated.size(); ++i) add(pull.dated[i], pull.dated[i].time);
    for (std::size_t i = 0; i < pull.undated.size(); ++i) {
      if (timeless_.contains(text(pull.undated[i], 0))) continue;
      add(pull.undated[i], 0);
    }
    for (const Post& post : pull.posts) posts_.insert(post.network + " " + post.id);
    for (const ProfileSeen& seen : pull.profiles) profiles_.insert(seen.profile.account.account);
  }

  /// What is here and not there, in words; empty where all of it is.
  std::string beyond(const Kept& other) const {
    std::string found;
    for (const auto& [mine, theirs, name] :
         {std::tuple(&rows_, &other.rows_, "row"), std::tuple(&posts_, &other.posts_, "post"),
          std::tuple(&profiles_, &other.profiles_, "profile of")}) {
      for (const std::string& each : *mine) {
        if (!theirs->contains(each)) return fmt::format("{} {}", name, each);
      }
    }
    return found;
  }

  std::size_t rows() const { return rows_.size(); }

 private:
  static std::string text(const Interaction& row, std::int64_t time) {
    return fmt::format("{} {} {}:{} -> {} post '{}' id '{}' tags '{}'", time, kind_name(row.kind), row.network,
                       row.actor, row.target, row.post, row.id, row.tags);
  }
  void add(const Interaction& row, std::int64_t time) {
    rows_.insert(text(row, time));
    timeless_.insert(text(row, 0));
  }

  std::set<std::string> rows_;      ///< undated ones at 0, for their time depends on when they were read
  std::set<std::string> timeless_;  ///< all, at 0
  std::set<std::string> posts_;
  std::set<std::string> profiles_;
};

/// How one reading ended.
struct Outcome {
  std::vector<Problem> said;  ///< skipped parts, and the problem it ended with
  std::uint64_t bad = 0;      ///< records
  std::size_t rows = 0;
};

}  // namespace

/// Every request by every fault.
class FaultMatrix::Cases {
 public:
  explicit Cases(const Subject& subject) : subject_(subject) {}

  std::vector<std::string> findings() {
    if (std::string bad = learn(); !bad.empty()) return {bad};
    std::vector<std::pair<std::string, Fault>> cases;
    for (const std::string& request : requests_) {
      for (std::size_t fault = 0; fault < kFaultNames.size(); ++fault) {
        cases.emplace_back(request, static_cast<Fault>(fault));
      }
    }
    base::parallel_for(cases.size(), 8, 1, [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        for (const Extent extent : {Extent::this_request, Extent::from_here_on}) try_case(cases[i], extent);
      }
    });
    std::ranges::sort(findings_);
    return std::move(findings_);
  }

  std::size_t requests() const { return requests_.size(); }

 private:
  static constexpr std::int64_t kNow = 1'800'000'000;
  static constexpr std::size_t kMostPieces = 300;
  static constexpr std::size_t kMostRequests = 12'000;  ///< beyond what net::PageGuard allows

  /// A server and what it does wrong.
  class Server {
   public:
    Server(const Subject& subject, std::optional<Fault> fault, std::string at, Extent extent)
        : subject_(subject), fault_(fault), at_(std::move(at)), extent_(extent) {}

    std::string base() const { return server_.url(""); }
    std::string host() const { return server_.at(); }
    void heal() { healed_ = true; }
    std::size_t fired() const { return fired_; }
    bool overrun() const { return overrun_; }
    const std::vector<std::string>& asked() const { return asked_; }  ///< each once, once nobody asks any more
    bool empty_is_true() const { return empty_is_true_; }

   private:
    /// A request without what differs from server to server.
    std::string name_of(const net::test::Seen& seen) const {
      std::string name = seen.method + " " + seen.target + " " + seen.body;
      const std::string port = std::to_string(server_.port());
      for (std::size_t at = 0; (at = name.find(port, at)) != std::string::npos;) name.replace(at, port.size(), "PORT");
      return name;
    }

    void serve(const net::test::Seen& seen, net::test::Connection& connection) {
      const std::string healthy = subject_.healthy(seen, base());
      const std::string name = name_of(seen);
      bool is_due = false;
      std::size_t number = 0;
      {
        const std::lock_guard lock(mutex_);
        if (std::find(asked_.begin(), asked_.end(), name) == asked_.end()) asked_.push_back(name);
        if (name == at_) met_ = true;
        is_due = !healed_ && fault_ && (name == at_ || (met_ && extent_ == Extent::from_here_on));
        number = healed_ ? 0 : ++served_;
      }
      if (number > kMostRequests) {
        overrun_ = true;
        return connection.close();
      }
      if (!is_due || !has_effect(seen, healthy)) {
        connection.send(healthy);
        return;
      }
      ++fired_;
      if (*fault_ == Fault::pages_in_circles || *fault_ == Fault::pages_without_end) {
        const bool circle = *fault_ == Fault::pages_in_circles;
        connection.send(*subject_.page(seen, base(), circle ? "again" : fmt::format("page-{}", number)));
        return;
      }
      misbehave(*fault_, healthy, connection);
    }

    /// Whether the fault is one here at all: "[]" is none where the list is empty.
    bool has_effect(const net::test::Seen& seen, const std::string& healthy) {
      const std::string body = body_of(healthy);
      switch (*fault_) {
        case Fault::pages_in_circles:
        case Fault::pages_without_end:
          return subject_.page && subject_.page(seen, base(), "next").has_value();
        case Fault::wrong_type_inside:
          return is_json(body) && with_wrong_types_inside(body) != body;
        case Fault::empty_array:
        case Fault::empty_object:
          if (subject_.may_be_empty && subject_.may_be_empty(seen)) empty_is_true_ = true;
          return body != (*fault_ == Fault::empty_array ? "[]" : "{}");
        case Fault::cut_off:
        case Fault::empty_body:
          return !body.empty();
        default:
          return true;
      }
    }

    const Subject& subject_;
    std::optional<Fault> fault_;
    std::string at_;
    Extent extent_;
    std::atomic<bool> healed_{false};
    std::atomic<std::size_t> fired_{0};
    std::atomic<bool> empty_is_true_{false};
    std::atomic<bool> overrun_{false};
    std::mutex mutex_;
    std::vector<std::string> asked_;
    std::size_t served_ = 0;
    bool met_ = false;
    net::test::TestServer server_{[this](const net::test::Seen& seen, net::test::Connection& connection) {
      serve(seen, connection);
    }};  // last: its threads use the rest
  };

  /// Reads until the source says that it ended, and keeps what came.
  Outcome read(const Server& server, Place& place, Kept& kept, std::int64_t now) const {
    net::FetchOptions options;
    options.user_agent = "renown-test";
    options.guard = *net::AddressGuard::allowing({server.host()});
    options.limits.whole_ms = 300;
    options.limits.body_bytes = std::size_t{1} << 20;
    net::Fetcher fetcher(options);
    net::test::FakePacer pacer;
    pacer.time = static_cast<double>(now);
    net::Retrier retrier(fetcher, pacer, {.attempts = 2});
    const auto connector = subject_.make(server.base(), {retrier, {.guard = options.guard}, now});

    Outcome outcome;
    Reading reading(*connector, place, kMostPieces);
    while (!reading.ended()) {
      const auto pull = reading.next({});
      if (pull) {
        kept.add(*pull);
        outcome.said.insert(outcome.said.end(), pull->skipped.begin(), pull->skipped.end());
        outcome.bad += pull->report.bad;
        outcome.rows += pull->dated.size() + pull->undated.size();
      } else {
        outcome.said.push_back(pull.error());
      }
      place = reading.place();
    }
    return outcome;
  }

  /// An undisturbed reading: what there is, and which requests it takes. Returns what is wrong with that already.
  std::string learn() {
    Server server(subject_, {}, "", Extent::this_request);
    Place place;
    const Outcome first = read(server, place, whole_, kNow);
    requests_ = server.asked();
    if (!first.said.empty()) return "undisturbed, but: " + first.said.front().sentence;
    if (whole_.rows() == 0) return "the healthy server gives no row, so that nothing could be lost";
    Kept again = whole_;
    if (const Outcome second = read(server, place, again, kNow + 3600); !second.said.empty()) {
      return "undisturbed, the second time, but: " + second.said.front().sentence;
    }
    if (const std::string more = again.beyond(whole_); !more.empty()) return "read again, it gives another " + more;
    Place start;
    static_cast<void>(read(server, start, again, kNow + 7200));
    if (const std::string more = again.beyond(whole_); !more.empty()) return "from the start, it gives another " + more;
    return "";
  }

  void try_case(const std::pair<std::string, Fault>& which, Extent extent) {
    const auto& [request, fault] = which;
    Server server(subject_, fault, request, extent);
    Place place;
    Kept kept;
    const Outcome ill = read(server, place, kept, kNow);
    const bool fired = server.fired() > 0;
    if (!fired) return find_unfired(which, extent);
    server.heal();
    Kept afterwards = kept;
    const Outcome well = read(server, place, afterwards, kNow + 3600);
    // A cursor that the mad server made up is given up once the network does not know it.
    const Outcome better = well.said.empty() ? well : read(server, place, afterwards, kNow + 7200);
    for (const std::string& finding : judge(fault, server, ill, kept, better, afterwards)) {
      note(which, extent, finding);
    }
  }

  /// Where a fault is none, that is right; any other must have happened.
  void find_unfired(const std::pair<std::string, Fault>& which, Extent extent) {
    switch (which.second) {
      case Fault::pages_in_circles:
      case Fault::pages_without_end:
      case Fault::wrong_type_inside:
      case Fault::empty_array:
      case Fault::empty_object:
      case Fault::empty_body:
      case Fault::cut_off:
        return;
      default:
        note(which, extent,
             "this was not asked again, so that the fault did not happen: requests must not depend on "
             "chance or clock");
    }
  }

  std::vector<std::string> judge(Fault fault, const Server& server, const Outcome& ill, const Kept& kept,
                                 const Outcome& well, const Kept& afterwards) const {
    std::vector<std::string> found;
    const bool is_empty_list = fault == Fault::empty_array || fault == Fault::empty_object;
    const bool empty_is_true = is_empty_list && server.empty_is_true();
    const bool bad_counted = fault == Fault::wrong_type_inside && ill.bad > 0;
    const bool says_so = !ill.said.empty() || bad_counted;
    if (!says_so && !empty_is_true) {
      found.push_back(ill.rows == 0 ? "ended as a whole, empty reading" : "ended as a whole reading");
    }
    if (const auto wanted = kind_of(fault); wanted && says_so && ill.said.back().kind != *wanted) {
      found.push_back(fmt::format("was called {} instead of {}: {}", problem_name(ill.said.back().kind),
                                  problem_name(*wanted), ill.said.back().sentence));
    }
    if (server.overrun()) found.push_back("did not stop by itself: net::PageGuard ends such paging");
    if (fault == Fault::too_many_requests_for_an_hour && says_so && ill.said.back().retry_at < kNow + 3500) {
      found.push_back("forgot when to try again: retry_at");
    }
    for (const Problem& problem : ill.said) {
      if (problem.sentence.empty()) found.push_back("has a problem without a sentence");
    }
    if (const std::string more = kept.beyond(whole_); !more.empty()) found.push_back("made up a " + more);
    if (!well.said.empty()) found.push_back("does not get well again: " + well.said.front().sentence);
    // What the network says is deleted, and a record that was bad, is not asked for again; the same with "there is
    // none".
    const bool may_lack = bad_counted || (empty_is_true && ill.rows > 0) ||
                          ((fault == Fault::gone || fault == Fault::not_found) && says_so);
    if (const std::string lost = whole_.beyond(afterwards); !lost.empty() && !may_lack) {
      found.push_back("lost a " + lost);
    }
    if (const std::string more = afterwards.beyond(whole_); !more.empty() && kept.beyond(whole_).empty()) {
      found.push_back("afterwards has another " + more);
    }
    return found;
  }

  void note(const std::pair<std::string, Fault>& which, Extent extent, const std::string& finding) {
    const std::lock_guard lock(mutex_);
    findings_.push_back(fmt::format("{} {} '{}': {}", fault_name(which.second),
                                    extent == Extent::this_request ? "at" : "from", which.first, finding));
  }

  const Subject& subject_;
  Kept whole_;
  std::vector<std::string> requests_;
  std::mutex mutex_;
  std::vector<std::string> findings_;
};

FaultMatrix::FaultMatrix(const Subject& subject) : cases_(std::make_unique<Cases>(subject)) {}
FaultMatrix::~FaultMatrix() = default;

std::vector<std::string> FaultMatrix::findings() {
  return cases_->findings();
}

std::size_t FaultMatrix::requests() const {
  return cases_->requests();
}

std::vector<std::string> fault_findings(const Subject& subject) {
  return FaultMatrix(subject).findings();
}

}  // namespace renown::connect::test
