#pragma once
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <limits>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "api/http/answer_head.hpp"
#include "api/http/door.hpp"
#include "api/http/output_queue.hpp"
#include "api/http/reactor.hpp"
#include "api/http/request_framing.hpp"

namespace coop::api {

/// One client. It owns its descriptor from accept to close, and every write goes through its mutex: an answer
/// can therefore reach nobody else, whatever becomes of the client. One request is served at a time; later
/// ones wait in `input_`, and when too many wait, or the client has ended its side, the socket is no longer
/// read.
///
/// Input is read on one reactor thread only; answers come from any thread.
class Connection final : public Watched, public std::enable_shared_from_this<Connection> {
 public:
  /// Takes over the non-blocking socket and watches it. Closes it if that fails.
  static void open(std::shared_ptr<Door> door, int descriptor, std::string remote);
  Connection(std::shared_ptr<Door> door, int descriptor, std::string remote);
  ~Connection() override;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void on_ready(Readiness readiness, std::span<char> buffer) override;
  bool due(std::int64_t now_ms) const noexcept override;
  void on_tick(std::int64_t now_ms) override;
  void on_resume() override;
  void on_failure() noexcept override;

  /// The answer to the one request being served; see Reply. Each throws InvariantBroken if it is not
  /// sendable.
  void answer(HttpAnswer&& answer);
  void begin_stream(int status, const HttpHeaders& headers);
  bool write_piece(std::string_view piece);
  void finish_stream();
  void abandon_stream();
  bool gone() const noexcept { return gone_; }

  /// Ends the connection: tells the client that nothing more comes and waits up to `linger_ms` for it to
  /// leave.
  void close_gently(int linger_ms);
  void close_at_once() noexcept;
  Door& door() const noexcept { return *door_; }

 private:
  using Lock = std::unique_lock<std::mutex>;
  static constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

  // Reading, on the reactor thread.
  void read_some(Lock& lock, std::span<char> buffer);
  void take(Lock& lock, std::string_view bytes);
  std::string_view drive(Lock& lock, std::string_view bytes);
  void drive_waiting(Lock& lock);
  void hand_over(Lock& lock);
  void expect_more(RequestFraming::Phase before);
  void end_of_input();
  void resume_later();
  void refuse(HttpAnswer answer);

  // Writing, under the mutex.
  void send_answer(HttpAnswer&& answer);
  void send_bytes(std::string_view head, std::string&& body);
  void send_waiting();
  void note_sent(OutputQueue::Sent sent, bool progress);
  void answer_done();

  // Ending and waiting, under the mutex.
  void linger(std::int64_t linger_ms);
  void close_now(bool reset = false);
  void set_serving(bool serving);
  void await(Interest interest);
  void set_deadline(std::int64_t deadline_ms) noexcept { deadline_ms_ = deadline_ms; }
  std::string_view waiting_input() const { return std::string_view{input_}.substr(input_from_); }

  const std::shared_ptr<Door> door_;
  const std::string remote_;
  WatchPlace place_;
  std::mutex mutex_;
  std::condition_variable room_in_output_;
  int descriptor_;
  Interest interest_{true, false};
  std::atomic<bool> gone_{false};
  std::atomic<std::int64_t> deadline_ms_{never};

  RequestFraming framing_;
  std::string input_;  ///< bytes not yet framed, from input_from_ on
  std::size_t input_from_ = 0;
  std::uint64_t body_mark_ = 0;  ///< bytes of the body when the deadline was last moved
  std::uint64_t discarded_ = 0;  ///< bytes read and thrown away while lingering
  bool input_ended_ = false;
  bool driving_ = false;   ///< the reactor thread is inside drive()
  bool resuming_ = false;  ///< on_resume is on its way
  bool serving_ = false;   ///< a request is being answered

  OutputQueue output_;
  bool answer_complete_ = false;
  bool chunked_ = false;
  bool bodyless_ = false;  ///< the request was HEAD
  bool http_1_1_ = true;
  bool keep_alive_ = true;
  bool drop_after_ = false;  ///< close without goodbye: the stream is incomplete
  bool lingering_ = false;
};

}  // namespace coop::api
