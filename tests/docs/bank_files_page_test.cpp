// The page about files of banks names every note that reading one can leave.
#include <regex>

#include "tests/lint/source.hpp"

namespace coop::lint {
namespace {

std::string text_of(const SourceFile& file) {
  std::string text;
  for (const std::string& line : file.lines) text += line + "\n";
  return text;
}

// note("code", …), Note{"code", …}, and {"code", place, …}.
std::set<std::string> codes_of_notes() {
  const std::regex note{R"re((?:note\(|Note\{|notes\.push_back\(\{)\s*"([a-z_]+)")re"};
  std::set<std::string> codes;
  for (const SourceFile& file : repository()) {
    if (!file.path.starts_with("ledger/statements/") && !file.path.starts_with("ledger/bank/")) continue;
    const std::string text = text_of(file);
    for (std::sregex_iterator at{text.begin(), text.end(), note}; at != std::sregex_iterator{}; ++at)
      codes.insert((*at)[1]);
  }
  return codes;
}

TEST(BankFilesPage, NamesEveryNote) {
  const auto page = std::find_if(repository().begin(), repository().end(), [](const SourceFile& file) {
    return file.path == "docs/formats/bank-files.md";
  });
  ASSERT_NE(page, repository().end());
  const std::string text = text_of(*page);
  EXPECT_GE(codes_of_notes().size(), 15u);
  for (const std::string& code : codes_of_notes())
    EXPECT_NE(text.find("`" + code + "`"), std::string::npos) << code;
}

}  // namespace
}  // namespace coop::lint
