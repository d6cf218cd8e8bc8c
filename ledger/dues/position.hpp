#pragma once
#include <cstdint>

namespace coop::dues {

/// How a debtor stands in one unit: what is owed lies in the receivable account, what was paid ahead in the
/// prepaid one. Settled: never both. Minor units, not negative.
class Position {
 public:
  /// Of charges less payments: owed if positive, paid ahead if negative.
  static Position of_owed(std::int64_t owed_minor);

  std::int64_t prepaid_minor() const { return prepaid_minor_; }
  /// Charges less payments.
  std::int64_t owed_minor() const;

  /// Adds a charge. Returns what of it the money paid ahead covers. Throws Refused: amount_overflow.
  std::int64_t charge(std::int64_t minor);
  /// Adds a payment. Returns what of it is paid ahead. Throws Refused: amount_overflow.
  std::int64_t pay(std::int64_t minor);
  /// Takes back a charge that was booked so.
  void take_back_charge(std::int64_t minor, std::int64_t from_prepaid_minor);
  /// Takes back a payment that was booked so.
  void take_back_payment(std::int64_t minor, std::int64_t to_prepaid_minor);
  /// Sets what was paid ahead against what is owed, or the other way round where something was taken back.
  /// Returns what moves from the prepaid to the receivable account: 0 if it is settled already.
  std::int64_t settle();

 private:
  std::int64_t receivable_minor_ = 0;
  std::int64_t prepaid_minor_ = 0;
};

}  // namespace coop::dues
