#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/books/dimension.hpp"
#include "ledger/journals/json_fields.hpp"
#include "ledger/journals/native_posted.hpp"
#include "ledger/journals/native_row.hpp"
#include "ledger/values/day.hpp"

namespace coop::journals {

/// Compares rows beside the chain with the entries that they name: the day of charges, payments, movements of
/// shares, surpluses, divisions of costs and pay runs; the account of a payment, and whom it and a charge are
/// about; when a charge of a run is due; and the day of a step of a spending mandate with that of its
/// recording. Looks at rows after their own checks, which know what is there.
class ToldChecks {
 public:
  /// What the lines before have told.
  struct Before {
    const std::map<std::pair<std::string, std::string>, int>& accounts;
    const std::map<std::pair<books::DimensionKind, std::string>, int>& dimensions;
    const Scales& scales;
    const PostedAmounts& posted;
  };
  /// Throws Refused: import_contradicts.
  void take(const NativeRow& row, const Before& before);

 private:
  struct KnownCharge {
    std::string debtor;
    std::string unit;
  };
  struct KnownPayment {
    std::int64_t entry;
    std::int64_t sign;  ///< -1 of a refund
    std::string unit;
  };
  using Take = void (ToldChecks::*)(JsonFields& row, const Before& before);
  static Take taker_of(std::string_view kind);
  void take_tier(JsonFields& row, const Before& before);
  void take_subscription(JsonFields& row, const Before& before);
  void take_charge(JsonFields& row, const Before& before);
  void take_charge_reversal(JsonFields& row, const Before& before);
  void take_payment(JsonFields& row, const Before& before);
  void take_payment_share(JsonFields& row, const Before& before);
  void take_payment_return(JsonFields& row, const Before& before);
  void take_movement(JsonFields& row, const Before& before);
  void take_spending_step(JsonFields& row, const Before& before);
  void take_surplus_run(JsonFields& row, const Before& before);
  void take_surplus_step(JsonFields& row, const Before& before);
  void take_division(JsonFields& row, const Before& before);
  void take_division_step(JsonFields& row, const Before& before);
  void take_pay_run(JsonFields& row, const Before& before);
  void take_pay_step(JsonFields& row, const Before& before);
  void require_due(JsonFields& row, const std::string& name) const;

  std::map<std::string, int> due_after_days_;  ///< by tier
  std::map<std::int64_t, std::vector<std::pair<Day, int>>>
      subscribed_;  ///< by membership: the first day, and how many days later it is due
  std::map<std::int64_t, KnownCharge> charges_;
  std::map<std::int64_t, KnownPayment> payments_;
  std::map<std::int64_t, Day> surpluses_;
  std::map<std::int64_t, Day> divisions_;
  std::map<std::int64_t, Day> pay_runs_;
};

}  // namespace coop::journals
