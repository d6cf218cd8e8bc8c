// Files whose signatures and counts of cash contradict the books or themselves: only the check of each line
// tells.
#include <gtest/gtest.h>

#include "ledger/books/chain.hpp"
#include "ledger/journals/native_count_checks.hpp"
#include "ledger/journals/native_line.hpp"
#include "ledger/journals/native_outbox_checks.hpp"
#include "ledger/journals/native_signoff_checks.hpp"
#include "tests/support/refusal_code.hpp"

namespace coop::journals {
namespace {

const std::vector<std::string> right_reconciling{
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
std::string changed_reconciling(std::size_t place, const std::string& from, const std::string& to) {
  std::vector<std::string> lines = right_reconciling;
  EXPECT_NE(lines[place].find(from), std::string::npos) << lines[place];
  lines[place].replace(lines[place].find(from), from.size(), to);
  return ReconcilingLines{}.take_all(lines);
}

TEST(NativeReconcilingChecks, TakeWhatFits) {
  EXPECT_EQ(ReconcilingLines{}.take_all(right_reconciling), "accepted");
}

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
    EXPECT_EQ(changed_reconciling(place, from, to), "import_contradicts") << from << " " << to;
  std::vector<std::string> ended = right_reconciling;
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
    EXPECT_EQ(changed_reconciling(place, from, to), "import_contradicts") << from << " " << to;
  std::vector<std::string> open = right_reconciling;
  open.pop_back();
  EXPECT_EQ(ReconcilingLines{}.take_all(open), "import_contradicts")
      << "it was not withdrawn, but stands not";
}

// What was signed, as text, and the same as a row.
const std::string signed_text =
    "Bank reconciliation\\nAccount: assets:bank (B)\\nAs of: 2026-01-31\\n\\nOn  What\\n"
    "    Balance by the books     EUR  1 204.50\\n  2026-01-30  entry 7   EUR  2.00\\n"
    "    Less what is on the books and not at the bank  EUR  -2.00\\n"
    "    Plus what is at the bank and not on the books  EUR  0.00\\n"
    "    Balance by the bank   EUR   1 202.40\\n    Left unexplained   EUR   -0.10\\n";
const std::string signed_row =
    R"({"kind":"bank_signoff","number":1,"bank_account":1,"as_of":"2026-01-31","books_minor":120450,)"
    R"("uncleared_count":1,"uncleared_minor":200,"unbooked_count":0,"unbooked_minor":0,)"
    R"("beginning_minor":0,"bank_minor":120240,"difference_minor":-10,"explanation":"a coin",)"
    R"("last_entry":1,"last_event":3,"statement":")" +
    signed_text + R"(","statement_hash":"a1","live":true,"recorded_at":"2026-02-01T09:00:00.000000Z",)" +
    R"("recorded_by":"ann"})";

/// The code with which the row is refused after an event told of the signature with this hash.
std::string refusal_of_signed(const std::string& row, const std::string& told_hash = "a1") {
  OutboxChecks checks;
  const auto take = [&](const std::string& json) {
    const NativeLine read = native_line_from(json, {});
    checks.take(std::get<NativeRow>(read), {{"EUR", 2}});
  };
  return test::refusal_code([&] {
    checks.note({1,
                 instant_from_text("2026-02-01T09:00:00Z"),
                 "reconciliation_signed",
                 {},
                 {},
                 R"({"signoff":1,"hash":")" + told_hash + R"("})"});
    take(R"({"kind":"bank_account","number":1,"keeper":"bank","account":"assets:bank","unit":"EUR",)"
         R"("title":"B","recorded_at":"2026-02-01T09:00:00.000000Z"})");
    take(row);
  });
}

TEST(NativeReconcilingChecks, RefuseFiguresThatAreNotThoseOfTheSignedText) {
  EXPECT_EQ(refusal_of_signed(signed_row), "accepted");
  EXPECT_EQ(refusal_of_signed(signed_row, "a2"), "import_contradicts");
  const std::vector<std::pair<std::string, std::string>> table{
      {R"("as_of":"2026-01-31")", R"("as_of":"2026-01-30")"},
      {R"("books_minor":120450)", R"("books_minor":120451)"},
      {R"("uncleared_minor":200)", R"("uncleared_minor":-200)"},
      {R"("uncleared_minor":200)", R"("uncleared_minor":-9223372036854775808)"},
      {R"("unbooked_minor":0)", R"("unbooked_minor":1)"},
      {R"("bank_minor":120240)", R"("bank_minor":12024)"},
      {R"("difference_minor":-10)", R"("difference_minor":10)"},
      {"assets:bank (B)", "assets:banks (B)"},
      {"Balance by the books ", "Balance by the cooks "},
      {"    Balance by the bank ", "Balance by the bank "},
      {"EUR   -0.10", "USD   -0.10"},
  };
  for (const auto& [from, to] : table) {
    std::string row = signed_row;
    ASSERT_NE(row.find(from), std::string::npos) << from;
    EXPECT_EQ(refusal_of_signed(row.replace(row.find(from), from.size(), to)), "import_contradicts") << to;
  }
}

/// The code with which a file is refused of which the outbox told this event and that has these rows.
std::string refusal_after(const std::string& kind, const std::string& body,
                          const std::vector<std::string>& rows) {
  OutboxChecks checks;
  return test::refusal_code([&] {
    checks.note({1, instant_from_text("2026-02-01T09:00:00Z"), kind, {}, {}, body});
    for (const std::string& json : rows) {
      const NativeLine read = native_line_from(json, {});
      checks.take(std::get<NativeRow>(read), {{"EUR", 2}});
    }
    checks.finish();
  });
}

TEST(NativeReconcilingChecks, RefuseWhatTheOutboxToldOtherwise) {
  const std::string count =
      R"({"kind":"bank_count","number":1,"bank_account":1,"counted_on":"2026-01-31","total_minor":700,)"
      R"("live":true,"recorded_at":"2026-02-01T09:00:00.000000Z","recorded_by":"ann"})";
  const std::string replay =
      R"({"kind":"bank_rule_replay","rule":1,"number":2,"version":3,"last_line":9,"looked_at":9,"agreed":4,)"
      R"("differed":5,"still_open":6,"taken_before":0,"recorded_at":"2026-02-01T09:00:00.000000Z"})";
  const std::string figures = R"({"rule":1,"replay":2,"version":3,"agreed":4,"differed":5,"open":)";
  const std::string ended = R"({"kind":"bank_signoff_end","signoff":1,"reason":"r",)"
                            R"("recorded_at":"2026-02-01T09:00:00.000000Z"})";
  const auto day = [](const char* on) {
    return R"({"count":1,"counted_on":"2026-01-)" + std::string{on} + "\"}";
  };
  EXPECT_EQ(refusal_after("cash_counted", day("31"), {count}), "accepted");
  EXPECT_EQ(refusal_after("cash_counted", day("30"), {count}), "import_contradicts");
  EXPECT_EQ(refusal_after("bank_rule_replayed", figures + "6}", {replay}), "accepted");
  EXPECT_EQ(refusal_after("bank_rule_replayed", figures + "7}", {replay}), "import_contradicts");
  EXPECT_EQ(refusal_after("bank_rule_replayed", figures + "6}", {}), "import_contradicts");
  EXPECT_EQ(refusal_after("reconciliation_withdrawn", R"({"signoff":1})", {ended}), "accepted");
  for (const char* kind :
       {"reconciliation_signed", "reconciliation_countersigned", "reconciliation_withdrawn"})
    EXPECT_EQ(refusal_after(kind, R"({"signoff":1})", {}), "import_contradicts") << kind;
  EXPECT_EQ(refusal_after("cash_counted", "[", {count}), "accepted") << "that event tells nothing";
}

}  // namespace
}  // namespace coop::journals
