#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "api/http/http_server.hpp"

namespace coop::api {

/// The lines of a request's body, whether it is in memory or in a file; a CR before the LF is dropped.
class LineSource {
 public:
  /// The request must outlive it.
  LineSource(const HttpRequest& request, std::size_t most_line_bytes)
      : request_{request}, most_line_bytes_{most_line_bytes} {}
  /// The next line without its end; valid until the next call. Nothing at the end. Of a line that is longer
  /// than `most_line_bytes` it gives one byte more than that, and the next call goes on behind the whole
  /// line.
  std::optional<std::string_view> next();

 private:
  bool fetch();
  void skip_to_next_line();
  const HttpRequest& request_;
  std::size_t most_line_bytes_;
  std::string piece_;
  std::size_t at_ = 0;
  std::uint64_t read_ = 0;
  bool ended_ = false;
  bool in_long_line_ = false;
};

}  // namespace coop::api
