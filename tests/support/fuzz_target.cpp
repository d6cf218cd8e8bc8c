#include "tests/support/fuzz_target.hpp"

#include <cstdint>
#include <filesystem>
#include <fstream>

namespace coop::fuzz {

namespace {

std::vector<Target>& all_targets() {
  static std::vector<Target> all;
  return all;
}

}  // namespace

bool add_target(Target target) {
  all_targets().push_back(std::move(target));
  return true;
}

const std::vector<Target>& targets() { return all_targets(); }

}  // namespace coop::fuzz

/// libFuzzer calls it first: the seeds join the corpus, which is the last argument.
extern "C" int LLVMFuzzerInitialize(int* count, char*** arguments) {
  const std::filesystem::path corpus{(*arguments)[*count - 1]};
  if (!std::filesystem::is_directory(corpus)) return 0;
  int number = 0;
  for (const std::string& seed : coop::fuzz::targets().front().seeds)
    std::ofstream{corpus / ("seed-" + std::to_string(++number)), std::ios::binary} << seed;
  return 0;
}

/// libFuzzer's way in: what escapes from the look ends the program.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t count) {
  coop::fuzz::targets().front().look({reinterpret_cast<const char*>(bytes), count});
  return 0;
}
