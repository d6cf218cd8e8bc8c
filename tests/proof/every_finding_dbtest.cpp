#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <string>

#include "tests/support/named_damage.hpp"

namespace coop::proof {
namespace {

std::string word_of_environment(const char* name) {
  const char* word = std::getenv(name);
  return word == nullptr ? "" : word;
}

/// What all parts of these tests have provoked; nothing as long as another part has not ended.
std::optional<std::set<std::string>> provoked_by_all_parts() {
  std::set<std::string> provoked;
  for (const Finding finding : test::provoked_findings()) provoked.emplace(text_of(finding));
  const std::string parts = word_of_environment("GTEST_TOTAL_SHARDS");
  if (parts.empty() || parts == "1") return provoked;
  const std::filesystem::path folder = word_of_environment("COOP_PARTS_FOLDER");
  EXPECT_TRUE(std::filesystem::is_directory(folder)) << "parts of the tests want a COOP_PARTS_FOLDER";
  const auto file_of = [&](const std::string& part) { return folder / ("provoked-findings-" + part); };
  const std::filesystem::path half = file_of(word_of_environment("GTEST_SHARD_INDEX") + "-half");
  std::ofstream mine{half};
  for (const std::string& finding : provoked) mine << finding << '\n';
  mine.close();
  std::filesystem::rename(half, file_of(word_of_environment("GTEST_SHARD_INDEX")));
  for (int part = 0; part < std::stoi(parts); ++part) {
    std::ifstream of_part{file_of(std::to_string(part))};
    if (!of_part) return std::nullopt;
    for (std::string finding; std::getline(of_part, finding);) provoked.insert(finding);
  }
  return provoked;
}

/// Looked at when all tests have run, whatever their order was: every finding was provoked by one of them. If
/// they run in parts, as `./dev test` has it, whichever part ends last looks at what all of them provoked.
class EveryFindingIsProvoked : public testing::Environment {
  void TearDown() override {
    if (testing::GTEST_FLAG(filter) != "*") return;  // only some of them ran
    const auto provoked = provoked_by_all_parts();
    if (!provoked) return;
    for (const Finding finding : all_findings())
      EXPECT_TRUE(provoked->contains(std::string{text_of(finding)}))
          << "no test provokes " << text_of(finding);
  }
};

const testing::Environment* const every_finding_is_provoked =
    testing::AddGlobalTestEnvironment(new EveryFindingIsProvoked);

}  // namespace
}  // namespace coop::proof
