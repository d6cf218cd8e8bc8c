// Whatever figure of shares and surplus is changed in a complete export: it is refused by name, or the books
// that come of it hold together. What only the schema sees is told as well, not answered as a mistake of
// ours.
#include <boost/json.hpp>
#include <fstream>
#include <set>

#include "ledger/journals/native_service.hpp"
#include "ledger/journals/program.hpp"
#include "tests/capital/capital_books.hpp"
#include "tests/support/native_file.hpp"

namespace coop::capital {
namespace {

using Lines = std::vector<std::string>;

// Another value of the same type; nothing for texts that say something to people only.
std::optional<boost::json::value> other_value(const boost::json::value& value) {
  if (value.is_bool()) return boost::json::value{!value.as_bool()};
  if (value.is_int64()) return boost::json::value{value.as_int64() + 1};
  const std::string text{value.as_string()};
  if (text.size() == 10 && text.starts_with("20")) return boost::json::value("2026-02-27");
  for (const auto& [from, to] : {std::pair{"M0001", "M0002"},
                                 {"M0002", "M0003"},
                                 {"M0003", "M0001"},
                                 {"ann", "ben"},
                                 {"ben", "ann"},
                                 {"tom", "ann"},
                                 {"subscribe", "pay_in"},
                                 {"pay_in", "subscribe"},
                                 {"ask", "take_back"},
                                 {"undo", "withdraw"},
                                 {"booked", "cancelled"}})
    if (text == from) return boost::json::value(to);
  return std::nullopt;
}

class CapitalExport : public CapitalBooks {
 protected:
  // "refused", "refused by the schema", or "restored" into books that verify.
  std::string restored(const Lines& lines) {
    std::ofstream{file_.path(), std::ios::binary} << test::native_file_of(lines);
    if (!test::refusal_of([&] { journals::check_native(file_.path()); }).empty()) return "refused";
    if (!other_) other_.emplace();
    Database empty{DatabaseSettings{.address = other_->address(), .role = "coopledger_service"}};
    const std::string refusal = test::refusal_of([&] { journals::restore_native(empty, file_.path(), now); });
    if (refusal == "import_contradicts") return "refused by the schema";
    EXPECT_EQ(refusal, "");
    const std::string flaw = test::first_flaw_of(*other_);
    other_.reset();
    return flaw.empty() ? "restored" : flaw;
  }
  journals::TemporaryFile file_;
  std::optional<test::FreshDatabase> other_;
};

TEST_F(CapitalExport, IsRefusedByNameOrHoldsTogetherWhateverIsChanged) {
  fill();
  const Lines lines = test::lines_of_native(test::native_export(db()));
  std::set<std::string> tried;
  std::map<std::string, int> became;
  for (std::size_t at = 0; at < lines.size(); ++at) {
    const auto row = boost::json::parse(lines[at]).as_object();
    const std::string kind{row.at("kind").as_string()};
    if (!kind.starts_with("share_") && !kind.starts_with("surplus_")) continue;
    for (const auto& [name, value] : row) {
      std::string what = kind + "." + std::string{name};
      for (const char* word : {"movement", "step"})
        if (row.contains(word)) what += " " + std::string{row.at(word).as_string()};
      const auto other = name == "kind" ? std::nullopt : other_value(value);
      if (!other || !tried.insert(what).second) continue;
      auto changed = row;
      changed[name] = *other;
      Lines damaged = lines;
      damaged[at] = boost::json::serialize(changed);
      const std::string result = restored(damaged);
      ++became[result];
      EXPECT_TRUE(result == "refused" || result == "refused by the schema" || result == "restored")
          << what << ": " << result;
    }
  }
  EXPECT_GT(tried.size(), 80u);
  EXPECT_GT(became["refused"], 20);
  EXPECT_GT(became["refused by the schema"], 0);
}

}  // namespace
}  // namespace coop::capital
