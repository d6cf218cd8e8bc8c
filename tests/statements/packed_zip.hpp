#pragma once
#include <zip.h>

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace coop::statements::test {

/// What a ZIP is made of: names and contents; a name that ends in "/" is a folder.
using FilesToPack = std::vector<std::pair<std::string, std::string>>;

/// The bytes of a ZIP, packed, encrypted with `password` unless that is empty. Throws std::runtime_error.
inline std::string zip_of(const FilesToPack& files, const std::string& password = {}) {
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, nullptr);
  zip_source_keep(target);
  zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, nullptr);
  if (!archive) throw std::runtime_error{"a ZIP can be made"};
  for (const auto& [name, bytes] : files) {
    if (name.ends_with('/')) {
      zip_dir_add(archive, name.c_str(), ZIP_FL_ENC_UTF_8);
      continue;
    }
    zip_source_t* source = zip_source_buffer(archive, bytes.data(), bytes.size(), 0);
    const zip_int64_t index = zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) throw std::runtime_error{"a file can be packed"};
    if (!password.empty())
      zip_file_set_encryption(archive, static_cast<zip_uint64_t>(index), ZIP_EM_AES_256, password.c_str());
  }
  if (zip_close(archive) != 0) throw std::runtime_error{"a ZIP can be written"};
  zip_stat_t stat;
  zip_source_stat(target, &stat);
  std::string bytes(static_cast<std::size_t>(stat.size), '\0');
  zip_source_open(target);
  zip_source_read(target, bytes.data(), bytes.size());
  zip_source_close(target);
  zip_source_free(target);
  return bytes;
}

}  // namespace coop::statements::test
