#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "ledger/journals/native_dues_checks.hpp"
#include "ledger/journals/native_member_checks.hpp"

namespace coop::journals {

/// Follows the rows of direct debits in a complete export and refuses the first that contradicts the lines
/// before it: unknown members, mandates, collections, charges and payments, numbers that have a gap, accounts
/// of somebody who was erased, charges that do not add up to their line or are collected twice.
class CollectingChecks {
 public:
  /// True if the row is one of direct debits. Throws Refused: import_contradicts, and what a value refuses.
  bool take(const NativeRow& row, const MemberChecks& members, const DuesChecks& dues);
  /// At the end of the file. Throws Refused: import_contradicts.
  void finish() const;
  /// Whether the lines before describe this collection, or this line of one.
  bool knows_collection(std::int64_t number) const { return number > 0 && number <= collections_; }
  bool knows_line(std::int64_t collection, std::int64_t line) const {
    return left_minor_.contains({collection, line});
  }

 private:
  struct Terms {
    const MemberChecks& members;
    const DuesChecks& dues;
  };
  struct KnownMandate {
    std::string member;
    Day signed_on;
    std::int64_t accounts = 0;
    std::int64_t changes = 0;
  };
  using Take = void (CollectingChecks::*)(JsonFields& row, const Terms& terms);
  using Line = std::pair<std::int64_t, std::int64_t>;  ///< a collection's number and a line's
  static Take taker_of(std::string_view kind);
  void take_creditor(JsonFields& row, const Terms& terms);
  void take_mandate(JsonFields& row, const Terms& terms);
  void take_account(JsonFields& row, const Terms& terms);
  void take_collection(JsonFields& row, const Terms& terms);
  void take_skip(JsonFields& row, const Terms& terms);
  void take_line(JsonFields& row, const Terms& terms);
  void take_charge(JsonFields& row, const Terms& terms);
  void take_step(JsonFields& row, const Terms& terms);
  void take_payment(JsonFields& row, const Terms& terms);
  void take_change(JsonFields& row, const Terms& terms);
  void require_collection(JsonFields& row) const;
  Line require_line(JsonFields& row) const;
  KnownMandate& mandate_of(JsonFields& row);

  std::int64_t creditors_ = 0;
  std::int64_t collections_ = 0;
  std::map<std::int64_t, KnownMandate> mandates_;
  std::set<std::string> references_;
  std::map<Line, std::int64_t> left_minor_;  ///< what of a line no charge was named for yet
  std::map<std::int64_t, std::int64_t> steps_;
  std::set<std::int64_t> held_charges_;
  std::set<Line> paid_;
};

}  // namespace coop::journals
