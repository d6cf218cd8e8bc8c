// Files whose signatures and counts of cash contradict the books or themselves: only the check of each line
// tells.
#include <gtest/gtest.h>

#include "ledger/books/chain.hpp"
#include "ledger/journals/native_count_checks.hpp"
#include "ledger/journals/native_line.hpp"
#include "ledger/journals/native_signoff_checks.hpp"
#include "tests/support/refusal_code.hpp"

namespace coop::journals {
namespace {

const std::vector<std::string> right{
    R"({"kind":"bank_account","number":1,"keeper":"cash","account":"assets:cash","unit":"EUR",)"
    R"("title":"C",@})",
    R"({"kind":"bank_account","number":2,"keeper":"bank","account":"assets:bank","unit":"EUR",)"
    R"("title":"B",@})",
    R"({"kind":"bank_signoff","number":1,"bank_account":1,"as_of":"2026-01-31","books_minor":700,)"
    R"("uncleared_count":1,"uncleared_minor":200,"unbooked_count":0,"unbooked_minor":0,)"
    R"("beginning_minor":0,"bank_minor":490,"difference_minor":-10,"explanation":"a coin","last_entry":1,)"
    R"("last_event":3,"statement":"all","statement_hash":")" +
        hex_of(sha256_of("all")) + R"(","live":true,@,"recorded_by":"ann"})",
    R"({"kind":"bank_countersignature","signoff":1,@,"recorded_by":"ben"})",
    R"({"kind":"bank_count","number":1,"bank_account":1,"counted_on":"2026-01-31","total_minor":700,)"
    R"("live":false,@,"recorded_by":"ann"})",
    R"({"kind":"bank_count_piece","count":1,"value_minor":100,"pieces":2})",
    R"({"kind":"bank_count_piece","count":1,"value_minor":500,"pieces":1})",
    R"({"kind":"bank_count_witness","count":1,@,"recorded_by":"ben"})",
    R"({"kind":"bank_count_entry","count":1,"entry":1,@})",
    R"({"kind":"bank_count_end","count":1,"reason":"r",@})"};

/// Reads and checks lines of books with one entry, of account 7, and three events; answers the first
/// refusal's code.
class ReconcilingLines {
 public:
  ReconcilingLines() {
    posted_.begin_entry(Day::parse("2026-02-01"));
    posted_.add(8, -300);
    posted_.add(7, 300);
  }
  std::string take(std::string json) {
    for (std::size_t place = json.find('@'); place != std::string::npos; place = json.find('@'))
      json.replace(place, 1, R"("recorded_at":"2026-02-01T09:00:00.000000Z")");
    return test::refusal_code([&] {
      const NativeLine read = native_line_from(json, {});
      const NativeRow& row = std::get<NativeRow>(read);
      if (bank_.take(row, {{{"assets:cash", "EUR"}, 7}, {{"assets:bank", "EUR"}, 8}})) return;
      EXPECT_TRUE(signoffs_.take(row, {bank_, 1, 3}) || counts_.take(row, {bank_, posted_}));
    });
  }
  std::string take_all(const std::vector<std::string>& lines) {
    for (const std::string& line : lines)
      if (std::string code = take(line); code != "accepted") return code;
    return test::refusal_code([&] {
      signoffs_.finish();
      counts_.finish();
    });
  }

 private:
  BankChecks bank_;
  SignoffChecks signoffs_;
  CountChecks counts_;
  PostedAmounts posted_;
};

/// What is said of a file with `to` instead of `from` in its `place`th line.
std::string changed(std::size_t place, const std::string& from, const std::string& to) {
  std::vector<std::string> lines = right;
  EXPECT_NE(lines[place].find(from), std::string::npos) << lines[place];
  lines[place].replace(lines[place].find(from), from.size(), to);
  return ReconcilingLines{}.take_all(lines);
}

TEST(NativeReconcilingChecks, TakeWhatFits) { EXPECT_EQ(ReconcilingLines{}.take_all(right), "accepted"); }

TEST(NativeReconcilingChecks, RefuseSignaturesThatContradict) {
  const std::vector<std::tuple<std::size_t, std::string, std::string>> table{
      {2, R"("number":1)", R"("number":2)"},
      {2, R"("bank_account":1)", R"("bank_account":3)"},
      {2, R"("books_minor":700)", R"("books_minor":701)"},
      {2, R"("uncleared_count":1)", R"("uncleared_count":-1)"},
      {2, R"("bank_minor":490)", R"("bank_minor":500)"},
      {2, R"("explanation":"a coin",)", ""},
      {2, R"("explanation":"a coin")", R"("explanation":"")"},
      {2, R"("last_entry":1)", R"("last_entry":2)"},
      {2, R"("last_event":3)", R"("last_event":4)"},
      {2, R"("statement":"all")", R"("statement":"alt")"},
      {2, R"("statement":"all")", R"("import":1,"statement":"all")"},
      {2, R"("statement":"all")", R"("import":1,"position":1,"statement":"all")"},
      {2, R"("live":true)", R"("live":false)"},
      {3, R"("signoff":1)", R"("signoff":2)"},
      {3, R"("recorded_by":"ben")", R"("recorded_by":"ann")"},
  };
  for (const auto& [place, from, to] : table)
    EXPECT_EQ(changed(place, from, to), "import_contradicts") << from << " " << to;
  std::vector<std::string> ended = right;
  ended.push_back(R"({"kind":"bank_signoff_end","signoff":1,"reason":"r",@})");
  EXPECT_EQ(ReconcilingLines{}.take_all(ended), "import_contradicts") << "it counts after its end";
}

TEST(NativeReconcilingChecks, RefuseCountsThatContradict) {
  const std::vector<std::tuple<std::size_t, std::string, std::string>> table{
      {4, R"("number":1)", R"("number":2)"},
      {4, R"("bank_account":1)", R"("bank_account":2)"},
      {4, R"("total_minor":700)", R"("total_minor":701)"},
      {4, R"("total_minor":700)", R"("total_minor":-700)"},
      {4, R"("live":false)", R"("live":true)"},
      {5, R"("count":1)", R"("count":2)"},
      {5, R"("pieces":2)", R"("pieces":3)"},
      {5, R"("pieces":2)", R"("pieces":-2)"},
      {6, R"("value_minor":500)", R"("value_minor":100)"},
      {7, R"("recorded_by":"ben")", R"("recorded_by":"ann")"},
      {8, R"("entry":1)", R"("entry":2)"},
      {9, R"("count":1)", R"("count":2)"},
      {9, R"("reason":"r")", R"("reason":"")"},
  };
  for (const auto& [place, from, to] : table)
    EXPECT_EQ(changed(place, from, to), "import_contradicts") << from << " " << to;
  std::vector<std::string> open = right;
  open.pop_back();
  EXPECT_EQ(ReconcilingLines{}.take_all(open), "import_contradicts")
      << "it was not withdrawn, but stands not";
}

}  // namespace
}  // namespace coop::journals
