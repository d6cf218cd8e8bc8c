#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/books/dimension.hpp"
#include "ledger/disbursements/credit_transfer_file.hpp"
#include "ledger/funds/spending_mandate.hpp"
#include "ledger/values/ids.hpp"

namespace coop::disbursements {

/// Payments of a node that leave together, from the proposal on; counted from 1 within the node.
using DisbursementNumber = Id<struct DisbursementKindTag, std::int32_t>;

/// How it stands: proposed, approved by as many as its rules say, with a file for the bank, every order of
/// which ended; or cancelled before there was a file.
enum class DisbursementState { proposed, approved, exported, done, cancelled };
/// "proposed" …
std::string_view text_of(DisbursementState state);
/// Throws Refused: field_invalid.
DisbursementState disbursement_state_from(std::string_view text);

/// How one order of it stands: as the whole, or paid by the bank, sent back, not taken by the bank, left out.
enum class OrderState { proposed, approved, exported, executed, returned, rejected, left_out, cancelled };
/// "proposed" …
std::string_view text_of(OrderState state);
/// Throws Refused: field_invalid.
OrderState order_state_from(std::string_view text);

/// What is paid.
enum class OrderPurpose { supplier_bill, refund, payout };
/// "supplier_bill" …
std::string_view text_of(OrderPurpose purpose);
/// Throws Refused: field_invalid.
OrderPurpose order_purpose_from(std::string_view text);

/// What happened to a proposal.
enum class StepKind { left_out, approved, withdrawn, exported, cancelled, not_taken };
/// "left_out" …
std::string_view text_of(StepKind kind);
/// Throws Refused: field_invalid.
StepKind step_kind_from(std::string_view text);

/// A step on record; the fields that its kind does not use are empty.
struct Step {
  int number;
  StepKind kind;
  std::optional<int> order;
  std::string reason;
  std::string file_hash;  ///< of the file for the bank: SHA-256, hexadecimal
  Instant recorded_at;
  std::optional<UserId> recorded_by;
  std::optional<std::string> recorded_by_name;
};

/// Who is paid, and what they read: personal data.
struct Payee {
  std::string name;  ///< in any alphabet
  Iban iban;
  std::optional<Bic> bic = {};
  std::optional<TransferAddress> address = {};
  std::string text = {};
  std::optional<StructuredReference> reference = {};
};

/// What a line of the bank told of an order.
struct BankWord {
  int match;  ///< of the line with the books
  EntryNumber entry;
  Day on;
  std::optional<PaymentNumber> payment;  ///< where it is a refund of what a member paid ahead
  std::string code;                      ///< of one that came back: the bank's reason
  std::int64_t charges_minor;            ///< what the bank kept of it, positive
};

/// One payment. Minor units of EUR.
struct Order {
  int number;
  std::int64_t minor;
  OrderPurpose purpose;
  AccountId account_id;
  std::string account;  ///< what it settles: the path of a liability or an expense
  std::optional<PartyId> party;
  std::string member;  ///< its number, or empty
  std::string source;  ///< what it rests on, or empty
  books::DimensionCodes about;
  std::string end_to_end_id;
  std::optional<Payee> payee;  ///< nothing once the party was erased
  std::optional<BankWord> executed;
  std::optional<BankWord> returned;
  std::optional<funds::SpendingMandateNumber> mandate = {};  ///< that it spends
  std::optional<int> minutes = {};                           ///< of a mandate that grants hours
};

/// The account of ours that is paid from.
struct OwnAccount {
  int bank_account;  ///< its number among the accounts with statements
  std::string path;
  UnitId unit;
  PayingAccount account;
};

/// Payments as they are on record.
struct Disbursement {
  DisbursementNumber number;
  OwnAccount from;
  Day requested_on;
  std::string title;
  std::string debtor_name;
  std::string message_id;
  Instant recorded_at;
  std::optional<UserId> recorded_by;
  std::optional<std::string> recorded_by_name;
  std::vector<Order> orders;
  std::vector<Step> steps;
  int rules = 0;                     ///< how many rules of spending there were when it was proposed
  std::size_t approvals_needed = 2;  ///< how many others approve, by these rules: one or two
  std::optional<Day> ruled_on = {};  ///< the day by whose rules; nothing: there were none
  /// Until the bank has it: what those who approve should know, in plain words.
  std::vector<std::string> warnings = {};
};

/// A debt of ours that is less than the orders that wait to pay it come to. Minor units of EUR.
struct OverOrdered {
  std::string account;
  std::string member;  ///< to whom it is owed, or empty: to whomever
  std::int64_t owed_minor;
  std::int64_t ordered_minor;  ///< by all orders that wait, those of other proposals too
};
/// "liabilities:payable owes M7 100.00 EUR, and orders of 120.00 EUR wait to pay it: 20.00 EUR more than is
/// owed"
std::string warning_of(const OverOrdered& debt);

/// How many people must say that the bank did not take something.
inline constexpr std::size_t people_needed = 2;
/// The most orders together.
inline constexpr std::size_t most_orders = 1'000;

/// The approvals that count: those after the last order was left out that were not withdrawn.
std::vector<const Step*> approvals_of(const Disbursement& disbursement);
/// Who says that the bank did not take this order, or (nothing) the whole file; each once.
std::vector<UserId> not_taken_by(const Disbursement& disbursement, std::optional<int> order);
/// How it stands.
DisbursementState state_of(const Disbursement& disbursement);
/// How one of its orders stands.
OrderState state_of(const Disbursement& disbursement, const Order& order);
/// The step of this kind, or null.
const Step* step_of(const Disbursement& disbursement, StepKind kind);
/// The orders that are in the file: all that were not left out.
std::vector<const Order*> orders_in_file(const Disbursement& disbursement);
/// Those that the bank has and of which nothing is known yet.
std::vector<const Order*> waiting_orders(const Disbursement& disbursement);
/// What orders add up to.
std::int64_t minor_of(const std::vector<const Order*>& orders);

/// What goes to the bank, made at this instant. Throws Refused: party_erased, if somebody in it was erased.
CreditTransferOrder transfer_order_of(const Disbursement& disbursement, Instant made_at);

/// The id of the file: "bcn-D12". Long names are cut.
std::string message_id_of(std::string_view node, DisbursementNumber number);
/// An order's own name: "bcn-DQ7XK2M9WTRBN4"; it tells neither who is paid nor how many are.
std::string end_to_end_id_of(std::string_view node, DisbursementNumber number, int order);

}  // namespace coop::disbursements
