#include "ledger/statements/zip_files.hpp"

#include <zip.h>

#include <algorithm>
#include <memory>

#include "ledger/statements/camt_reading.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/text.hpp"

namespace coop::statements {

namespace {

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Archive = std::unique_ptr<zip_t, Discard>;
using OpenedFile = std::unique_ptr<zip_file_t, Discard>;

[[noreturn]] void refuse(const std::string& name, const std::string& fault) {
  throw Refused{Refusal::statement_unreadable,
                "the ZIP" + (name.empty() ? std::string{} : ", " + shown(name)) + ": " + fault};
}

Archive opened(std::string_view bytes) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  ensure(source != nullptr, "a part of the memory is a source");
  Archive archive{zip_open_from_source(source, ZIP_RDONLY, &error)};
  zip_error_fini(&error);
  if (archive) return archive;
  zip_source_free(source);
  refuse("", "it is damaged or cut short");
}

// Names are bytes of any character set; what cannot be shown is.
std::string name_from(const char* written) {
  std::string name = written ? written : "";
  if (is_storable_text(name)) return name;
  for (char& letter : name)
    if (static_cast<unsigned char>(letter) >= 0x80) letter = '_';
  return name;
}

bool is_left_out(const std::string& name) {
  const std::string_view file = std::string_view{name}.substr(name.find_last_of('/') + 1);
  return file.empty() || file.starts_with('.') || file == "Thumbs.db" || name.starts_with("__MACOSX/") ||
         name.find("/__MACOSX/") != std::string::npos;
}

void require_unpackable(const std::string& name, const zip_stat_t& stat, std::size_t together) {
  constexpr zip_uint64_t needed = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
  if ((stat.valid & needed) != needed) refuse(name, "its size is not said");
  const bool is_encrypted =
      (stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE;
  if (is_encrypted) refuse(name, "it is encrypted: unpack it first");
  if (stat.size > most_unpacked_bytes)
    refuse(name, "it is larger than " + std::to_string(most_unpacked_bytes >> 20) + " MiB");
  if (together + stat.size > most_unpacked_bytes_together)
    refuse(name, "all files together are larger than " + std::to_string(most_unpacked_bytes_together >> 20) +
                     " MiB");
  if (stat.size > small_file_bytes && stat.size / most_expansion > stat.comp_size)
    refuse(name, "it would grow to more than " + std::to_string(most_expansion) + " times its size");
}

// Reads as many bytes as were announced; a file that has other ones is damaged, or lies.
std::string unpacked(zip_t* archive, zip_uint64_t index, const std::string& name, std::size_t size) {
  const OpenedFile file{zip_fopen_index(archive, index, 0)};
  if (!file) refuse(name, "it is damaged, or packed in a way that is not read");
  std::string bytes(size, '\0');
  std::size_t filled = 0;
  while (filled < size) {
    const zip_int64_t read = zip_fread(file.get(), bytes.data() + filled, size - filled);
    if (read <= 0) refuse(name, "it is damaged or cut short");
    filled += static_cast<std::size_t>(read);
  }
  char more = 0;
  if (zip_fread(file.get(), &more, 1) != 0) refuse(name, "it is damaged");
  return bytes;
}

}  // namespace

bool is_zip(std::string_view bytes) {
  return bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06") ||
         bytes.starts_with("PK\x07\x08");
}

std::vector<PackedFile> packed_files_in(std::string_view bytes) {
  const Archive archive = opened(bytes);
  const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
  if (count > static_cast<zip_int64_t>(most_packed_files))
    refuse("", "it holds more than " + std::to_string(most_packed_files) + " files");
  std::vector<PackedFile> files;
  std::size_t together = 0;
  for (zip_int64_t i = 0; i < count; ++i) {
    const auto index = static_cast<zip_uint64_t>(i);
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat_index(archive.get(), index, 0, &stat) != 0) refuse("", "it is damaged");
    const std::string name = name_from(stat.name);
    if (is_left_out(name)) continue;
    require_unpackable(name, stat, together);
    files.push_back({name, unpacked(archive.get(), index, name, static_cast<std::size_t>(stat.size))});
    together += files.back().bytes.size();
    if (is_zip(files.back().bytes)) refuse(name, "a ZIP in a ZIP is not read: unpack it first");
  }
  if (files.empty()) refuse("", "there is no file in it");
  std::ranges::stable_sort(files, {}, &PackedFile::name);
  return files;
}

}  // namespace coop::statements
