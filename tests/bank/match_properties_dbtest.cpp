// Whatever is accepted and undone, in whatever order: both accounts stay explained to the cent, no posting is
// cleared twice, and what dues say is what is booked.
#include <rapidcheck.h>

#include "ledger/bank/match_store.hpp"
#include "tests/support/test_matching.hpp"

namespace coop::bank {
namespace {

class RandomMatching : public test::MatchingTest {
 protected:
  RandomMatching() {
    for (const char* number : {"M0001", "M0002", "M0003"}) member(number, "2026-01-01");
    run("2026-01");
    for (const char* number : {"M0001", "M0002"}) sign(number);
    at_the_bank("2026-02-02");
    record("2026-02-03", {{"assets:bank:main", "20.00"}, {"income:other", "-20.00"}});
    import_ = statement({{.day = "2026-02-02", .amount = "40.00", .message = "bcn-C1"},
                         {.day = "2026-02-04", .amount = "20.00", .reference = reference_of("M0003")},
                         {.day = "2026-02-05", .amount = "20.00", .text = "who?"},
                         {.day = "2026-02-06",
                          .amount = "-23.00",
                          .end_to_end = "bcn-C1-2",
                          .return_code = "AM04",
                          .charges = "3.00"},
                         {.day = "2026-02-07", .amount = "-12.00"},
                         {.day = "2026-02-08", .amount = "-4.50"}});
    other_statement({{.day = "2026-02-08", .amount = "12.00"}, {.day = "2026-02-09", .amount = "1.00"}});
  }

  // Refusals are answers, too: what is refused changes nothing.
  template <class Work>
  void attempt(Work&& work) {
    test::refusal_of(work);
  }

  void accept_something(const BankLine& line) {
    const auto all = proposals(line, "expenses:bank");
    if (all.empty() || *rc::gen::inRange(0, 4) == 0) {
      attempt([&] { accept(line, {entry("income:other", text_from_minor(line.amount_minor, 2))}); });
      return;
    }
    const Proposal& one = all.at(*rc::gen::inRange<std::size_t>(0, all.size()));
    attempt([&] { accept(line, one.parts, one.method); });
  }

  void undo_something() {
    const auto matches = db().in_tx([&](Tx& tx) { return list_matches(tx, node(), {.live = true}); });
    if (matches.empty()) return;
    const Match& one = matches.at(*rc::gen::inRange<std::size_t>(0, matches.size()));
    attempt([&] { undo(one); });
  }

  void set_aside(const BankLine& line) {
    attempt([&] {
      db().in_tx([&](Tx& tx) {
        if (line.state == LineState::ignored) return reopen_line(tx, node(), line.number, "again", author());
        return ignore_line(tx, node(), line.number, "not now", author());
      });
    });
  }

  void step() {
    const auto all = lines();
    const BankLine& line = all.at(*rc::gen::inRange<std::size_t>(0, all.size()));
    switch (*rc::gen::inRange(0, 6)) {
      case 0:
      case 1:
      case 2:
        return accept_something(line);
      case 3:
        return undo_something();
      case 4:
        return set_aside(line);
      default:
        run_unattended(*import_, "expenses:bank");
    }
  }

  std::string faults() {
    std::string all;
    for (const char* path : {"assets:bank:main", "assets:bank"})
      for (const char* day : {"2026-02-05", "2026-02-28"}) {
        const auto found = reconciled(path, day);
        if (found.difference_minor != 0)
          all += std::string{path} + " on " + day + ": " + std::to_string(found.difference_minor) + "; ";
      }
    return all;
  }

  std::optional<BankImport> import_;
};

TEST_F(RandomMatching, KeepsTheAccountsExplained) {
  // One set of books goes on through all the runs: what comes later starts from whatever came before.
  int runs = 0;
  EXPECT_TRUE(rc::check("random matching", [&] {
    if (++runs > 12) return;
    const int steps = *rc::gen::inRange(1, 8);
    for (int i = 0; i < steps; ++i) {
      step();
      RC_ASSERT(faults() == "");
    }
  }));
  const UndoReport report = undo(*import_);
  EXPECT_EQ(report.removed + static_cast<std::int64_t>(report.kept.size()), 6) << "no line is lost";
  for (const KeptLine& kept : report.kept) EXPECT_EQ(kept.code, "match_impossible") << kept.words;
}

}  // namespace
}  // namespace coop::bank
