#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/dues/charge_service.hpp"
#include "ledger/dues/dues_state_store.hpp"
#include "ledger/dues/payment_service.hpp"
#include "ledger/dues/subscription_service.hpp"
#include "ledger/dues/tier_service.hpp"
#include "tests/support/test_members.hpp"

namespace coop::test {

/// A database test with members and dues: a class "user", and a monthly tier "standard" of 20.00 EUR since
/// 2020. Afterwards what is derived of the dues is compared with the charges, payments and postings.
class DuesTest : public MembersTest {
 protected:
  DuesTest();
  void TearDown() override;

  /// A person who joined on the day and pays the tier since then.
  std::string member(const std::string& number, std::string_view from_on,
                     const std::string& tier = "standard");
  void add_tier(const std::string& code, dues::Interval interval, const std::string& amount);
  void set_price(const std::string& tier, std::string_view from_on, const std::string& amount);
  void subscribe(const std::string& number, const dues::SubscriptionDraft& draft);
  void waive(const std::string& number, std::string_view from_on, Ratio share,
             std::optional<Day> until_on = {});
  void end_membership(const std::string& number, std::string_view last_on,
                      members::ChangeKind kind = members::ChangeKind::left);

  /// Raises the period's dues, a few memberships at a time: "charged/reversed".
  std::string run(std::string_view period, std::optional<Day> corrections_from = {});
  dues::Payment pay(const std::string& payer, const std::string& amount, std::string_view on,
                    const std::vector<dues::PaymentShare>& shares = {},
                    dues::PaymentKind kind = dues::PaymentKind::money);
  void return_payment(const dues::Payment& payment, std::string_view on);

  /// "open/paid ahead" of a member in EUR, as of a day.
  std::string stands(const std::string& number, std::string_view day, std::optional<Instant> known_at = {});
  /// The day through which the member's dues are covered as of a day, or "".
  std::string covered(const std::string& number, std::string_view day);
  dues::DuesState state(std::string_view day, std::optional<Instant> known_at = {});
  /// The numbers of the charges that are not reversed and for this member, by number.
  std::vector<dues::Charge> charges_of(const std::string& number);
  MembershipId membership_of(const std::string& number);
};

}  // namespace coop::test
