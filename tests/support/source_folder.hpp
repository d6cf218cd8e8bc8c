#pragma once
#include <filesystem>

namespace coop::test {

/// The folder of the sources that the tests were built from.
std::filesystem::path source_folder();

}  // namespace coop::test
