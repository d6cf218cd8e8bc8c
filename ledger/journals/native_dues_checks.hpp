#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "ledger/journals/native_member_checks.hpp"

namespace coop::journals {

/// Follows the rows of dues in a complete export and refuses the first that contradicts the lines before it:
/// unknown members, memberships, tiers, units, charges, payments and entries, numbers that have a gap,
/// amounts that cannot be, shares that do not add up to their payment.
class DuesChecks {
 public:
  /// True if the row is one of dues. Throws Refused: import_contradicts, and what a value refuses.
  bool take(const NativeRow& row, const Scales& scales, const MemberChecks& members, std::int64_t last_entry);
  /// True if a line before described the charge, or the payment.
  bool knows_charge(std::int64_t number) const { return number > 0 && number <= charges_; }
  bool knows_payment(std::int64_t number) const { return number > 0 && number <= payments_; }
  /// At the end of the file. Throws Refused: import_contradicts.
  void finish() const;

 private:
  struct Terms;
  using Take = void (DuesChecks::*)(JsonFields& row, const Terms& terms);
  static Take taker_of(std::string_view kind);
  void take_accounts(JsonFields& row, const Terms& terms);
  void take_payee(JsonFields& row, const Terms& terms);
  void take_tier(JsonFields& row, const Terms& terms);
  void take_price(JsonFields& row, const Terms& terms);
  void take_rate(JsonFields& row, const Terms& terms);
  void take_subscription(JsonFields& row, const Terms& terms);
  void take_concession(JsonFields& row, const Terms& terms);
  void take_concession_end(JsonFields& row, const Terms& terms);
  void take_run(JsonFields& row, const Terms& terms);
  void take_charge(JsonFields& row, const Terms& terms);
  void take_reversal(JsonFields& row, const Terms& terms);
  void take_payment(JsonFields& row, const Terms& terms);
  void take_share(JsonFields& row, const Terms& terms);
  void take_return(JsonFields& row, const Terms& terms);
  void take_deferral(JsonFields& row, const Terms& terms);

  bool has_payee_ = false;
  std::map<std::string, std::string> unit_of_tier_;
  std::map<std::string, std::int64_t> prices_;  ///< how many, by tier
  std::map<std::int64_t, std::int64_t> subscriptions_;
  std::map<std::int64_t, std::int64_t> concessions_;
  std::set<std::pair<std::int64_t, std::int64_t>> ended_;
  std::set<std::int64_t> tier_ids_;
  std::int64_t rates_ = 0;
  std::int64_t runs_ = 0;
  std::int64_t charges_ = 0;
  std::int64_t payments_ = 0;
  std::set<std::int64_t> reversed_;
  std::set<std::int64_t> returned_;
  std::map<std::int64_t, std::int64_t> owed_of_charge_;
  std::map<std::int64_t, std::string> unit_of_charge_;
  std::map<std::int64_t, std::int64_t> deferred_minor_;  ///< by charge, below zero
  std::map<std::int64_t, std::string> unit_of_payment_;
  std::map<std::int64_t, std::int64_t> unshared_minor_;  ///< what is left of each payment, by number
};

}  // namespace coop::journals
