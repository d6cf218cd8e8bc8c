#pragma once
#include <filesystem>
#include <string>

#include "api/http/http_server.hpp"

namespace coop::api {

/// Where bodies are kept that work reads later, as files that only this user may read.
class Uploads {
 public:
  /// Makes the folder if it is missing.
  explicit Uploads(std::filesystem::path folder);
  /// Keeps the request's body; the name begins with SHA-256 of what it holds, so that the same body is one
  /// file. Throws Unavailable, if it cannot be written.
  std::filesystem::path keep(const HttpRequest& request) const;
  /// Deletes what keep() wrote. A file that is gone is no error.
  static void forget(const std::filesystem::path& file) noexcept;

 private:
  std::filesystem::path folder_;
};

}  // namespace coop::api
