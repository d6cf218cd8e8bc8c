// Deferred claims as they stood on a day, and as was known at an instant.
#include "reports/pay_tables.hpp"
#include "tests/support/seen_then.hpp"
#include "tests/support/test_pay.hpp"

namespace coop::pay {
namespace {

class ClaimsKnownThen : public test::SeenThen<test::PayTest> {
 protected:
  std::string reports_of(std::optional<Instant> known_at) override {
    return db().in_snapshot([&](Tx& tx) {
      std::string all;
      const auto day = Day::parse("2026-06-30");
      for (const std::optional<Day> as_of : {std::optional<Day>{}, std::optional{day}}) {
        const auto found = read_claims(tx, node(), {.as_of = as_of, .known_at = known_at});
        all += reports::json_text(reports::table_of_claims({}, found, as_of.value_or(day), {}, {})) + "\n";
        all += reports::json_text(reports::table_of_claim_quarters(
                   {}, {as_of, {}}, read_claim_quarters(tx, node(), as_of, known_at))) +
               "\n";
      }
      return all;
    });
  }
  /// What is open by the quarters, by the register, and by the books; positive: owed.
  std::string open_on(const std::string& day) {
    const auto as_of = Day::parse(day);
    std::int64_t register_minor = 0, quarter_minor = 0;
    db().in_snapshot([&](Tx& tx) {
      for (const DeferredClaim& claim : read_claims(tx, node(), {.as_of = as_of}))
        register_minor += open_minor_of(claim);
      const auto quarters = read_claim_quarters(tx, node(), as_of);
      if (!quarters.empty()) quarter_minor = quarters.back().open_minor;
    });
    const std::string books = superuser_value(
        "SELECT -coalesce(sum(p.amount_minor), 0) FROM posting p"
        " JOIN account a ON a.node_id = p.node_id AND a.id = p.account_id"
        " WHERE a.path = 'liabilities:deferred-wages' AND p.booked_on <= '" +
        day + "'");
    EXPECT_EQ(std::to_string(register_minor), books) << day;
    EXPECT_EQ(std::to_string(quarter_minor), books) << day;
    return books;
  }
};

TEST_F(ClaimsKnownThen, EveryReportIsWhatItWasThen) {
  now = instant_from_text("2026-12-31T12:00:00Z");
  look("nothing");
  const auto run = [&](const std::string& month, const std::string& booked,
                       const std::vector<std::pair<std::string, int>>& hours) {
    for (const auto& [member, minutes] : hours) worked(member, "2026-" + month + "-10", minutes);
    WagesDraft draft = wages("0.00");
    draft.from_on = Day::parse("2026-" + month + "-01");
    draft.to_on = draft.from_on.last_of_month();
    draft.booked_on = Day::parse(booked);
    return propose(draft);
  };
  const PayRun march = run("03", "2026-03-31", {{"M1", 1'440}, {"M2", 720}});
  look("proposed", false);
  posted(march);
  look("posted");
  const PayRun june = posted(run("06", "2026-07-10", {{"M1", 480}, {"M3", 960}}));
  look("a second one, booked later than its days");
  SettlementDraft draft = settlement("300.00", "oldest_first");
  draft.booked_on = Day::parse("2026-05-15");
  const PayRun settled = propose(draft);
  look("a settlement is proposed", false);
  posted(settled);
  look("and posted");
  const PayRun lapse = posted(propose(LapseDraft{.booked_on = Day::parse("2026-09-30"),
                                                 .unit = draft.unit,
                                                 .deferred_as = DeferredAs::debt,
                                                 .wages = "expenses:wages",
                                                 .decision = "Assembly"}));
  look("the rest lapses");
  EXPECT_EQ(open_on("2026-02-28"), "0");
  EXPECT_EQ(open_on("2026-03-31"), "90000");
  EXPECT_EQ(open_on("2026-05-15"), "60000");
  EXPECT_EQ(open_on("2026-07-10"), "120000");
  EXPECT_EQ(open_on("2026-09-30"), "0");
  undo_run(lapse.number);
  look("which is undone");
  EXPECT_EQ(open_on("2026-10-31"), "120000");
  undo_run(june.number);
  look("and so is the second one");
  EXPECT_EQ(open_on("2026-12-31"), "60000");
  expect_all_as_seen();
}

}  // namespace
}  // namespace coop::pay
