#include "api/http/output_queue.hpp"

#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace coop::api {

namespace {

constexpr std::size_t bytes_at_once = 1 << 20;
constexpr std::size_t small_piece = 64 * 1024;

/// Bytes taken by the socket; 0 if it is full, -1 if it is broken.
ssize_t send_parts(int descriptor, std::array<iovec, 2> parts) {
  msghdr message{};
  message.msg_iov = parts.data();
  message.msg_iovlen = parts[1].iov_len == 0 ? 1 : 2;
  while (true) {
    const ssize_t sent = ::sendmsg(descriptor, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent >= 0) return sent;
    if (errno == EAGAIN || errno == EWOULDBLOCK) return 0;
    if (errno != EINTR) return -1;
  }
}

iovec whole(std::string_view text) { return {const_cast<char*>(text.data()), text.size()}; }
iovec part(std::string_view text) { return whole(text.substr(0, bytes_at_once)); }

}  // namespace

OutputQueue::Sent OutputQueue::send(int descriptor, std::string_view head, std::string&& body) {
  std::size_t taken = 0;
  if (empty()) {
    const ssize_t sent = send_parts(descriptor, {whole(head), part(body)});
    if (sent < 0) return Sent::failed;
    taken = static_cast<std::size_t>(sent);
    if (taken == head.size() + body.size()) return Sent::everything;
  }
  if (taken < head.size()) queue(std::string{head.substr(taken)}, 0);
  const std::size_t of_body = taken > head.size() ? taken - head.size() : 0;
  if (of_body < body.size()) queue(std::move(body), of_body);
  return Sent::blocked;
}

OutputQueue::Sent OutputQueue::send_waiting(int descriptor) {
  std::size_t budget = bytes_at_once;
  while (!empty()) {
    if (budget == 0) return Sent::blocked;
    const std::string_view first = std::string_view{pieces_[first_]}.substr(offset_);
    const std::string_view second = first_ + 1 < pieces_.size() ? std::string_view{pieces_[first_ + 1]} : "";
    const ssize_t sent =
        send_parts(descriptor, {part(first), part(first.size() > bytes_at_once ? "" : second)});
    if (sent < 0) return Sent::failed;
    if (sent == 0) return Sent::blocked;
    drop_sent(static_cast<std::size_t>(sent));
    budget -= std::min(budget, static_cast<std::size_t>(sent));
  }
  return Sent::everything;
}

void OutputQueue::clear() {
  pieces_ = {};
  first_ = offset_ = bytes_ = 0;
}

void OutputQueue::queue(std::string piece, std::size_t from) {
  const std::size_t added = piece.size() - from;
  if (!empty() && pieces_.back().size() + added <= small_piece) {
    pieces_.back().append(piece, from);
  } else {
    if (empty()) {
      pieces_.clear();
      first_ = 0;
      offset_ = from;
    } else if (from != 0) {
      piece.erase(0, from);
    }
    pieces_.push_back(std::move(piece));
  }
  bytes_ += added;
}

void OutputQueue::drop_sent(std::size_t count) {
  bytes_ -= count;
  if (bytes_ == 0) return clear();
  while (count > 0) {
    const std::size_t left = pieces_[first_].size() - offset_;
    const std::size_t dropped = std::min(left, count);
    offset_ += dropped;
    count -= dropped;
    if (dropped == left) {
      pieces_[first_++] = {};
      offset_ = 0;
    }
  }
  if (first_ > 64 && first_ * 2 > pieces_.size()) {
    pieces_.erase(pieces_.begin(), pieces_.begin() + static_cast<std::ptrdiff_t>(first_));
    first_ = 0;
  }
}

}  // namespace coop::api
