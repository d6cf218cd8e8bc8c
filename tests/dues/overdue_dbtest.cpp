// What is overdue, read for everybody by sums, is what the rule says that sets payments against charges one
// by one; in random histories with refunds, returns, reversals, other payers and payments meant for one
// charge.
#include "ledger/dues/overdue_store.hpp"

#include <random>

#include "tests/support/run_seed.hpp"
#include "tests/support/test_dues.hpp"

namespace coop::dues {
namespace {

class OverdueDues : public test::DuesTest {
 protected:
  int up_to(int most) { return static_cast<int>(dice_() % static_cast<unsigned>(most + 1)); }
  bool one_in(int sides) { return up_to(sides - 1) == 0; }
  Day day_from(const char* first, int days) { return Day::parse(first).plus_days(up_to(days)); }
  std::string number(int i) const { return "M000" + std::to_string(i); }

  /// Charges of three members, some paid by the next one, some reversed.
  void charge_some() {
    for (int i = 0; i < 24; ++i) {
      const Day on = day_from("2025-01-01", 300);
      const std::string member = number(1 + up_to(2));
      const Charge charge = db().in_tx([&](Tx& tx) {
        return raise_charge(tx, node(),
                            {.member = member,
                             .payer = one_in(4) ? number(1 + up_to(2)) : member,
                             .kind = DueKind::other,
                             .unit = money("0").unit(),
                             .minor = 100 * (1 + up_to(30)),
                             .on = on,
                             .due_on = on.plus_days(up_to(60)),
                             .why = "something",
                             .income = {}},
                            author());
      });
      charges_.push_back(charge);
      if (one_in(8)) reverse(charge);
    }
  }

  void reverse(const Charge& charge) {
    db().in_tx([&](Tx& tx) { reverse_charge(tx, node(), charge.number, "a mistake", author()); });
  }

  /// Payments of all sizes, one in three meant for a charge of its payer, some returned, some given back.
  void pay_some() {
    for (int i = 0; i < 16; ++i) {
      const std::string payer = number(1 + up_to(2));
      const std::string amount = std::to_string(1 + up_to(40)) + ".00";
      const Day on = day_from("2025-01-15", 320);
      std::vector<PaymentShare> shares;
      const Charge& meant = charges_[static_cast<std::size_t>(up_to(23))];
      if (one_in(3) && meant.debtor == payer) {
        shares.push_back({payer, money(amount).minor()});
        shares.back().charge = meant.number;
      }
      Payment payment = paid(payer, amount, on, shares);
      if (one_in(6)) return_payment(payment, on.plus_days(up_to(30)).text());
      else if (one_in(6)) give_back(payer, on);
    }
  }

  Payment paid(const std::string& payer, const std::string& amount, Day on,
               const std::vector<PaymentShare>& shares) {
    try {
      return pay(payer, amount, on.text(), shares);
    } catch (const Refused&) {  // what it was meant for is reversed
      return pay(payer, amount, on.text());
    }
  }

  void give_back(const std::string& payer, Day on) {
    try {
      pay(payer, "1.00", on.plus_days(up_to(20)).text(), {}, PaymentKind::refund);
    } catch (const Refused&) {  // nothing was paid ahead
    }
  }

  void expect_as_the_rule(const DuesMoment& moment) {
    const auto [by_sums, by_rule, of_one] = db().in_snapshot([&](Tx& tx) {
      const DuesState state = dues::state_of(read_dues_facts(tx, node(), moment), moment.as_of);
      return std::tuple{read_overdue(tx, node(), moment), overdue_of(state, moment.as_of),
                        read_overdue(tx, node(), moment, std::vector{PartyId{1}})};
    });
    EXPECT_EQ(by_sums, by_rule) << moment.as_of.text();
    const auto first = by_rule.find(PartyId{1});
    EXPECT_EQ(of_one.size(), first == by_rule.end() ? 0u : 1u) << moment.as_of.text();
    if (!of_one.empty()) {
      EXPECT_EQ(of_one.begin()->second, first->second);
    }
  }

  std::mt19937_64 dice_{test::run_seed()};
  std::vector<Charge> charges_;
};

TEST_F(OverdueDues, AreReadBySumsAsTheRuleSetsPaymentsAgainstCharges) {
  SCOPED_TRACE("COOP_SEED=" + std::to_string(test::run_seed()));
  for (int i = 1; i <= 3; ++i) add_person("Person", number(i));
  const Instant begun = now;
  charge_some();
  now += std::chrono::hours{1};
  const Instant between = now;
  now += std::chrono::hours{1};
  pay_some();
  for (Day day = Day::parse("2025-01-01"); day < Day::parse("2026-02-01");
       day = day.plus_days(1 + up_to(20))) {
    expect_as_the_rule({day});
    expect_as_the_rule({day, between});
    expect_as_the_rule({day, begun});
  }
}

TEST_F(OverdueDues, AreWhatWasDueBeforeTheDay) {
  member("M0001", "2025-01-01");
  run("2025-01");
  const auto overdue = [&](const char* day) {
    return db().in_snapshot([&](Tx& tx) { return read_overdue(tx, node(), {Day::parse(day)}); });
  };
  EXPECT_TRUE(overdue("2025-01-01").empty());
  const OverdueByMember late = overdue("2025-01-02");
  ASSERT_EQ(late.size(), 1u);
  EXPECT_EQ(late.begin()->second.since, Day::parse("2025-01-01"));
  EXPECT_EQ(late.begin()->second.minor.begin()->second, 2'000);
  EXPECT_EQ(days_late(late.begin()->second, Day::parse("2025-01-02")), 1);
  pay("M0001", "20.00", "2025-01-10");
  EXPECT_TRUE(overdue("2025-01-10").empty());
  EXPECT_FALSE(overdue("2025-01-09").empty());
  EXPECT_TRUE(overdue("0001-01-01").empty()) << "before all days that can be counted back from";
}

}  // namespace
}  // namespace coop::dues
