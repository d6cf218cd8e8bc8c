// What is on its way to the bank is not undone; what came back was not paid.
#include "ledger/books/reversal_service.hpp"
#include "ledger/capital/share_class_service.hpp"
#include "ledger/capital/share_service.hpp"
#include "ledger/capital/share_store.hpp"
#include "ledger/capital/share_undo_service.hpp"
#include "ledger/capital/surplus_rule_service.hpp"
#include "ledger/capital/surplus_service.hpp"
#include "ledger/capital/surplus_store.hpp"
#include "ledger/values/money.hpp"
#include "tests/support/test_capital.hpp"
#include "tests/support/test_disbursements.hpp"

namespace coop::capital {
namespace {

using disbursements::Disbursement;

class PaidCapital : public test::DisbursementTest {
 protected:
  PaidCapital() {
    for (const char* path : {"assets:till", "assets:shares-due", "equity:members", "equity:reserve",
                             "equity:result", "liabilities:shares", "income:sales"})
      open(path);
    add_person("Ana Ruiz", "M0009");
    record("2025-06-30", {{"assets:till", "500.00"}, {"income:sales", "-500.00"}});
    db().in_tx([&](Tx& tx) {
      adopt_share_class(tx, node(), test::share_class(), author());
      SurplusRule rule = test::surplus_rule();
      rule.title = "All in cash";
      rule.reserve_weight = 0;
      rule.loss_members_weight = 0;
      rule.patronage = Patronage::equal;
      rule.cash_millionths = 1'000'000;
      return adopt_surplus_rule(tx, node(), rule, author());
    });
  }
  UnitId euro() const { return money("0").unit(); }
  Movement moved(MovementKind kind) {
    return db()
        .in_tx([&](Tx& tx) {
          return move_shares(tx, node(),
                             {.kind = kind,
                              .class_code = "member",
                              .member = "M0009",
                              .minor = 2'200,
                              .unit = euro(),
                              .on = Day::parse("2026-01-05"),
                              .reason = "Board",
                              .paid_into = "assets:till"},
                             author());
        })
        .front();
  }
  MovementNumber withdrawn() {
    for (const MovementKind kind : {MovementKind::subscribe, MovementKind::pay_in, MovementKind::ask})
      moved(kind);
    return db()
        .in_tx([&](Tx& tx) {
          return withdraw_in_order(tx, node(),
                                   {.class_code = "member",
                                    .on = Day::parse("2026-01-06"),
                                    .surplus_minor = 10'000,
                                    .unit = euro(),
                                    .reason = "Board"},
                                   author());
        })
        .paid.front()
        .number;
  }
  SurplusRunNumber divided() {
    const SurplusRunNumber run = db().in_tx([&](Tx& tx) {
      return propose_surplus_run(tx, node(),
                                 {.unit = euro(),
                                  .scale = 2,
                                  .source = SurplusSource::result,
                                  .from_on = Day::parse("2025-01-01"),
                                  .to_on = Day::parse("2025-12-31"),
                                  .booked_on = Day::parse("2026-01-05"),
                                  .amount_minor = 2'200,
                                  .decision = "Assembly",
                                  .members = {{"M0009", {}}}},
                                 as("tom"))
          .number;
    });
    for (const char* name : {"ann", "ben"})
      db().in_tx([&](Tx& tx) { return approve_surplus_run(tx, node(), run, as(name)); });
    return run;
  }
  std::string undone(MovementNumber movement) {
    return test::refusal_of(
        [&] { db().in_tx([&](Tx& tx) { return undo_movement(tx, node(), movement, "x", author()); }); });
  }
  std::string undone(SurplusRunNumber run) {
    return test::refusal_of(
        [&] { db().in_tx([&](Tx& tx) { return undo_surplus_run(tx, node(), run, "x", as("tom")); }); });
  }
  static disbursements::OrderDraft order() {
    disbursements::OrderDraft draft = bill("22.00", "shares");
    draft.account = "liabilities:shares";
    draft.member = "M0009";
    draft.purpose = disbursements::OrderPurpose::payout;
    return draft;
  }
  void hear(const Disbursement& of, bank::Made made, const std::string& amount, const std::string& day) {
    bank::ProposedPart part{.amount_minor = minor_from_text(amount, 2), .made = made};
    part.disbursement = of.number.number();
    part.order = 1;
    if (made == bank::Made::order_return) part.return_code = "AC04";
    statement({{.day = day, .amount = amount, .bank_id = "L" + day}});
    accept(line(amount), {part});
  }
};

TEST_F(PaidCapital, IsNotUndoneWhileAnOrderPaysIt) {
  const MovementNumber movement = withdrawn();
  const Disbursement proposed = propose({order()});
  EXPECT_EQ(undone(movement), "share_movement_impossible") << "it waits for approval";
  cancel(proposed);
  const Disbursement sent = at_bank({order()});
  EXPECT_EQ(undone(movement), "share_movement_impossible") << "the bank has it";
  // The same past the service.
  EXPECT_THROW(db().in_tx([&](Tx& tx) {
    const Movement of = list_movements(tx, node(), {}, MovementNumber{movement.number() + 1}, 1).front();
    const books::Recorded reversal = books::reverse(tx, node(),
                                                    {.request_key = books::fingerprint_of("unasked"),
                                                     .reverses = *of.entry,
                                                     .booked_on = {},
                                                     .description = {},
                                                     .by_keeper = true},
                                                    author());
    return insert_movement(tx, node(),
                           {MovementKind::undo, read_share_classes(tx, node()).front(),
                            members::read_party(tx, node(), of.member).id, of.minor, 0, of.moved_on, movement,
                            reversal.number, "x"},
                           author());
  }),
               RefusedBySchema);
  hear(sent, bank::Made::order, "-22.00", "2026-02-02");
  EXPECT_EQ(undone(movement), "share_movement_impossible") << "it was paid";
  hear(sent, bank::Made::order_return, "22.00", "2026-02-03");
  EXPECT_EQ(undone(movement), "") << "it came back";
}

TEST_F(PaidCapital, OfASurplusIsUndoneOnlyWhereNothingOfItIsPaidOrMayBe) {
  const SurplusRunNumber run = divided();
  cancel(propose({order()}));
  const Disbursement sent = at_bank({order()});
  EXPECT_EQ(undone(run), "surplus_run_not_open");
  EXPECT_THROW(db().in_tx([&](Tx& tx) {
    const SurplusRun of = read_surplus_run(tx, node(), run);
    SurplusStep step{0, SurplusStepKind::undone, {}, "x", now, {}, {}};
    step.entry = books::reverse(tx, node(),
                                {.request_key = books::fingerprint_of("unasked"),
                                 .reverses = *step_of(of, SurplusStepKind::booked)->entry,
                                 .booked_on = {},
                                 .description = {},
                                 .by_keeper = true},
                                author())
                     .number;
    insert_surplus_step(tx, node(), run, step, author());
    return 0;
  }),
               RefusedBySchema);
  hear(sent, bank::Made::order, "-22.00", "2026-02-02");
  EXPECT_EQ(undone(run), "surplus_run_not_open");
  hear(sent, bank::Made::order_return, "22.00", "2026-02-03");
  EXPECT_EQ(undone(run), "") << "it came back";
}

}  // namespace
}  // namespace coop::capital
