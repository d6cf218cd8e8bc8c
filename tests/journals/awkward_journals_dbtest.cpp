// Journals of tests/journals/awkward, each with something that plain-text books really have: imported, every
// balance is what hledger says, on the last day and on others; exported again, three programs agree.
#include <gtest/gtest.h>

#include "ledger/books/node_service.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/journals/import_names.hpp"
#include "ledger/journals/import_service.hpp"
#include "ledger/journals/program.hpp"
#include "ledger/values/decimal.hpp"
#include "tests/support/judged_exports.hpp"
#include "tests/support/judges.hpp"
#include "tests/support/test_database.hpp"

namespace coop::journals {
namespace {

const books::Author awkward_author{std::nullopt, instant_from_text("2026-03-01T12:00:00Z")};

/// A journal and what an importer must say of it.
struct Awkward {
  std::string file;
  std::vector<std::string> commodities = {};
  std::vector<std::string> types = {};
  bool rounds = false;
  std::vector<std::string> more = {};
};

void PrintTo(const Awkward& awkward, std::ostream* out) { *out << awkward.file; }

std::filesystem::path path_of(const std::string& file) {
  return std::filesystem::path{COOP_SOURCE_DIR} / "tests/journals/awkward" / file;
}

ImportOptions options_of(const Awkward& awkward) {
  ImportOptions options;
  for (const std::string& pair : awkward.commodities) add_commodity(options, pair);
  for (const std::string& pair : awkward.types) add_account_type(options, pair);
  for (const std::string& file : awkward.more) options.more_files.push_back(path_of(file));
  options.virtual_postings = VirtualPostings::book;
  options.may_make_units = true;
  if (awkward.rounds) options.rounding_account = "equity:rounding";
  return options;
}

class AwkwardJournals : public test::DatabaseTest, public testing::WithParamInterface<Awkward> {
 protected:
  void SetUp() override {
    if (!find_program("hledger")) GTEST_SKIP() << "hledger is not installed";
    db().in_tx([&](Tx& tx) {
      books::insert_iso4217(tx);
      books::make_node(tx, books::NodeDraft{"bcn", "Barcelona", "EUR", "ES", "Europe/Madrid", {1, 1}},
                       awkward_author);
    });
  }

  // Every balance at the end of `day`, without the accounts that only the import uses.
  test::Balances ours_on(const Day& day) {
    test::Balances balances;
    std::istringstream lines{superuser_value(
        "SELECT string_agg(concat_ws(chr(9), path, code, minor), chr(10)) FROM (SELECT a.path, u.code, "
        "sum(p.amount_minor) AS minor FROM posting p JOIN account a ON a.node_id = p.node_id AND a.id = "
        "p.account_id JOIN unit u ON u.id = a.unit_id WHERE p.booked_on <= '" +
        day.text() +
        "' AND a.path NOT IN ('equity:conversion', 'equity:clearing', 'equity:virtual', 'equity:rounding') "
        "GROUP BY 1, 2 HAVING sum(p.amount_minor) <> 0) b")};
    for (std::string line; std::getline(lines, line);) {
      const auto unit = line.find('\t');
      const auto minor = line.find('\t', unit + 1);
      balances[{line.substr(0, unit), line.substr(unit + 1, minor - unit - 1)}] = line.substr(minor + 1);
    }
    return balances;
  }

  // What hledger says, by our names, in our minor units, rounded where the import rounds.
  static test::Balances theirs_on(const Day& day, const std::vector<std::filesystem::path>& files,
                                  const ImportReport& report) {
    std::map<std::pair<std::string, std::string>, Digits> sums;
    for (const auto& [key, text] : test::exact_hledger_balances(files, day)) {
      const auto unit = std::find_if(report.units.begin(), report.units.end(),
                                     [&](const ImportUnit& one) { return one.commodity == key.second; });
      if (unit == report.units.end()) {
        ADD_FAILURE() << "no unit for " << key.second;
        continue;
      }
      const auto mark = text.find('.');
      const int places = mark == std::string::npos ? 0 : static_cast<int>(text.size() - mark - 1);
      std::string digits = text;
      std::erase(digits, '.');
      const Decimal exact{*digits_from(digits), places};
      sums[{path_of_imported(key.first), unit->code}] +=
          rounded_minor(shifted(exact, unit->shift), unit->scale);
    }
    test::Balances balances;
    for (const auto& [key, sum] : sums) {
      if (sum != 0) balances[key] = sum.str();
    }
    return balances;
  }

  std::vector<Day> days() {
    std::vector<Day> days;
    std::istringstream lines{superuser_value(
        "SELECT string_agg(booked_on::text, chr(10)) FROM (SELECT booked_on FROM entry GROUP BY 1 ORDER BY "
        "md5(booked_on::text) LIMIT 5) b")};
    for (std::string line; std::getline(lines, line);) days.push_back(Day::parse(line));
    days.push_back(Day::parse("9990-12-31"));
    return days;
  }
};

TEST_P(AwkwardJournals, HaveTheBalancesThatHledgerFinds) {
  const ImportOptions options = options_of(GetParam());
  const auto file = path_of(GetParam().file);
  const auto preview = preview_import(db(), "bcn", file, options);
  for (const ImportDoubt& doubt : preview.obstacles) ADD_FAILURE() << doubt.place << ": " << doubt.text;
  ASSERT_FALSE(HasFailure());
  const ImportReport report = import_journal(db(), "bcn", file, options, awkward_author);
  ASSERT_TRUE(report.complete);
  EXPECT_EQ(report.recorded + report.skipped, report.entries + report.split_off);
  std::vector<std::filesystem::path> files{file};
  files.insert(files.end(), options.more_files.begin(), options.more_files.end());
  for (const Day& day : days()) {
    EXPECT_EQ(test::differences(ours_on(day), theirs_on(day, files, report)), "") << day.text();
  }
  EXPECT_EQ(
      superuser_value("SELECT count(*) FROM posting p JOIN account a ON a.node_id = p.node_id AND a.id = "
                      "p.account_id WHERE path = 'equity:clearing' GROUP BY a.id "
                      "HAVING sum(amount_minor) <> 0"),
      "")
      << "the clearing account is left as it was found";
  EXPECT_EQ(import_journal(db(), "bcn", file, options, awkward_author).recorded, 0);
  EXPECT_EQ(test::complaints_of_judges(db(), "bcn"), "");
}

const std::vector<std::string> foreign_types{
    "budget=equity", "stats=equity", "work=expense",     "fos=expense", "home=expense", "personal=asset",
    "x=expense",     "1234=asset",   "\"assets\"=asset", "=asset",      "income=income"};

std::string name_of(const testing::TestParamInfo<Awkward>& awkward) {
  std::string name = awkward.param.file + "_" + std::to_string(awkward.index);
  std::replace_if(name.begin(), name.end(), [](char c) { return c == '.' || c == '/'; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(
    All, AwkwardJournals,
    testing::Values(
        Awkward{"several_units.journal", {"$=USD", "H 2=H2"}},
        Awkward{"numbers.journal", {"=POINT", "Apple, Inc.=AAPL", "ab c=ABC"}}, Awkward{"costs.journal"},
        Awkward{"cost_decimals.journal", {}, {}, true}, Awkward{"display_decimals.journal", {}, {}, true},
        Awkward{"precision.journal", {}, {}, true},
        Awkward{"precision.journal", {"BTC=NANOBTC*100000000"}, {}, true}, Awkward{"huge.journal"},
        Awkward{"assignments.journal"}, Awkward{"assertions.journal"},
        Awkward{"virtual.journal", {"=VISIT"}, foreign_types}, Awkward{"envelopes.journal"},
        Awkward{"rules.journal"}, Awkward{"alias.journal", {}, foreign_types},
        Awkward{"names.journal", {}, foreign_types}, Awkward{"long_names.journal"}, Awkward{"dates.journal"},
        Awkward{"posting_days.journal"}, Awkward{"comments.journal"}, Awkward{"empty.journal"},
        Awkward{"types.journal"}, Awkward{"ledger_style.journal", {"$=USD", "VTSAX 1=VTSAX"}},
        Awkward{"include.journal", {"$=USD"}},
        Awkward{"parts/first.journal", {"$=USD"}, {}, false, {"parts/second.journal"}},
        Awkward{"windows.journal"}, Awkward{"unfinished.journal"}, Awkward{"case.journal", {"eco=ECO-SMALL"}},
        Awkward{"hours.timedot", {"=HOUR"}, foreign_types},
        Awkward{"clock.timeclock", {"h=HOUR"}, foreign_types}, Awkward{"bank.csv"}),
    name_of);

}  // namespace
}  // namespace coop::journals
