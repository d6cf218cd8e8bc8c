#pragma once
#include <atomic>
#include <memory>

#include "api/http/connection.hpp"
#include "api/http/http_server.hpp"

namespace coop::api {

/// The one answer that all copies of a Reply share.
struct Reply::Held {
  explicit Held(std::shared_ptr<Connection> to);
  ~Held();
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;

  enum class State { unanswered, streaming, answered };

  /// True for the one caller that may move from `from` to `to`.
  bool advance(State from, State to) noexcept { return state.compare_exchange_strong(from, to); }
  /// Does `last_step` and counts the request as answered, for the one caller that ends the state `from`.
  template <typename Step>
  void settle(State from, const Step& last_step);
  /// Answers 500 if nobody has answered.
  void answer_failure() noexcept;

  const std::shared_ptr<Connection> connection;
  std::atomic<State> state{State::unanswered};
};

}  // namespace coop::api
