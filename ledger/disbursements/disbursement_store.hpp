#pragma once
#include <optional>
#include <string>

#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/disbursements/disbursement.hpp"

namespace coop::disbursements {

/// An account with statements, as far as it can be paid from.
struct PayableAccount {
  std::string path;
  UnitId unit;
  std::string unit_code;
  std::string identifier;  ///< what statements call it, or empty
  bool is_closed;
};
/// The account with statements of this number, if there is one.
std::optional<PayableAccount> find_payable_account(Tx& tx, NodeId node, int bank_account);

/// The disbursement with all that belongs to it, if there is one.
std::optional<Disbursement> find_disbursement(Tx& tx, NodeId node, DisbursementNumber number);
/// The number of the last one, 0 if there is none.
int read_last_disbursement(Tx& tx, NodeId node);
/// Adds it with its orders and payees. The head must be locked.
void insert_disbursement(Tx& tx, NodeId node, const Disbursement& disbursement, const books::Author& author);

/// A step to be added; as Step.
struct NewStep {
  StepKind kind;
  std::optional<int> order = {};
  std::string reason = {};
  std::string file_hash = {};
};
/// Adds the next step.
void insert_step(Tx& tx, NodeId node, DisbursementNumber disbursement, const NewStep& step,
                 const books::Author& author);

/// Keeps the file for the bank.
void insert_file(Tx& tx, NodeId node, DisbursementNumber disbursement, const std::string& bytes);
/// The file, unless somebody in it was erased, or none was made.
std::optional<std::string> find_file(Tx& tx, NodeId node, DisbursementNumber disbursement);

/// True if there is a row of this kind and code.
bool has_dimension(Tx& tx, NodeId node, books::DimensionKind kind, const std::string& code);
/// True if an order pays a member what a pay run gave them and drew from a spending mandate. The runs are of
/// another room: the schema is asked.
bool is_drawn_by_run(Tx& tx, NodeId node, const Order& order);
/// True if one of the orders that were not left out pays a party whose sign-in this is.
bool pays_user(Tx& tx, NodeId node, DisbursementNumber disbursement, UserId user);

}  // namespace coop::disbursements
