// Whatever bytes come as a ZIP: they are refused, or unpack to files within the limits, in the order of
// names.
#include "ledger/statements/zip_files.hpp"

#include <algorithm>

#include "ledger/values/text.hpp"
#include "tests/support/fuzz_target.hpp"

namespace coop::statements {
namespace {

void look_at_zip_files(std::string_view bytes) {
  std::vector<PackedFile> files;
  if (!fuzz::is_read([&] { files = packed_files_in(bytes); })) return;
  fuzz::require(!files.empty() && files.size() <= most_packed_files, "as many files as are allowed");
  fuzz::require(std::ranges::is_sorted(files, {}, &PackedFile::name), "in the order of their names");
  for (const PackedFile& file : files) {
    fuzz::require(is_storable_text(file.name), "a name can be stored");
    fuzz::require(file.bytes.size() <= most_unpacked_bytes && !is_zip(file.bytes), "within the limits");
  }
}

template <std::size_t size>
std::string bytes_of(const char (&literal)[size]) {
  return {literal, size - 1};
}

// A ZIP with one stored file, "a" holding "hello", byte by byte: its header, the table of contents, the end.
const std::string stored =
    bytes_of(
        "PK\x03\x04\x0a\0\0\0\0\0\0\0\x21\0\x86\xa6\x10\x36\x05\0\0\0\x05\0\0\0\x01\0\0\0"
        "a"
        "hello") +
    bytes_of(
        "PK\x01\x02\x0a\0\x0a\0\0\0\0\0\0\0\x21\0\x86\xa6\x10\x36\x05\0\0\0\x05\0\0\0\x01\0\0\0\0\0\0\0\0\0\0"
        "\0"
        "\0\0\0\0\0\0"
        "a") +
    bytes_of("PK\x05\x06\0\0\0\0\x01\0\x01\0\x2f\0\0\0\x24\0\0\0\0\0");

const bool added_zip_files =
    fuzz::add_target({"zip_files",
                      look_at_zip_files,
                      {stored, bytes_of("PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
                       bytes_of("PK\x03\x04"), bytes_of("PK\x01\x02"), bytes_of("PK\x05\x06"),
                       bytes_of("\xff\xff\xff\xff"), bytes_of("\x08\0"), "../a", "__MACOSX/"}});

}  // namespace
}  // namespace coop::statements
