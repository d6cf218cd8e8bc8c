#include "api/http/connection.hpp"

#include <spdlog/spdlog.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>

#include "api/http/problem.hpp"
#include "api/http/reply.hpp"

namespace coop::api {

namespace {

/// How often one connection reads before the others of its thread have their turn.
constexpr int reads_in_a_row = 4;
/// How many waiting requests of one connection are handed over before the others have their turn.
constexpr int requests_in_a_row = 64;
/// A body that grows by less than this within body_timeout_ms counts as standing still.
constexpr std::uint64_t body_progress_bytes = 4096;
/// How long and how much the door still listens to a client after the last answer, so that closing does not
/// destroy that answer on its way (RFC 9112, 9.6).
constexpr std::int64_t linger_after_answer_ms = 2000;
constexpr std::uint64_t linger_bytes = 16 << 20;
/// Larger input buffers are given back once they are empty.
constexpr std::size_t kept_input_bytes = 16 * 1024;
/// Answered while the door stops, too: a process that stops in good order is alive until it ends, and whoever
/// restarts what is not must not think otherwise.
constexpr std::string_view alive_path = "/health/live";

}  // namespace

void Connection::open(std::shared_ptr<Door> door, int descriptor, std::string remote) {
  const auto connection = std::make_shared<Connection>(door, descriptor, std::move(remote));
  const Lock lock{connection->mutex_};
  ++door->connections_open;
  ++door->connections_total;
  connection->place_ = door->reactor.add(connection);
  connection->set_deadline(steady_ms() + door->settings.header_timeout_ms);
  if (door->reactor.watch(connection->place_, descriptor, connection->interest_)) return;
  spdlog::error("http: a connection from {} cannot be watched", connection->remote_);
  connection->close_now();
}

Connection::Connection(std::shared_ptr<Door> door, int descriptor, std::string remote)
    : door_{std::move(door)},
      remote_{std::move(remote)},
      descriptor_{descriptor},
      framing_{door_->settings, door_->body_room} {}

Connection::~Connection() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

// ---- reading
// ---------------------------------------------------------------------------------------------------

void Connection::on_ready(Readiness readiness, std::span<char> buffer) {
  Lock lock{mutex_};
  if (descriptor_ < 0) return;
  if (readiness.writable && !output_.empty()) send_waiting();
  if (descriptor_ < 0) return;
  if (readiness.readable && interest_.read) {
    read_some(lock, buffer);
  } else if (readiness.broken) {
    close_now();
  }
}

void Connection::read_some(Lock& lock, std::span<char> buffer) {
  for (int i = 0; i < reads_in_a_row && descriptor_ >= 0 && interest_.read; ++i) {
    const ssize_t got = ::recv(descriptor_, buffer.data(), buffer.size(), 0);
    if (got == 0) return end_of_input();
    if (got < 0) {
      if (errno == EINTR) continue;
      if (errno != EAGAIN && errno != EWOULDBLOCK) close_now();
      return;
    }
    const auto count = static_cast<std::size_t>(got);
    take(lock, {buffer.data(), count});
    if (count < buffer.size()) return;
  }
}

void Connection::take(Lock& lock, std::string_view bytes) {
  if (lingering_) {
    discarded_ += bytes.size();
    if (discarded_ > linger_bytes) close_now();
    return;
  }
  const bool must_wait = serving_ || resuming_;
  if (!must_wait && waiting_input().empty()) {
    const std::string_view rest = drive(lock, bytes);
    input_ = rest;
    return;
  }
  if (input_from_ > input_.size() / 2) {
    input_.erase(0, input_from_);
    input_from_ = 0;
  }
  input_ += bytes;
  if (!must_wait) return drive_waiting(lock);
  if (waiting_input().size() > door_->settings.max_pipelined_bytes) await({false, interest_.write});
}

/// Frames `bytes` and hands requests over until one must be waited for; returns what is left. `bytes` stays
/// valid: only this thread changes input_.
std::string_view Connection::drive(Lock& lock, std::string_view bytes) {
  driving_ = true;
  int handed_over = 0;
  while (!bytes.empty() && descriptor_ >= 0 && !serving_ && !lingering_ && !resuming_) {
    const RequestFraming::Phase before = framing_.phase();
    const RequestFraming::Fed fed = framing_.feed(bytes);
    bytes.remove_prefix(fed.used);
    if (fed.outcome == RequestFraming::Outcome::complete) {
      hand_over(lock);
      if (++handed_over == requests_in_a_row && !serving_) resume_later();
    } else if (fed.outcome == RequestFraming::Outcome::refused) {
      refuse(framing_.refusal());
      bytes = {};
    } else {
      expect_more(before);
      break;
    }
  }
  driving_ = false;
  if (descriptor_ < 0 || serving_ || lingering_ || resuming_) return bytes;
  if (input_ended_) {
    close_now();
  } else {
    await({true, interest_.write});
  }
  return bytes;
}

void Connection::drive_waiting(Lock& lock) {
  const std::string_view rest = drive(lock, waiting_input());
  input_from_ = input_.size() - rest.size();
  if (!rest.empty()) return;
  input_.clear();
  input_from_ = 0;
  if (input_.capacity() > kept_input_bytes) input_.shrink_to_fit();
}

void Connection::hand_over(Lock& lock) {
  HttpRequest request = framing_.take();
  request.remote = remote_;
  ++door_->requests_total;
  http_1_1_ = framing_.is_http_1_1();
  keep_alive_ = framing_.keep_alive();
  bodyless_ = request.method == "HEAD";
  set_serving(
      true);  // before asking whether the door stops: HttpServer::stop reads the two the other way round
  if (door_->stopping && request.path != alive_path)
    return refuse(framing_problem(503, "The server is stopping."));
  auto held = std::make_shared<Reply::Held>(shared_from_this());
  set_deadline(never);
  lock.unlock();
  try {
    door_->on_request(std::move(request), Reply{held});
  } catch (const std::exception& error) {
    spdlog::error("http: a handler threw: {}", error.what());
    held->answer_failure();
  } catch (...) {
    spdlog::error("http: a handler threw something that is no exception");
    held->answer_failure();
  }
  held.reset();  // before locking: the last copy answers, and that takes the lock
  lock.lock();
}

/// A request has begun and is not complete: sets its deadline, and invites the body if the client waits for
/// that.
void Connection::expect_more(RequestFraming::Phase before) {
  const RequestFraming::Phase now = framing_.phase();
  const HttpSettings& settings = door_->settings;
  if (now == RequestFraming::Phase::headers && before == RequestFraming::Phase::nothing) {
    set_deadline(steady_ms() + settings.header_timeout_ms);
  }
  if (now != RequestFraming::Phase::body) return;
  const std::uint64_t progress = framing_.body_bytes() - (before == now ? body_mark_ : 0);
  if (before != now || progress >= body_progress_bytes) {
    body_mark_ = framing_.body_bytes();
    set_deadline(steady_ms() + settings.body_timeout_ms);
  }
  if (framing_.wants_continue()) send_bytes("HTTP/1.1 100 Continue\r\n\r\n", {});
}

/// The client sends nothing more. It may still read: what is being answered is answered.
void Connection::end_of_input() {
  input_ended_ = true;
  if (lingering_ || (!serving_ && !resuming_)) return close_now();
  await({false, interest_.write});
}

void Connection::on_resume() {
  Lock lock{mutex_};
  resuming_ = false;
  if (descriptor_ < 0 || serving_ || lingering_) return;
  drive_waiting(lock);
}

void Connection::resume_later() {
  if (descriptor_ >= 0 && !std::exchange(resuming_, true)) door_->reactor.resume(place_);
}

void Connection::on_failure() noexcept { close_at_once(); }

// ---- time and end
// ----------------------------------------------------------------------------------------------

bool Connection::due(std::int64_t now_ms) const noexcept {
  return deadline_ms_.load(std::memory_order_relaxed) <= now_ms;
}

void Connection::on_tick(std::int64_t now_ms) {
  const Lock lock{mutex_};
  if (descriptor_ < 0 || !due(now_ms)) return;
  if (!output_.empty()) return close_now(true);
  if (lingering_ || framing_.phase() == RequestFraming::Phase::nothing) return close_now();
  refuse(framing_problem(408, "The rest of the request did not come in time."));
}

void Connection::linger(std::int64_t linger_ms) {
  if (input_ended_) return close_now();
  lingering_ = true;
  ::shutdown(descriptor_, SHUT_WR);
  await({true, false});
  set_deadline(steady_ms() + linger_ms);
}

void Connection::close_gently(int linger_ms) {
  const Lock lock{mutex_};
  if (descriptor_ >= 0 && !serving_ && !lingering_) linger(linger_ms);
}

void Connection::close_at_once() noexcept {
  const Lock lock{mutex_};
  close_now();
}

/// `reset`: forget what the client has not taken yet, instead of leaving it to the kernel.
void Connection::close_now(bool reset) {
  if (descriptor_ < 0) return;
  gone_ = true;
  set_deadline(never);
  if (reset) {
    const ::linger at_once{1, 0};
    ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  }
  door_->reactor.forget(place_, descriptor_);
  ::close(descriptor_);
  descriptor_ = -1;
  output_.clear();
  set_serving(false);
  --door_->connections_open;
  room_in_output_.notify_all();
}

void Connection::await(Interest interest) {
  if (interest == interest_ || descriptor_ < 0) return;
  interest_ = interest;
  door_->reactor.change(place_, descriptor_, interest);
}

void Connection::set_serving(bool serving) {
  if (serving == serving_) return;
  serving_ = serving;
  if (serving) {
    ++door_->answers_unsent;
  } else {
    --door_->answers_unsent;
  }
}

void Connection::answer_done() {
  answer_complete_ = false;
  set_serving(false);
  if (drop_after_) return close_now();
  if (!keep_alive_) return linger(linger_after_answer_ms);
  set_deadline(steady_ms() + door_->settings.idle_timeout_ms);
  if (driving_) return;
  if (!waiting_input().empty()) {
    resume_later();
  } else if (input_ended_) {
    return close_now();
  }
  if (!input_ended_) await({true, interest_.write});
}

}  // namespace coop::api
