#pragma once
#include <string>
#include <vector>

#include "ledger/books/dimension.hpp"
#include "ledger/capital/surplus_store.hpp"
#include "ledger/funds/fund_service.hpp"
#include "tests/capital/capital_books.hpp"
#include "tests/support/refusal_code.hpp"

namespace coop::capital {

/// The same books, for what they may not become: classes, rules and movements of M0001 of other kinds.
class CapitalLimits : public CapitalBooks {
 protected:
  // A class in hundreds, which members give on and ask back at once.
  static ShareClass hundreds() {
    ShareClass of = test::share_class();
    of.code = "hundred";
    of.title = "Shares of 100.00";
    of.nominal_minor = 10'000;
    of.reserve_millionths = 250'000;
    return of;
  }
  void adopt(const ShareClass& of) {
    db().in_tx([&](Tx& tx) { return adopt_share_class(tx, node(), of, author()); });
  }
  // The rule of the books from a later day on, otherwise than it was.
  template <class Change>
  void adopt_rule(Change change, const char* from_on = "2027-01-01") {
    db().in_tx([&](Tx& tx) {
      SurplusRule rule = read_surplus_rules(tx, node()).front();
      rule.from_on = Day::parse(from_on);
      change(rule);
      return adopt_surplus_rule(tx, node(), rule, author());
    });
  }
  std::vector<Movement> move_of(const std::string& code, MovementKind kind, std::int64_t minor,
                                const std::string& to = {}, const char* on = "2026-01-05") {
    return db().in_tx([&](Tx& tx) {
      return move_shares(tx, node(),
                         {.kind = kind,
                          .class_code = code,
                          .member = "M0001",
                          .minor = minor,
                          .unit = euro(),
                          .on = Day::parse(on),
                          .reason = "Board",
                          .paid_into = "assets:bank",
                          .to = to},
                         author());
    });
  }
  std::string refused_move(const std::string& code, MovementKind kind, std::int64_t minor) {
    return test::refusal_code([&] { move_of(code, kind, minor); });
  }
  Holding held_of(const std::string& code) {
    return db().in_snapshot(
        [&](Tx& tx) { return read_holding(tx, node(), code, members::read_party(tx, node(), "M0001").id); });
  }
  WithdrawalRun withdraw_of(const std::string& code, std::int64_t surplus_minor, const char* on) {
    return db().in_tx([&](Tx& tx) {
      return withdraw_in_order(tx, node(),
                               {.class_code = code,
                                .on = Day::parse(on),
                                .surplus_minor = surplus_minor,
                                .unit = euro(),
                                .reason = "Board"},
                               author());
    });
  }
  void say_of_fund(const std::string& code, const funds::FundTermDraft& terms) {
    db().in_tx([&](Tx& tx) { return funds::adopt_fund_terms(tx, node(), code, terms, author()); });
  }
  funds::FundTermDraft terms(funds::FundPurpose purpose, bool is_indivisible = false) const {
    return {.from_on = Day::parse("2020-01-01"),
            .purpose = purpose,
            .unit = euro(),
            .is_indivisible = is_indivisible,
            .decision = "Assembly"};
  }
  EntryNumber entry_of(int movement) const {
    return EntryNumber{std::stoi(superuser_value("SELECT entry_number FROM share_movement WHERE number = " +
                                                 std::to_string(movement)))};
  }
  // What the schema says of raw SQL, which is taken back.
  std::string tried(const std::string& sql) const {
    return state_of("BEGIN; " + sql + "; SET CONSTRAINTS ALL IMMEDIATE; ROLLBACK");
  }
  // A movement undone as the register does it, but for what it asks first.
  void undo_unasked(int movement) {
    db().in_tx([&](Tx& tx) {
      const Movement of = list_movements(tx, node(), {}, MovementNumber{movement + 1}, 1).front();
      const ShareClass version =
          read_share_classes(tx, node())[static_cast<std::size_t>(of.class_version - 1)];
      const EntryNumber reversal = books::reverse(tx, node(),
                                                  {.request_key = books::fingerprint_of("unasked"),
                                                   .reverses = *of.entry,
                                                   .booked_on = {},
                                                   .description = {},
                                                   .by_keeper = true},
                                                  author())
                                       .number;
      return insert_movement(tx, node(),
                             {MovementKind::undo, version, members::read_party(tx, node(), of.member).id,
                              of.minor, of.reserve_minor, of.moved_on, of.number, reversal, "x"},
                             author());
    });
  }
};

}  // namespace coop::capital
