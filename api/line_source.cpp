#include "api/line_source.hpp"

#include <algorithm>

namespace coop::api {

namespace {
constexpr std::size_t bytes_at_once = 1u << 20;
}

std::optional<std::string_view> LineSource::next() {
  if (in_long_line_) skip_to_next_line();
  std::size_t end = piece_.find('\n', at_);
  while (end == std::string::npos && piece_.size() - at_ <= most_line_bytes_ && fetch())
    end = piece_.find('\n', at_);
  if (end == std::string::npos) {
    if (at_ >= piece_.size()) return std::nullopt;
    end = piece_.size();
    in_long_line_ = end - at_ > most_line_bytes_;
  }
  std::string_view line{piece_.data() + at_, std::min(end - at_, most_line_bytes_ + 1)};
  at_ = in_long_line_ ? end : std::min(end + 1, piece_.size());
  if (line.ends_with('\r') && line.size() <= most_line_bytes_) line.remove_suffix(1);
  return line;
}

void LineSource::skip_to_next_line() {
  in_long_line_ = false;
  std::size_t end = piece_.find('\n', at_);
  while (end == std::string::npos) {
    at_ = piece_.size();
    if (!fetch()) return;
    end = piece_.find('\n', at_);
  }
  at_ = end + 1;
}

bool LineSource::fetch() {
  if (ended_) return false;
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
