#pragma once
#include <filesystem>
#include <string>

#include "api/http/http_server.hpp"

namespace coop::api {

/// A body that was kept.
struct Upload {
  std::filesystem::path file;  ///< of this upload alone
  std::string hash;            ///< SHA-256 of what it holds, in hexadecimal
};

/// Where bodies are kept that work reads later, as files that only this user may read.
class Uploads {
 public:
  /// Makes the folder if it is missing.
  explicit Uploads(std::filesystem::path folder);
  /// Keeps the request's body in a new file. Throws Unavailable, if it cannot be written.
  Upload keep(const HttpRequest& request) const;
  /// Deletes what keep() wrote. A file that is gone is no error.
  static void forget(const std::filesystem::path& file) noexcept;

 private:
  std::filesystem::path folder_;
};

}  // namespace coop::api
