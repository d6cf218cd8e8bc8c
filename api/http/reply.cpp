#include "api/http/reply.hpp"

#include "api/http/problem.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::api {

Reply::Held::Held(std::shared_ptr<Connection> to) : connection{std::move(to)} {
  ++connection->door().requests_in_flight;
}

template <typename Step>
void Reply::Held::settle(State from, const Step& last_step) {
  if (!advance(from, State::answered)) return;
  const auto count = [](Door* door) { --door->requests_in_flight; };
  const std::unique_ptr<Door, decltype(count)> counted{&connection->door(), count};
  last_step();
}

void Reply::Held::answer_failure() noexcept {
  try {
    settle(State::unanswered, [this] {
      connection->answer(
          problem_answer(500, "internal_error", "The server made a mistake.", "The request got no answer."));
    });
  } catch (...) {
    connection->close_at_once();
  }
}

Reply::Held::~Held() {
  answer_failure();
  settle(State::streaming, [this] { connection->abandon_stream(); });
}

void Reply::send(HttpAnswer answer) const {
  require_sendable(answer.status, answer.headers);
  held_->settle(Held::State::unanswered, [&] { held_->connection->answer(std::move(answer)); });
}

void Reply::begin_stream(int status, std::vector<std::pair<std::string, std::string>> headers) const {
  require_sendable(status, headers);
  if (held_->advance(Held::State::unanswered, Held::State::streaming)) {
    held_->connection->begin_stream(status, headers);
  }
}

bool Reply::write(std::string_view piece) const {
  ensure(held_->state != Held::State::unanswered, "a stream is begun before pieces are written");
  return held_->state == Held::State::streaming && held_->connection->write_piece(piece);
}

void Reply::finish() const {
  held_->settle(Held::State::streaming, [this] { held_->connection->finish_stream(); });
}

void Reply::abandon() const {
  held_->settle(Held::State::streaming, [this] { held_->connection->abandon_stream(); });
}

bool Reply::client_gone() const noexcept { return held_->connection->gone(); }

}  // namespace coop::api
