// A file of many lines: whoever follows the work sees how far it is, and may stop it at any time; then
// nothing of the step is recorded, and the same again does it all.
#include <utility>

#include "tests/support/test_matching.hpp"

namespace coop::bank {
namespace {

constexpr int many = 4'500;

class LongFiles : public test::MatchingTest {
 protected:
  LongFiles() {
    std::vector<test::StatementLine> lines;
    for (int i = 0; i < many; ++i)
      lines.push_back({.day = "2026-02-03", .amount = "1.00", .bank_id = "B" + std::to_string(i)});
    const std::string file =
        test::camt053({{"1", "0.00", std::to_string(many) + ".00", std::move(lines), main().identifier}});
    number_.emplace(db().in_tx(
        [&](Tx& tx) { return receive_file(tx, node(), {"long.xml", file, {}}, author()).import.number; }));
  }
  // Follows the work, and stops it when it is told so much of a stage.
  FileWatch watch(const std::string& stop_at = "never") {
    told_.clear();
    return [this, stop_at](std::string_view stage, std::int64_t done, std::int64_t total) {
      const std::string heard = std::string{stage} + " " + std::to_string(done) + "/" + std::to_string(total);
      told_ += heard + "; ";
      return heard != stop_at;
    };
  }
  std::string read(const FileWatch& watch) {
    return std::string{text_of(read_file(db(), node(), *number_, author(), watch).state)};
  }
  std::optional<std::int64_t> take_in(const FileWatch& watch) {
    return take_in_watched(db(), node(), *number_, false, author(), watch);
  }
  std::string state() {
    return db().in_tx([&](Tx& tx) { return std::string{text_of(read_import(tx, node(), *number_).state)}; });
  }

  std::optional<BankImportNumber> number_;
  std::string told_;
};

TEST_F(LongFiles, TellHowFarTheyAre) {
  EXPECT_EQ(read(watch()), "read");
  EXPECT_EQ(told_, "reading 0/0; keeping 0/4500; keeping 2000/4500; keeping 4000/4500; keeping 4500/4500; ");
  EXPECT_EQ(take_in(watch()), many);
  EXPECT_EQ(told_, "taking in 0/4500; taking in 2000/4500; taking in 4000/4500; taking in 4500/4500; ");
  std::string told;
  const MatchRun run = match_unattended(
      db(), node(), *number_, {}, [&] { return author(); },
      [&](const MatchRun& at) {
        told += std::to_string(at.looked_at) + "/" + std::to_string(at.total) + " ";
        return true;
      });
  EXPECT_EQ(told, "0/4500 0/4500 1000/4500 2000/4500 3000/4500 4000/4500 ");
  EXPECT_EQ(run.left, many);
}

TEST_F(LongFiles, LeaveNothingOfAReadingThatIsStopped) {
  for (const char* stop : {"reading 0/0", "keeping 0/4500", "keeping 4000/4500", "keeping 4500/4500"}) {
    EXPECT_EQ(read(watch(stop)), "received") << stop;
    for (const char* table : {"bank_line", "bank_detail", "bank_statement", "bank_note", "bank_import_step"})
      EXPECT_EQ(count(table), 0) << stop << " " << table;
  }
  EXPECT_EQ(read(watch()), "read");
  EXPECT_EQ(count("bank_line"), many);
  EXPECT_EQ(read(watch()), "read") << "again it does nothing";
  EXPECT_EQ(told_, "");
}

TEST_F(LongFiles, LeaveNothingOfATakingInThatIsStopped) {
  read({});
  for (const char* stop : {"taking in 0/4500", "taking in 4000/4500", "taking in 4500/4500"}) {
    EXPECT_EQ(take_in(watch(stop)), std::nullopt);
    EXPECT_EQ(count("bank_live_line"), 0) << stop;
    EXPECT_EQ(state(), "read") << stop;
  }
  EXPECT_EQ(take_in({}), many);
  EXPECT_EQ(test::refusal_of([&] { take_in({}); }), "bank_import_not_open");
}

// The next thousand lines are read while a thousand are matched: what becomes of them meanwhile counts.
TEST_F(LongFiles, AreMatchedAsTheyStandWhenTheirTurnComes) {
  read({});
  take_in({});
  const BankLineNumber first = lines({.limit = 1}).front().number;
  bool is_changed = false;
  const MatchRun run = match_unattended(
      db(), node(), *number_, {}, [&] { return author(); },
      [&](const MatchRun& at) {
        if (at.looked_at == 1'000)
          db().in_tx([&](Tx& tx) {
            ignore_line(tx, node(), BankLineNumber{first.number() + 1'500}, "not ours", author());
          });
        if (at.looked_at == 1'999 && !std::exchange(is_changed, true))
          other_statement({{.day = "2026-03-03", .amount = "2.00"}});
        return true;
      });
  EXPECT_TRUE(is_changed) << "the second thousand had one line less, and a file came before the third";
  EXPECT_EQ(run.looked_at, many - 1);
  EXPECT_EQ(run.left, many - 1);
}

TEST_F(LongFiles, AreAnalysedByTheServiceWhichMayNotDoMore) {
  read({});
  take_in({});
  run_unattended(db().in_tx([&](Tx& tx) { return read_import(tx, node(), *number_); }));
  EXPECT_EQ(superuser_value("SELECT reltuples::bigint FROM pg_class WHERE relname = 'bank_line'"),
            std::to_string(many));
  EXPECT_EQ(superuser_value("SELECT prosecdef AND proconfig @> ARRAY['search_path=public, pg_temp'] FROM "
                            "pg_proc WHERE proname = 'analyse_bank'"),
            "t");
  EXPECT_EQ(superuser_value("SELECT count(*) FROM pg_proc p, aclexplode(p.proacl) a WHERE p.proname = "
                            "'analyse_bank' AND a.grantee = 0"),
            "0")
      << "nobody else may";
}

}  // namespace
}  // namespace coop::bank
