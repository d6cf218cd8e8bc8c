// Files whose banks contradict the books or themselves: only the check of each line tells.
#include <gtest/gtest.h>

#include "ledger/books/chain.hpp"
#include "ledger/journals/native_bank_checks.hpp"
#include "ledger/journals/native_line.hpp"
#include "ledger/journals/native_match_checks.hpp"
#include "ledger/values/base64.hpp"
#include "tests/support/refusal_code.hpp"

namespace coop::journals {
namespace {

const std::string key(64, 'a');

std::string line(int number, const std::string& amount, const std::string& key_of,
                 const std::string& more = {}) {
  return R"({"kind":"bank_line","number":)" + std::to_string(number) +
         R"(,"import":1,"statement":1,"position":)" + std::to_string(number) +
         R"(,"bank_account":1,"status":"booked","booked_on":"2026-01-10","amount_minor":)" + amount +
         R"(,"charges_minor":0,"is_reversal":false,"key":")" + key_of + R"(","occurrence":1,"bank_id":"",)" +
         R"("code":"","words":"","place":"","raw":"","batch_message":"","batch_group":"")" + more + "}";
}

const std::vector<std::string> right_bank{
    R"({"kind":"bank_account","number":1,"keeper":"bank","account":"assets:bank","unit":"EUR",)"
    R"("title":"B",@})",
    R"({"kind":"bank_account_trait","bank_account":1,"number":1,"trait":"closed","value":"false",@})",
    R"({"kind":"bank_file_part","import":1,"part":1,"bytes":"YWJj"})",
    R"({"kind":"bank_import","number":1,"file_name":"a.xml","file_hash":")" + hex_of(sha256_of("abc")) +
        R"(","size":3,@})",
    R"({"kind":"bank_import_step","import":1,"number":1,"step":"read",@})",
    R"({"kind":"bank_import_step","import":1,"number":2,"step":"taken_in",@})",
    R"({"kind":"bank_statement","import":1,"position":1,"bank_account":1,"file_kind":"camt053",)"
    R"("purpose":"booked","account":"","currency":"EUR","bank_id":"","sequence":"1","opening_minor":0,)"
    R"("closing_minor":700,"lines":2,"sum_minor":700,"proof":"holds","difference_minor":0})",
    R"({"kind":"bank_note","import":1,"number":1,"code":"c","place":"","words":"x"})",
    line(1, "500", key),
    line(2, "200", std::string(64, 'b')),
    R"({"kind":"bank_detail","line":1,"part":1,"name":"","ultimate_name":"","account":"","bank":"",)"
    R"("structured":"","end_to_end":"","mandate":"","creditor":"","instruction":"","message":"",)"
    R"("payment_group":"","bank_reference":"","unique_reference":"","words":"","return_code":"",)"
    R"("charges_minor":0})",
    R"({"kind":"bank_live_line","line":1})",
    R"({"kind":"bank_live_line","line":2})",
    R"({"kind":"bank_line_step","line":2,"number":1,"step":"ignored","reason":"r",@})",
    R"({"kind":"bank_match","number":1,"line":1,"method":"hand","is_attended":true,)"
    R"("reasons":"[]","live":true,@})",
    R"({"kind":"bank_match_part","match":1,"part":1,"entry":1,"posting_line":1,)"
    R"("amount_minor":300,"made":"found"})",
    R"({"kind":"bank_match_part","match":1,"part":2,"entry":2,"posting_line":2,)"
    R"("amount_minor":200,"made":"found"})"};

/// Reads and checks lines of books in which account 7 takes 3.00 by posting 1 of entry 1 and 4.00 by posting
/// 2 of entry 2; answers the first refusal's code.
class BankLines {
 public:
  explicit BankLines(std::size_t count = right_bank.size()) {
    posted_.begin_entry(Day::parse("2026-02-01"));
    posted_.add(7, 300);
    posted_.add(8, -300);
    posted_.begin_entry(Day::parse("2026-02-01"));
    posted_.add(8, -400);
    posted_.add(7, 400);
    for (std::size_t i = 0; i < count; ++i) EXPECT_EQ(take(right_bank[i]), "accepted") << right_bank[i];
  }
  std::string take(std::string json) {
    for (std::size_t place = json.find('@'); place != std::string::npos; place = json.find('@'))
      json.replace(place, 1, R"("recorded_at":"2026-02-01T09:00:00.000000Z")");
    return test::refusal_code([&] {
      const NativeLine read = native_line_from(json, {});
      const NativeRow& row = std::get<NativeRow>(read);
      if (bank_.take(row, {{{"assets:bank", "EUR"}, 7}, {{"assets:cash", "EUR"}, 8}})) return;
      EXPECT_TRUE(matches_.take(row, {bank_, posted_, members_, dues_, collecting_, disbursements_}));
    });
  }
  std::string finish() {
    return test::refusal_code([&] {
      matches_.finish();
      bank_.finish(matches_.lines());
    });
  }

 private:
  BankChecks bank_;
  MatchChecks matches_;
  PostedAmounts posted_;
  MemberChecks members_;
  DuesChecks dues_;
  CollectingChecks collecting_;
  DisbursementChecks disbursements_;
};

/// What is said of the `place`th line with `to` instead of `from`, or of the file at its end.
std::string changed_bank(std::size_t place, const std::string& from, const std::string& to) {
  std::string line = right_bank[place];
  EXPECT_NE(line.find(from), std::string::npos) << line;
  line.replace(line.find(from), from.size(), to);
  BankLines lines{place};
  std::string code = lines.take(line);
  for (std::size_t i = place + 1; i < right_bank.size() && code == "accepted"; ++i)
    code = lines.take(right_bank[i]);
  return code == "accepted" ? lines.finish() : code;
}

TEST(NativeBankChecks, TakeWhatFits) { EXPECT_EQ(BankLines{}.finish(), "accepted"); }

TEST(NativeBankChecks, RefuseAccountsAndFilesThatContradict) {
  const std::vector<std::tuple<std::size_t, std::string, std::string>> table{
      {0, R"("number":1)", R"("number":2)"},
      {0, R"("keeper":"bank")", R"("keeper":"bench")"},
      {0, "assets:bank", "assets:bench"},
      {0, "assets:bank", "assets:cash"},
      {0, R"("title":"B")", R"("title":"")"},
      {0, R"("title")", R"("identifier":"es 91","title")"},
      {1, R"("bank_account":1)", R"("bank_account":2)"},
      {1, R"("number":1)", R"("number":2)"},
      {1, R"("value":"false")", R"("value":"maybe")"},
      {1, R"("trait":"closed")", R"("trait":"open")"},
      {2, R"("import":1)", R"("import":2)"},
      {2, R"("part":1)", R"("part":2)"},
      {2, "YWJj", "YWJk"},
      {2, "YWJj", ""},
      {2, "YWJj", "YWJ"},
      {2, "YWJj", "YW==YWJj"},
      {3, R"("number":1)", R"("number":2)"},
      {3, R"("size":3)", R"("size":4)"},
      {3, "a.xml", ""},
      {3, R"("size":3)", R"("size":3,"bank_account":2)"},
      {4, R"("number":1)", R"("number":2)"},
      {4, R"("import":1)", R"("import":2)"},
      {4, R"("step":"read")", R"("step":"taken_in")"},
      {4, R"("step":"read")", R"("step":"unreadable","words":"x")"},
      {5, R"("step":"taken_in")", R"("step":"dropped")"},
      {5, R"("step":"taken_in")", R"("step":"dropped","words":"x")"},
      {5, R"("step":"taken_in")", R"("step":"undone","words":"x")"},
      {7, R"("number":1)", R"("number":2)"},
      {7, R"("code":"c")", R"("code":"C")"},
  };
  for (const auto& [place, from, to] : table)
    EXPECT_EQ(changed_bank(place, from, to), "import_contradicts") << to;
}

TEST(NativeBankChecks, RefuseStatementsAndLinesThatContradict) {
  const std::vector<std::tuple<std::size_t, std::string, std::string>> table{
      {6, R"("import":1)", R"("import":2)"},
      {6, R"("position":1)", R"("position":0)"},
      {6, R"("bank_account":1)", R"("bank_account":3)"},
      {6, R"("closing_minor":700)", R"("closing_minor":701)"},
      {6, R"("closing_minor":700,)", ""},
      {6, R"("difference_minor":0)", R"("difference_minor":1)"},
      {6, R"("proof":"holds")", R"("proof":"contradicts")"},
      {6, R"("lines":2)", R"("lines":3)"},
      {6, R"("purpose":"booked")", R"("purpose":"interim")"},
      {6, R"("closing_minor":700,"lines":2,"sum_minor":700)",
       R"("closing_minor":800,"lines":2,"sum_minor":800)"},
      {8, R"("number":1)", R"("number":2)"},
      {8, R"("statement":1)", R"("statement":2)"},
      {8, R"("position":1)", R"("position":2)"},
      {8, R"("bank_account":1,)", ""},
      {8, R"("amount_minor":500)", R"("amount_minor":501)"},
      {8, R"("status":"booked")", R"("status":"pending")"},
      {8, key, key.substr(1)},
      {8, key, std::string(64, 'b')},
      {8, R"("occurrence":1)", R"("occurrence":0)"},
      {10, R"("line":1)", R"("line":3)"},
      {10, R"("part":1)", R"("part":2)"},
      {10, R"("return_code":"")", R"("return_code":"ac0")"},
      {11, R"("line":1)", R"("line":3)"},
      {11, R"("line":1)", R"("line":2)"},
      {13, R"("number":1)", R"("number":2)"},
      {13, R"("step":"ignored")", R"("step":"reopened")"},
      {13, R"("line":2)", R"("line":1)"},
      {13, R"("reason":"r")", R"("reason":"")"},
  };
  for (const auto& [place, from, to] : table)
    EXPECT_EQ(changed_bank(place, from, to), "import_contradicts") << to;
  BankLines without{12};
  EXPECT_EQ(without.finish(), "import_contradicts") << "line 2 should count";
  BankLines undone{6};
  EXPECT_EQ(undone.take(R"({"kind":"bank_import_step","import":1,"number":3,"step":"undone","words":"x",@})"),
            "accepted");
  for (std::size_t i = 6; i < 11; ++i) EXPECT_EQ(undone.take(right_bank[i]), "accepted");
  EXPECT_EQ(undone.finish(), "accepted");
  EXPECT_EQ(undone.take(right_bank[11]), "accepted");
  EXPECT_EQ(undone.finish(), "import_contradicts") << "no file holds it any more";
}

TEST(NativeBankChecks, RefuseMatchesThatContradict) {
  const std::vector<std::tuple<std::size_t, std::string, std::string>> table{
      {14, R"("number":1)", R"("number":2)"},
      {14, R"("line":1)", R"("line":2)"},
      {14, R"("method":"hand")", R"("method":"guess")"},
      {14, R"("is_attended":true)", R"("is_attended":false)"},
      {14, R"("reasons":"[]")", R"("reasons":"{}")"},
      {14, R"("reasons":"[]")", R"("reasons":"[1]")"},
      {14, R"("live":true)", R"("live":false)"},
      {15, R"("match":1)", R"("match":2)"},
      {15, R"("part":1)", R"("part":2)"},
      {15, R"("entry":1)", R"("entry":3)"},
      {15, R"("posting_line":1)", R"("posting_line":2)"},
      {15, R"("posting_line":1)", R"("posting_line":3)"},
      {15, R"("amount_minor":300)", R"("amount_minor":299)"},
      {15, R"("amount_minor":300)", R"("amount_minor":301)"},
      {15, R"("amount_minor":300)", R"("amount_minor":-300)"},
      {15, R"("made":"found")", R"("made":"payment")"},
      {15, R"("made":"found")", R"("made":"payment","payment":1)"},
      {15, R"("made":"found")", R"("made":"found","collection":1)"},
      {15, R"("made":"found")", R"("made":"settlement","collection":1)"},
      {16, R"("entry":2,"posting_line":2)", R"("entry":1,"posting_line":1)"},
  };
  for (const auto& [place, from, to] : table)
    EXPECT_EQ(changed_bank(place, from, to), "import_contradicts") << to;
  for (const char* one : {R"({"kind":"bank_match","number":2,"line":1,"method":"hand","is_attended":true,)"
                          R"("reasons":"[]","live":true,@})",
                          R"({"kind":"bank_match_end","match":1,"reason":"r",@})",
                          R"({"kind":"bank_match_end","match":2,"reason":"r",@})",
                          R"({"kind":"bank_payer","account_hash":"x","member":"M1","match":1,@})",
                          R"({"kind":"bank_payer","account_hash":"x","member":"M1","match":2,@})"})
    EXPECT_EQ(BankLines{}.take(one), "import_contradicts") << one;
}

TEST(NativeBankChecks, RefuseFilesThatAreNotWholeOrTooLarge) {
  const std::string full = base64_of(std::string(1'572'864, 'x'));
  const auto part = [](int number, const std::string& bytes) {
    return R"({"kind":"bank_file_part","import":1,"part":)" + std::to_string(number) + R"(,"bytes":")" +
           bytes + R"("})";
  };
  BankLines lines{2};
  EXPECT_EQ(lines.take(part(1, base64_of(std::string(1'572'865, 'x')))), "import_contradicts");
  BankLines many{2};
  int taken = 0;
  while (taken < 100 && many.take(part(taken + 1, full)) == "accepted") ++taken;
  EXPECT_EQ(taken, 42) << "64 MiB";
  BankLines short_part{2};
  EXPECT_EQ(short_part.take(part(1, "YWJj")), "accepted");
  EXPECT_EQ(short_part.take(part(2, "YWJj")), "import_contradicts");
  EXPECT_EQ(short_part.finish(), "import_contradicts") << "parts of no file";
}

}  // namespace
}  // namespace coop::journals
