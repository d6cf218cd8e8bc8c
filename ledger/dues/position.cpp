#include "ledger/dues/position.hpp"

#include <algorithm>

#include "ledger/values/money.hpp"

namespace coop::dues {

Position Position::of_owed(std::int64_t owed_minor) {
  Position position;
  position.receivable_minor_ = std::max<std::int64_t>(owed_minor, 0);
  position.prepaid_minor_ = std::max<std::int64_t>(-owed_minor, 0);
  return position;
}

std::int64_t Position::owed_minor() const { return checked_add(receivable_minor_, -prepaid_minor_); }

std::int64_t Position::charge(std::int64_t minor) {
  const std::int64_t covered = std::clamp<std::int64_t>(prepaid_minor_, 0, minor);
  prepaid_minor_ -= covered;
  receivable_minor_ = checked_add(receivable_minor_, minor - covered);
  return covered;
}

std::int64_t Position::pay(std::int64_t minor) {
  const std::int64_t cleared = std::clamp<std::int64_t>(receivable_minor_, 0, minor);
  receivable_minor_ -= cleared;
  prepaid_minor_ = checked_add(prepaid_minor_, minor - cleared);
  return minor - cleared;
}

void Position::take_back_charge(std::int64_t minor, std::int64_t from_prepaid_minor) {
  receivable_minor_ -= minor - from_prepaid_minor;
  prepaid_minor_ += from_prepaid_minor;
}

void Position::take_back_payment(std::int64_t minor, std::int64_t to_prepaid_minor) {
  receivable_minor_ += minor - to_prepaid_minor;
  prepaid_minor_ -= to_prepaid_minor;
}

std::int64_t Position::settle() {
  const Position settled = of_owed(owed_minor());
  const std::int64_t moved = prepaid_minor_ - settled.prepaid_minor_;
  *this = settled;
  return moved;
}

}  // namespace coop::dues
