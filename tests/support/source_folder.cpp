#include "tests/support/source_folder.hpp"

namespace coop::test {

std::filesystem::path source_folder() { return COOP_SOURCE_DIR; }

}  // namespace coop::test
