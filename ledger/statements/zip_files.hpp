#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace coop::statements {

/// The most files that a ZIP may hold, folders and what is skipped included.
inline constexpr std::size_t most_packed_files = 1'000;
/// The largest file in a ZIP, unpacked.
inline constexpr std::size_t most_unpacked_bytes = std::size_t{64} << 20;
/// All files of a ZIP together, unpacked.
inline constexpr std::size_t most_unpacked_bytes_together = std::size_t{256} << 20;
/// How many times its packed size a file may have, if it is larger than a small one: XML shrinks to a
/// thirtieth, bombs to a thousandth.
inline constexpr std::size_t most_expansion = 200;
/// Up to this size a file may have been packed however well.
inline constexpr std::size_t small_file_bytes = std::size_t{1} << 20;

/// A file that was in a ZIP.
struct PackedFile {
  std::string name;   ///< with its folders
  std::string bytes;  ///< unpacked
};

/// True if the bytes begin as a ZIP does.
bool is_zip(std::string_view bytes);

/// Unpacks a ZIP from memory; the files are in the order of their names. Folders, hidden files and what macOS
/// adds
/// (__MACOSX) are left out. Throws Refused: statement_unreadable naming the file: damaged, encrypted, a ZIP
/// in the ZIP, too many files, too large, packed so well that it is a bomb, nothing in it.
std::vector<PackedFile> packed_files_in(std::string_view bytes);

}  // namespace coop::statements
