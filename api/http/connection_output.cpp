#include <array>
#include <charconv>

#include "api/http/connection.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::api {

namespace {

/// More than this may not wait for a slow client: the producer of a stream waits instead.
constexpr std::size_t stream_waits_above = 1 << 20;
constexpr std::size_t stream_goes_on_below = stream_waits_above / 2;
/// Up to this size a body is copied behind its head, which is cheaper than sending two parts.
constexpr std::size_t copied_body_bytes = 8 * 1024;

/// A thread's own text for heads: its memory is used again.
std::string& scratch_text() {
  thread_local std::string text;
  text.clear();
  return text;
}

}  // namespace

void Connection::answer(HttpAnswer&& answer) {
  const Lock lock{mutex_};
  send_answer(std::move(answer));
}

void Connection::refuse(HttpAnswer answer) {
  keep_alive_ = false;
  bodyless_ = false;
  set_serving(true);
  send_answer(std::move(answer));
}

void Connection::send_answer(HttpAnswer&& answer) {
  if (descriptor_ < 0) return;
  if (door_->stopping) keep_alive_ = false;
  AnswerFraming framing;
  if (has_body(answer.status)) framing.content_length = answer.body.size();
  framing.close = !keep_alive_;
  framing.say_keep_alive = !http_1_1_;
  std::string& head = scratch_text();
  append_head(head, answer.status, answer.headers, framing);
  if (bodyless_ || !has_body(answer.status)) answer.body.clear();
  if (answer.body.size() <= copied_body_bytes) {
    head += answer.body;
    answer.body.clear();
  }
  answer_complete_ = true;
  send_bytes(head, std::move(answer.body));
}

void Connection::begin_stream(int status, const HttpHeaders& headers) {
  const Lock lock{mutex_};
  if (descriptor_ < 0) return;
  if (!has_body(status)) bodyless_ = true;
  chunked_ = http_1_1_ && !bodyless_;
  // An HTTP/1.0 client learns the end of the body from the end of the connection.
  if (door_->stopping || (!http_1_1_ && !bodyless_)) keep_alive_ = false;
  std::string& head = scratch_text();
  append_head(head, status, headers, {std::nullopt, http_1_1_ && has_body(status), !keep_alive_, !http_1_1_});
  send_bytes(head, {});
}

bool Connection::write_piece(std::string_view piece) {
  Lock lock{mutex_};
  if (output_.bytes() > stream_waits_above) {
    ensure(!on_reactor_thread(), "a stream is not written on the thread that must send it");
    room_in_output_.wait(lock, [this] { return output_.bytes() < stream_goes_on_below; });
  }
  if (descriptor_ < 0) return false;
  if (bodyless_ || piece.empty()) return true;
  std::array<char, 18> size_line;
  char* end = size_line.data();
  std::string body;
  if (chunked_) {
    end = std::to_chars(end, end + 16, piece.size(), 16).ptr;
    *end++ = '\r';
    *end++ = '\n';
    body.reserve(piece.size() + 2);
  }
  body += piece;
  if (chunked_) body += "\r\n";
  send_bytes({size_line.data(), end}, std::move(body));
  return descriptor_ >= 0;
}

void Connection::finish_stream() {
  const Lock lock{mutex_};
  if (descriptor_ < 0) return;
  answer_complete_ = true;
  if (chunked_) {
    send_bytes("0\r\n\r\n", {});
  } else if (output_.empty()) {
    answer_done();
  }
}

void Connection::abandon_stream() {
  const Lock lock{mutex_};
  if (descriptor_ < 0) return;
  if (!chunked_) return close_now(true);  // only a reset tells such a client that something is missing
  keep_alive_ = false;
  drop_after_ = true;
  answer_complete_ = true;
  if (output_.empty()) answer_done();
}

void Connection::send_bytes(std::string_view head, std::string&& body) {
  if (descriptor_ < 0) return;
  const bool waited_already = !output_.empty();
  const OutputQueue::Sent sent = output_.send(descriptor_, head, std::move(body));
  if (!waited_already) note_sent(sent, true);
}

void Connection::send_waiting() {
  const std::size_t before = output_.bytes();
  const OutputQueue::Sent sent = output_.send_waiting(descriptor_);
  note_sent(sent, output_.bytes() < before);
  if (output_.bytes() < stream_goes_on_below) room_in_output_.notify_all();
}

/// Goes on after an attempt to send: with the next request, or by waiting for the client, or by giving it up.
void Connection::note_sent(OutputQueue::Sent sent, bool progress) {
  switch (sent) {
    case OutputQueue::Sent::failed:
      return close_now();
    case OutputQueue::Sent::blocked:
      await({interest_.read, true});
      if (progress) set_deadline(steady_ms() + door_->settings.write_stall_ms);
      return;
    case OutputQueue::Sent::everything:
      await({interest_.read, false});
      if (answer_complete_) return answer_done();
      if (serving_) set_deadline(never);
  }
}

}  // namespace coop::api
