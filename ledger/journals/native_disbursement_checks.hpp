#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ledger/books/dimension.hpp"
#include "ledger/journals/native_bank_checks.hpp"
#include "ledger/journals/native_member_checks.hpp"
#include "ledger/values/day.hpp"

namespace coop::journals {

/// Follows the rows of payments that leave in a complete export, and refuses the first that contradicts the
/// lines before it: unknown accounts, members and orders, numbers that have a gap, payees of somebody who was
/// erased or of nobody, steps out of order or by too few people, a file that is not that of its hash or pays
/// otherwise than the orders say.
class DisbursementChecks {
 public:
  /// The ids of the books' dimensions, by kind and code.
  using Dimensions = std::map<std::pair<books::DimensionKind, std::string>, int>;
  /// What the lines before have told.
  struct Before {
    const BankChecks::Accounts& accounts;
    const Dimensions& dimensions;
    const BankChecks& bank;
    const MemberChecks& members;
    std::int64_t rules;  ///< how many rules of spending there are
  };
  /// An order, as far as the mandate that it spends asks.
  struct OrderSpending {
    std::int64_t amount_minor;
    std::string fund;
    std::string cost_object;
    Day requested_on;
    Instant proposed_at;
  };
  /// A proposal, as far as the rules of spending ask.
  struct Proposal {
    struct OfOrder {
      std::int64_t amount_minor;
      std::string fund;
      bool is_refund;     ///< of what a member has
      bool pays_members;  ///< names a member, or is a payout
      std::string member;
      std::string iban;    ///< empty once the payee was erased
      std::string source;  ///< what it rests on, or empty
    };
    Day requested_on;
    Instant proposed_at;
    Day ruled_on;  ///< the day by whose rules
    std::int64_t rules;
    std::int64_t approvals;
    bool counts_together;  ///< what one payee gets
    std::vector<OfOrder> orders = {};
  };
  /// True if the row is one of these. Throws Refused: import_contradicts, and what a value refuses.
  bool take(const NativeRow& row, const Before& before);
  /// At the end of the file. Throws Refused: import_contradicts.
  void finish(const MemberChecks& members) const;
  /// An order that the lines before describe, or nothing.
  std::optional<OrderSpending> find_order(std::int64_t disbursement, std::int64_t order) const;
  /// All proposals, in the order of their numbers.
  std::vector<Proposal> proposals() const;
  /// The amount of an order that went to the bank; nothing if the lines before describe none.
  std::optional<std::int64_t> find_sent(std::int64_t disbursement, std::int64_t order) const;

 private:
  struct KnownOrder {
    std::int64_t amount_minor;
    std::string member;
    std::string end_to_end;
    std::string fund = {};
    std::string cost_object = {};
    std::string iban = {};
    std::string purpose = {};
    std::string source = {};
    bool has_payee = false;
    bool is_left_out = false;
  };
  struct KnownDisbursement {
    std::int64_t orders_said;
    std::string written_by;
    Day requested_on;
    Instant recorded_at;
    std::size_t approvals_needed;
    std::int64_t rules;
    Day ruled_on;
    bool counts_together;
    std::vector<KnownOrder> orders = {};
    std::int64_t steps = 0;
    std::set<std::string> approvers = {};
    std::string state = "proposed";
    std::string file_hash = {};
    bool has_file = false;
  };
  void take_disbursement(JsonFields& row, const Before& before);
  void take_order(JsonFields& row, const Before& before);
  void take_payee(JsonFields& row, const Before& before);
  void take_step(JsonFields& row);
  void take_file(JsonFields& row);
  static bool is_paid_by(const std::string& file, const KnownDisbursement& disbursement);
  KnownDisbursement& disbursement_of(JsonFields& row);
  static KnownOrder& order_of(JsonFields& row, KnownDisbursement& disbursement, const char* field);

  std::vector<KnownDisbursement> disbursements_;
  std::set<std::string> ids_;
};

}  // namespace coop::journals
