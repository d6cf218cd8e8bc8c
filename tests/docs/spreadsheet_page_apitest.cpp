// What docs/guides/leave-the-spreadsheet.md shows is typed here as a reader would type it.
#include <fstream>

#include "ledger/access/access_service.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/journals/program.hpp"
#include "tests/support/generated_page.hpp"
#include "tests/support/ran_program.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/test_database.hpp"

namespace coop::test {
namespace {

constexpr const char* spreadsheet_page = "docs/guides/leave-the-spreadsheet.md";

constexpr const char* journal = R"(; The books of a small co-operative, kept in a text file until now.
commodity €1000.00

2025-12-31 * Opening balances
    assets:bank:main           €4120.00
    assets:shares                 10 ACME @@ €250.00
    Loans:Ana                    €-1500.00
    equity:opening

2026-01-05 * (inv-1) Dues January | Ana
    ; member: M0042
    assets:bank:main              €20.00 = €4140.00
    income:dues                  €-20.00
    ; member: M0042

2026-01-09 Hosting
    expenses:servers              €48.75  ; invoice 881
    assets:bank:main

2026-01-31 Budget
    (budget:media)               €100.00
    assets:bank:main               €0.00
    expenses:servers               €0.00
)";

/// A shell in an empty folder with the journal and a password, and a node "bcn" to import into.
class SpreadsheetPage : public DatabaseTest {
 protected:
  void SetUp() override {
    if (!journals::find_program("hledger")) GTEST_SKIP() << "hledger is not installed";
    db().in_tx([](Tx& tx) {
      books::insert_iso4217(tx);
      const auto node =
          books::make_node(tx, books::NodeDraft{"bcn", "Barcelona", "EUR", "ES", "Europe/Madrid", {1, 1}},
                           books::Author{std::nullopt, system_clock()()});
      access::create_user(tx, {"ann", "Ann", "her own password", false}, std::nullopt, system_clock()());
      access::grant_role(tx, node.id, "ann", access::Role::bookkeeper, std::nullopt, system_clock()());
    });
    std::ofstream{folder_.path() / "our.journal"} << journal;
    std::ofstream{folder_.path() / "password"} << "her own password\n";
  }

  // A block of commands, each with what it prints.
  std::string typed(const std::vector<std::string>& commands) {
    const std::string program = std::filesystem::path{COOP_BINARY}.parent_path();
    std::string text = "```\n";
    for (const std::string& command : commands) {
      const Ran answer =
          ran({"sh", "-c", "cd " + folder_.path().string() + " && " + command + " 2>&1"},
              {"PATH=" + program + ":" + std::getenv("PATH"), "COOPLEDGER_DATABASE=" + address(),
               "LC_ALL=C.UTF-8", "COOPLEDGER_DATA=" + (folder_.path() / "data").string(),
               "COOPLEDGER_LOG_LEVEL=error"});
      text += "$ " + command + "\n" + answer.out;
      if (!text.ends_with('\n')) text += '\n';
    }
    return text + "```\n";
  }

 private:
  TemporaryFolder folder_;
};

TEST_F(SpreadsheetPage, ShowsWhatTheCommandsPrint) {
  const std::string import = "coopledger import bcn our.journal";
  const std::string loans = " --account-type Loans=liability";
  const std::string said = loans + " --new-units --virtual skip";
  EXPECT_TRUE(region_is(spreadsheet_page, "journal", "```\n" + std::string{journal} + "```\n"));
  const std::string as_ann = " --user ann < password";
  EXPECT_TRUE(region_is(spreadsheet_page, "dry-run", typed({import + " --dry-run" + as_ann})));
  EXPECT_TRUE(region_is(spreadsheet_page, "second-dry-run",
                        typed({import + loans + " --new-units --dry-run" + as_ann})));
  EXPECT_TRUE(
      region_is(spreadsheet_page, "recorded", typed({import + said + as_ann, import + said + as_ann})));
  EXPECT_TRUE(region_is(spreadsheet_page, "exported",
                        typed({"coopledger export bcn --format hledger --output bcn.journal",
                               "hledger -f bcn.journal check -s", "hledger -f bcn.journal bal -N --flat"})));
  EXPECT_TRUE(region_is(spreadsheet_page, "one-entry", typed({"sed -n '/^2026-01-05/,/^$/p' bcn.journal"})));
  EXPECT_TRUE(
      region_is(spreadsheet_page, "backup",
                typed({"coopledger backup backups", "coopledger restore --check backups/bcn.ndjson"})));
}

}  // namespace
}  // namespace coop::test
