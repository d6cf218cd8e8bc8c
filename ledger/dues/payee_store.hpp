#pragma once
#include <map>
#include <span>
#include <string>

#include "ledger/database/tx.hpp"
#include "ledger/dues/payee.hpp"

namespace coop::dues {

/// Where the node's dues are paid; nothing is known where nobody said it.
Payee read_payee(Tx& tx, NodeId node);
/// Puts it down.
void store_payee(Tx& tx, NodeId node, const Payee& payee);

/// The numbers of the members whose own creditor reference carries one of `bodies`, under the body.
std::multimap<std::string, std::string> read_members_of_bodies(Tx& tx, NodeId node,
                                                               std::span<const std::string> bodies);
/// The numbers of the members whose number ends in one of these digits, zeros in front left out, under the
/// digits.
std::multimap<std::string, std::string> read_members_of_digits(Tx& tx, NodeId node,
                                                               std::span<const std::string> digits);

}  // namespace coop::dues
