#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ledger/books/reversal_service.hpp"
#include "ledger/capital/share_class_service.hpp"
#include "ledger/capital/share_service.hpp"
#include "ledger/capital/share_store.hpp"
#include "ledger/capital/share_undo_service.hpp"
#include "ledger/capital/surplus_rule_service.hpp"
#include "ledger/capital/surplus_service.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/proof/verify_service.hpp"
#include "ledger/values/money.hpp"
#include "reports/capital_reports.hpp"
#include "tests/support/named_damage.hpp"
#include "tests/support/test_capital.hpp"
#include "tests/support/test_members.hpp"

namespace coop::capital {

/// Books with a class of shares, a quarter of it for the reserve, a rule for surplus by halves, and three
/// members; tom proposes, ann and ben approve.
class CapitalBooks : public test::MembersTest {
 protected:
  CapitalBooks() {
    for (const char* path : {"assets:bank", "assets:shares-due", "equity:members", "equity:reserve",
                             "equity:result", "liabilities:shares", "income:dues", "expenses:rent"})
      open(path);
    for (const char* number : {"M0001", "M0002", "M0003"}) add_person("Somebody", number);
    superuser_sql(
        "INSERT INTO user_account (name, title, created_at) VALUES ('tom', '', now()), ('ann', '', now()), "
        "('ben', '', now())");
    db().in_tx([&](Tx& tx) {
      ShareClass of = test::share_class();
      of.highest_minor = 10'000'000;
      of.reserve_millionths = 250'000;
      adopt_share_class(tx, node(), of, author());
      SurplusRule halves = test::surplus_rule();
      halves.interest_millionths = 30'000;
      halves.interest_most_millionths = 500'000;
      halves.cash_millionths = 200'000;
      return adopt_surplus_rule(tx, node(), halves, author());
    });
  }
  books::Author by(const std::string& name) const {
    return {UserId{std::stoi(superuser_value("SELECT id FROM user_account WHERE name = '" + name + "'"))},
            now};
  }
  UnitId euro() const { return money("0").unit(); }
  std::vector<Movement> move(MovementKind kind, const std::string& member, std::int64_t minor,
                             const std::string& to = {}) {
    return db().in_tx([&](Tx& tx) {
      return move_shares(tx, node(),
                         {.kind = kind,
                          .class_code = "member",
                          .member = member,
                          .minor = minor,
                          .unit = euro(),
                          .on = Day::parse("2026-01-05"),
                          .reason = "Board",
                          .paid_into = "assets:bank",
                          .to = to},
                         author());
    });
  }
  WithdrawalRun withdraw(std::int64_t surplus_minor) {
    return db().in_tx([&](Tx& tx) {
      return withdraw_in_order(tx, node(),
                               {.class_code = "member",
                                .on = Day::parse("2026-01-06"),
                                .surplus_minor = surplus_minor,
                                .unit = euro(),
                                .reason = "Board"},
                               author());
    });
  }
  SurplusRun divide(std::int64_t minor, std::vector<MeasuredMember> members, bool is_booked = true) {
    const SurplusRun run = db().in_tx([&](Tx& tx) {
      return propose_surplus_run(tx, node(),
                                 {.unit = euro(),
                                  .scale = 2,
                                  .source = SurplusSource::result,
                                  .from_on = Day::parse("2026-01-01"),
                                  .to_on = Day::parse("2026-01-31"),
                                  .booked_on = Day::parse("2026-01-31"),
                                  .amount_minor = minor,
                                  .decision = "Assembly",
                                  .members = std::move(members)},
                                 by("tom"));
    });
    for (const char* name : {"ann", "ben"})
      if (is_booked)
        db().in_tx([&](Tx& tx) { return approve_surplus_run(tx, node(), run.number, by(name)); });
    return run;
  }
  // The result of the books becomes something else.
  void earn(const std::string& amount) {
    record("2026-01-10", {{"assets:bank", amount}, {"income:dues", "-" + amount}});
  }
  // The surplus of the fiscal year before, which withdrawals may use.
  void earn_before(const std::string& amount) {
    record("2025-06-30", {{"assets:bank", amount}, {"income:dues", "-" + amount}});
  }
  void lose(const std::string& amount) {
    record("2026-01-10", {{"expenses:rent", amount}, {"assets:bank", "-" + amount}});
  }
  Movement undo(int number) {
    return db().in_tx(
        [&](Tx& tx) { return undo_movement(tx, node(), MovementNumber{number}, "a mistake", author()); });
  }
  Movement take_back(int ask, std::optional<std::int64_t> minor = {}) {
    return db().in_tx([&](Tx& tx) {
      return take_back_ask(
          tx, node(),
          {.ask = MovementNumber{ask}, .minor = minor, .on = Day::parse("2026-01-07"), .reason = "stays"},
          author());
    });
  }
  Holding held(const std::string& member) {
    return db().in_snapshot([&](Tx& tx) {
      return read_holding(tx, node(), "member", members::read_party(tx, node(), member).id);
    });
  }
  // As somebody would reverse it who goes past the register, or as the register itself.
  books::Recorded reverse(EntryNumber entry, bool by_keeper) {
    return db().in_tx([&](Tx& tx) {
      return books::reverse(
          tx, node(),
          {.request_key = books::fingerprint_of("reversal of " + std::to_string(entry.number())),
           .reverses = entry,
           .booked_on = {},
           .description = {},
           .by_keeper = by_keeper},
          author());
    });
  }
  // What the report proves: the amount of a row that says `part` and stands for all of it.
  std::int64_t amount_of(const std::string& part) {
    const reports::Table table = db().in_snapshot(
        [&](Tx& tx) { return reports::read_capital_accounts(tx, node(), {euro(), "EUR", 2}, {}); });
    for (const reports::TableRow& row : table.rows)
      if (row.kind != reports::RowKind::line && std::get<std::string>(row.cells[0]) == part)
        return std::get<reports::Amount>(row.cells[3]).minor;
    ADD_FAILURE() << "no row says " << part;
    return 0;
  }
  std::string all_flaws() {
    std::string flaws;
    const proof::Verified verified = proof::verify(DatabaseSettings{.address = address(), .role = {}});
    for (const proof::VerifiedNode& one : verified.nodes)
      for (const proof::Flaw& flaw : one.flaws) {
        test::provoked_findings().insert(flaw.finding);
        flaws += flaw.text + "\n";
      }
    return flaws;
  }
  void happen(int what, const std::string& member, std::int64_t minor, const std::string& other, int number) {
    if (what == 0) move(MovementKind::subscribe, member, minor);
    if (what == 1) move(MovementKind::pay_in, member, minor);
    if (what == 2) move(MovementKind::cancel, member, minor);
    if (what == 3) move(MovementKind::give, member, minor, other);
    if (what == 4) move(MovementKind::ask, member, minor);
    if (what == 5) withdraw(minor);
    if (what == 6) earn(text_from_minor(minor, 2));
    if (what == 7) divide(minor, {{member, minor}, {member == "M0001" ? "M0002" : "M0001", 3}});
    if (what == 8) undo(number);
    if (what == 9) take_back(number, minor);
    if (what == 10) lose(text_from_minor(minor, 2));
    if (what == 11) divide(-minor, {{member, minor}, {member == "M0001" ? "M0002" : "M0001", 3}});
  }
  // Some of everything: movements 1 to 12, runs booked, undone, cancelled and proposed.
  void fill() {
    move(MovementKind::subscribe, "M0001", 100'000);
    move(MovementKind::pay_in, "M0001", 90'000);
    move(MovementKind::cancel, "M0001", 10'000);
    move(MovementKind::give, "M0001", 20'000, "M0002");
    move(MovementKind::ask, "M0002", 15'000);
    earn("1000.00");
    earn_before("100.00");
    withdraw(10'000);
    divide(50'000, {{"M0001", 2'000'000}, {"M0002", 1'000'000}});
    const SurplusRun undone = divide(10'000, {{"M0003", 1'000'000}});
    db().in_tx([&](Tx& tx) { return undo_surplus_run(tx, node(), undone.number, "a mistake", by("tom")); });
    const SurplusRun given_up = divide(10'000, {{"M0003", 1'000'000}}, false);
    db().in_tx(
        [&](Tx& tx) { return cancel_surplus_run(tx, node(), given_up.number, "a mistake", by("tom")); });
    divide(10'000, {{"M0003", 1'000'000}}, false);
    take_back(6, 1'000);                                                          // 8
    undo(move(MovementKind::subscribe, "M0003", 4'000).front().number.number());  // 9 and 10
  }
  static const std::vector<std::string>& tables() {
    static const std::vector<std::string> all{"share_class", "share_movement", "surplus_rule",
                                              "surplus_run", "surplus_share",  "surplus_step"};
    return all;
  }
};

}  // namespace coop::capital
