#include "http/connection.h"

#include <algorithm>
#include <exception>

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "http/chunks.h"
#include "http/problem.h"

namespace renown::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr std::size_t kKeptRoom = 4 << 10;     // bytes that an idle connection may keep
constexpr std::size_t kJoinedBody = 16 << 10;  // a body that short is copied behind its head and sent with it
constexpr std::chrono::milliseconds kDrainTime{2'000};
constexpr std::uint64_t kDrainBytes = 256 << 20;
constexpr int kGone = 0;  // instead of a status: the client has gone, and nobody is to be told

bool would_block(const error_code& error) {
  return error == asio::error::would_block || error == asio::error::try_again;
}

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

}  // namespace

Connection::Connection(Loop& loop, tcp::socket socket, net::Address peer, std::string key)
    : loop_(loop), socket_(std::move(socket)), peer_(peer), key_(std::move(key)) {
  loop_.connections_.insert(this);
  ++loop_.shared().service.metrics().open_connections;
  begin(Phase::idle, loop_.shared().options.limits.head_time);
}

Connection::~Connection() {
  loop_.connections_.erase(this);
  --loop_.shared().service.metrics().open_connections;
  loop_.shared().connections.leave(key_);
}

void Connection::begin(Phase phase, std::chrono::milliseconds time) {
  phase_ = phase;
  begun_ = Clock::now();
  deadline_ = begun_ + time;
}

/// What makes progress has `time`, and a second for each so many bytes.
void Connection::extend(std::chrono::milliseconds time, std::uint64_t bytes) {
  const std::uint64_t least = std::max<std::uint64_t>(loop_.shared().options.limits.least_bytes_per_second, 1);
  deadline_ = begun_ + time + std::chrono::milliseconds(bytes * 1000 / least);
}

void Connection::close_if_late(Clock::time_point now) {
  if (phase_ == Phase::working || now < deadline_ || timed_out_) return;
  timed_out_ = true;
  if (phase_ != Phase::idle) ++loop_.shared().service.metrics().timed_out;
  error_code ignored;
  socket_.cancel(ignored);
}

void Connection::close_if_idle() {
  if (phase_ == Phase::idle) close();
}

void Connection::close() {
  is_closing_ = true;
  error_code ignored;
  socket_.cancel(ignored);
}

void Connection::make_room() {
  in_.erase(0, std::exchange(taken_, 0));
  if (in_.empty() && in_.capacity() > kKeptRoom) in_ = std::string();
}

asio::awaitable<void> Connection::serve(std::unique_ptr<Connection> self) {
  try {
    co_await self->serve_all();
  } catch (const std::exception& failure) {  // memory that is not to be had, for example: one connection, not all
    self->loop_.shared().service.report(std::string("a connection failed: ") + failure.what());
  } catch (...) {
    self->loop_.shared().service.report("a connection failed by something that is no exception");
  }
}

asio::awaitable<void> Connection::serve_all() {
  while (!is_closing_) {
    const std::size_t head_bytes = co_await read_head();
    if (head_bytes == 0) co_return;
    const bool goes_on = co_await serve_one(head_bytes);
    if (!goes_on) co_return;
    if (unread().empty() && loop_.is_stopping()) co_return;
    begin(unread().empty() ? Phase::idle : Phase::reading,
          unread().empty() ? loop_.shared().options.limits.idle_time : loop_.shared().options.limits.head_time);
  }
}

/// Bytes of the next head, complete in in_; 0 where there will be none.
asio::awaitable<std::size_t> Connection::read_head() {
  const ServerLimits& limits = loop_.shared().options.limits;
  std::size_t searched = 0;
  while (true) {
    if (const auto end = find_head_end(unread(), searched)) {
      if (*end <= limits.head.bytes) co_return *end;
    }
    searched = unread().size();
    if (searched > limits.head.bytes) {
      co_await refuse(problem(431, "the head of the request is too long; send fewer or shorter headers"));
      co_return 0;
    }
    const bool came = co_await read_more();
    if (!came) {
      if (timed_out_ && !unread().empty()) co_await refuse(problem(408, "the head of the request took too long"));
      co_return 0;
    }
    if (phase_ == Phase::idle) begin(Phase::reading, limits.head_time);
  }
}

/// Waits for bytes and appends them to in_. false: none will come, or not in time.
asio::awaitable<bool> Connection::read_more() {
  make_room();
  while (!timed_out_ && !is_closing_) {
    error_code error;
    co_await socket_.async_wait(tcp::socket::wait_read, asio::redirect_error(asio::use_awaitable, error));
    if (error || timed_out_ || is_closing_) co_return false;
    const std::size_t count = socket_.read_some(asio::buffer(loop_.scratch_), error);
    if (!error) {
      in_.append(loop_.scratch_.data(), count);
      co_return true;
    }
    if (!would_block(error)) co_return false;
  }
  co_return false;
}

asio::awaitable<std::expected<void, Refusal>> Connection::read_body(const Framing& framing, std::size_t most_bytes,
                                                                    std::string& body) {
  const auto time = loop_.shared().options.limits.body_time;
  begin(Phase::reading, time);
  ChunkReader chunks(most_bytes);
  while (true) {
    if (framing.is_chunked) {
      const auto count = chunks.take(unread(), body);
      if (!count) co_return std::unexpected(count.error());
      taken_ += *count;
      if (chunks.is_done()) co_return std::expected<void, Refusal>{};
    } else {
      const std::size_t count = std::min<std::uint64_t>(framing.content_length - body.size(), unread().size());
      body.append(unread().substr(0, count));
      taken_ += count;
      if (body.size() == framing.content_length) co_return std::expected<void, Refusal>{};
    }
    extend(time, body.size());
    const bool came = co_await read_more();
    if (came) continue;
    if (timed_out_) co_return std::unexpected(Refusal{408, "the body of the request took too long"});
    co_return std::unexpected(Refusal{kGone, {}});
  }
}

/// A request from the end of its head to the end of its answer.
struct Connection::Exchange {
  Head head;
  Service::Admission admission;
  Response response;
  bool is_answered = false, is_finished = false, keep_alive = true;
  std::exception_ptr failure = {};  ///< of a worker
  Clock::time_point begun = Clock::now();

  bool announces_body() const { return head.framing.is_chunked || head.framing.content_length > 0; }

  /// With a body that was not read: where the next request begins is not known.
  void refuse(Response refusal) {
    response = std::move(refusal);
    is_answered = true;
    if (announces_body()) keep_alive = false;
  }
};

/// Answers the request whose head is complete. Returns whether the connection goes on.
asio::awaitable<bool> Connection::serve_one(std::size_t head_bytes) {
  Shared& shared = loop_.shared();
  auto head = parse_head(unread().substr(0, head_bytes), shared.options.limits.head);
  taken_ += head_bytes;
  if (!head) {
    ++shared.service.metrics().refused_requests;
    co_await refuse(problem(head.error()));
    co_return false;
  }
  Exchange exchange{.head = std::move(*head), .admission = {}, .response = {}};
  Request& request = exchange.head.request;
  const Client client = shared.options.proxies.client_of(peer_, request.headers);
  request.client = client.address;
  request.is_secure = client.is_secure;
  exchange.keep_alive = exchange.head.framing.keep_alive;
  exchange.admission = shared.service.admit(request, exchange.head.framing);
  if (exchange.admission.refusal) {
    exchange.refuse(std::move(*exchange.admission.refusal));
  } else if (exchange.announces_body()) {
    const bool is_here = co_await take_body(exchange);
    if (!is_here) co_return false;
  }
  if (!exchange.is_answered) co_await call_handler(exchange);
  if (!exchange.is_finished) shared.service.finish(request, exchange.admission.headers, exchange.response);
  const bool goes_on = co_await send_answer(exchange);
  co_return goes_on;
}

/// Reads the body, after "100 Continue" where the client waits for it. false: the client has gone.
asio::awaitable<bool> Connection::take_body(Exchange& exchange) {
  const Framing& framing = exchange.head.framing;
  if (framing.expects_continue && unread().empty()) {
    begin(Phase::writing, loop_.shared().options.limits.write_time);
    const bool went = co_await send("HTTP/1.1 100 Continue\r\n\r\n", {});
    if (!went) co_return false;
  }
  auto read = co_await read_body(framing, exchange.admission.most_body_bytes, exchange.head.request.body);
  if (!read && read.error().status == kGone) co_return false;
  if (!read) exchange.refuse(problem(read.error()));
  co_return true;
}

asio::awaitable<void> Connection::call_handler(Exchange& exchange) {
  phase_ = Phase::working;
  if (exchange.admission.route->run_on == RunOn::io) {
    exchange.response = loop_.shared().service.answer(exchange.head.request, *exchange.admission.route);
    co_return;
  }
  exchange.is_finished = co_await call_on_worker(exchange);
  if (exchange.failure) std::rethrow_exception(exchange.failure);  // it ends this connection, as on its own thread
  if (exchange.is_finished) co_return;
  Response busy = problem(503, "the server has too much to do; ask again in a second");
  busy.headers.add("Retry-After", "1");
  exchange.response = loop_.shared().service.shaped(*exchange.admission.route, std::move(busy));
}

/// Has a worker call the handler and finish the response. false: there is no room.
asio::awaitable<bool> Connection::call_on_worker(Exchange& exchange) {
  const auto start = [this, &exchange](auto handler) {
    auto resume = std::make_shared<decltype(handler)>(std::move(handler));
    auto executor = socket_.get_executor();
    Service& service = loop_.shared().service;
    // The exchange lives in a frame that waits for this job, or goes when the workers have ended (Server::State::stop).
    auto job = [&service, &exchange, executor, resume]() mutable {
      try {
        exchange.response = service.answer(exchange.head.request, *exchange.admission.route);
        service.finish(exchange.head.request, exchange.admission.headers, exchange.response);
      } catch (...) {
        exchange.failure = std::current_exception();
      }
      asio::post(executor, [resume = std::move(resume)] { std::move (*resume)(true); });
    };
    Shared& shared = loop_.shared();
    WorkerPool& pool = exchange.admission.route->run_on == RunOn::disk ? shared.disk_pool : shared.pool;
    if (!pool.submit(std::move(job))) {
      asio::post(executor, [resume = std::move(resume)] { std::move (*resume)(false); });
    }
  };
  const bool was_taken =
      co_await asio::async_initiate<const asio::use_awaitable_t<>, void(bool)>(start, asio::use_awaitable);
  co_return was_taken;
}

/// Sends the response and notes it. Returns whether the connection goes on.
asio::awaitable<bool> Connection::send_answer(Exchange& exchange) {
  Shared& shared = loop_.shared();
  const Response& response = exchange.response;
  const Request& request = exchange.head.request;
  const bool keep_alive = exchange.keep_alive && !loop_.is_stopping();
  std::string text =
      response_head(response, {.minor_version = request.minor_version, .keep_alive = keep_alive, .date = loop_.date()});
  std::string_view body = response.body.bytes();
  if (request.method == "HEAD" || !has_body(response.status)) body = {};
  const std::uint64_t body_bytes = body.size();
  if (body.size() <= kJoinedBody) text += std::exchange(body, {});
  timed_out_ = false;  // it may be the answer to a body that took too long
  begin(Phase::writing, shared.options.limits.write_time);
  const bool went = co_await send(text, body);
  shared.service.note(request.method, exchange.admission.number, response.status, seconds_since(exchange.begun),
                      body_bytes);
  if (went && !keep_alive) co_await drain();
  co_return went&& keep_alive;
}

/// Answers what is no request, and closes.
asio::awaitable<void> Connection::refuse(Response response) {
  timed_out_ = false;
  std::string text = response_head(response, {.keep_alive = false, .date = loop_.date()});
  text += response.body.bytes();
  begin(Phase::writing, loop_.shared().options.limits.write_time);
  const bool went = co_await send(text, {});
  loop_.shared().service.note("other", loop_.shared().service.router().routes().size(), response.status,
                              seconds_since(begun_), response.body.size());
  if (went) co_await drain();
}

asio::awaitable<bool> Connection::send(std::string_view head, std::string_view body) {
  const auto time = loop_.shared().options.limits.write_time;
  std::uint64_t sent = 0;
  while (!timed_out_) {
    error_code error;
    const std::array<asio::const_buffer, 2> buffers{asio::buffer(head), asio::buffer(body)};
    const std::size_t count = socket_.write_some(buffers, error);
    if (error && !would_block(error)) co_return false;
    if (!error) {
      sent += count;
      const std::size_t of_head = std::min(count, head.size());
      head.remove_prefix(of_head);
      body.remove_prefix(count - of_head);
      if (head.empty() && body.empty()) co_return true;
      extend(time, sent);
      continue;
    }
    co_await socket_.async_wait(tcp::socket::wait_write, asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return false;
  }
  co_return false;
}

/// Closes so that the client can still read the answer: a socket that is closed with unread bytes resets the
/// connection, and the answer may be lost. What comes is read and thrown away, for a while.
asio::awaitable<void> Connection::drain() {
  error_code error;
  socket_.shutdown(tcp::socket::shutdown_send, error);
  begin(Phase::reading, kDrainTime);
  in_ = std::string();
  taken_ = 0;
  for (std::uint64_t total = 0; !error && total < kDrainBytes && !timed_out_ && !is_closing_;) {
    co_await socket_.async_wait(tcp::socket::wait_read, asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return;
    const std::size_t count = socket_.read_some(asio::buffer(loop_.scratch_), error);
    if (would_block(error)) error = {};
    total += count;
  }
}

}  // namespace renown::http
