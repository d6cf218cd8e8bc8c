#pragma once
#include <filesystem>

#include "api/configuration.hpp"

namespace coop::api {

/// Where the key is that signs checkpoints: as set, or in the data folder.
inline std::filesystem::path signing_key_file(const Settings& settings) {
  if (!settings.signing_key_file.empty()) return settings.signing_key_file;
  return std::filesystem::absolute(settings.data) / "signing_key.pem";
}

}  // namespace coop::api
