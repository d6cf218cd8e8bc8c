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
  /// The next line without its end; valid until the next call. Nothing at the end. Throws Refused: too_large.
  std::optional<std::string_view> next();

 private:
  bool fetch();
  const HttpRequest& request_;
  std::size_t most_line_bytes_;
  std::string piece_;
  std::size_t at_ = 0;
  std::uint64_t read_ = 0;
  bool ended_ = false;
};

}  // namespace coop::api
