#pragma once
#include <optional>
#include <string>

#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/disbursements/disbursement.hpp"

namespace coop::disbursements {

/// An order of a disbursement.
struct OrderPlace {
  DisbursementNumber disbursement;
  int order;
};
/// Leaves an order out, before as many have approved as must; whoever approved has to do it again. Throws
/// Refused: disbursement_unknown (no such order stands, too), disbursement_not_open (the last one that
/// stands, too), field_invalid (reason).
Disbursement leave_out(Tx& tx, NodeId node, const OrderPlace& place, const std::string& reason,
                       const books::Author& author);

/// Approves; with the second approval the file may be made. Throws Refused: disbursement_unknown,
/// disbursement_not_open, approval_repeated (the same person, or nobody), approval_of_own (whoever wrote it,
/// or is paid by it), disbursement_impossible (its day is past), party_erased.
Disbursement approve(Tx& tx, NodeId node, DisbursementNumber number, const books::Author& author);
/// Withdraws one's own approval, before the file is made. Throws Refused: disbursement_unknown,
/// disbursement_not_open (you did not approve it, too), field_invalid (reason).
Disbursement withdraw(Tx& tx, NodeId node, DisbursementNumber number, const std::string& reason,
                      const books::Author& author);
/// Gives it up before the file is made. Throws Refused: disbursement_unknown, disbursement_not_open,
/// field_invalid (reason).
Disbursement cancel(Tx& tx, NodeId node, DisbursementNumber number, const std::string& reason,
                    const books::Author& author);

/// Makes the file for the bank, once, and keeps it. Throws Refused: disbursement_unknown,
/// disbursement_not_open (too few approved it, or the file is there), disbursement_impossible,
/// party_erased.
Disbursement make_file(Tx& tx, NodeId node, DisbursementNumber number, const books::Author& author);

/// Says that the bank did not take an order, or (nothing) the whole file. With the second person who says so
/// it is rejected. Throws Refused: disbursement_unknown (no such order stands, too), disbursement_not_open
/// (no file was made; an order was paid or rejected already), approval_repeated (the same person, or nobody),
/// field_invalid (reason).
Disbursement say_not_taken(Tx& tx, NodeId node, DisbursementNumber number, std::optional<int> order,
                           const std::string& reason, const books::Author& author);

}  // namespace coop::disbursements
