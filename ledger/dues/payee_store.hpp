#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "ledger/database/tx.hpp"
#include "ledger/dues/payee.hpp"

namespace coop::dues {

/// Where the node's dues are paid; nothing is known where nobody said it.
Payee read_payee(Tx& tx, NodeId node);
/// Puts it down.
void store_payee(Tx& tx, NodeId node, const Payee& payee);

/// The numbers of the members whose own creditor reference carries `body`.
std::vector<std::string> list_members_of_body(Tx& tx, NodeId node, std::string_view body);
/// The numbers of the members whose number ends in these digits, zeros in front left out.
std::vector<std::string> list_members_of_digits(Tx& tx, NodeId node, std::string_view digits);

}  // namespace coop::dues
