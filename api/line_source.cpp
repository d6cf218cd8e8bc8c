#include "api/line_source.hpp"

#include "ledger/values/refusal.hpp"

namespace coop::api {

namespace {
constexpr std::size_t bytes_at_once = 1u << 20;
}

std::optional<std::string_view> LineSource::next() {
  std::size_t end = piece_.find('\n', at_);
  while (end == std::string::npos && fetch()) end = piece_.find('\n', at_);
  if (end == std::string::npos) {
    if (at_ >= piece_.size()) return std::nullopt;
    end = piece_.size();
  }
  std::string_view line{piece_.data() + at_, end - at_};
  if (line.size() > most_line_bytes_)
    throw Refused{Refusal::too_large, "a line is longer than " + std::to_string(most_line_bytes_) + " bytes"};
  at_ = std::min(end + 1, piece_.size());
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool LineSource::fetch() {
  if (ended_) return false;
  if (piece_.size() - at_ > most_line_bytes_)
    throw Refused{Refusal::too_large, "a line is longer than " + std::to_string(most_line_bytes_) + " bytes"};
  piece_.erase(0, at_);
  at_ = 0;
  if (!request_.body_file) {
    piece_ += std::string_view{request_.body}.substr(read_, bytes_at_once);
    read_ = std::min<std::uint64_t>(read_ + bytes_at_once, request_.body.size());
    ended_ = read_ >= request_.body.size();
    return true;
  }
  const std::string more = request_.body_file->read(read_, bytes_at_once);
  read_ += more.size();
  piece_ += more;
  ended_ = read_ >= request_.body_file->size() || more.empty();
  return true;
}

}  // namespace coop::api
