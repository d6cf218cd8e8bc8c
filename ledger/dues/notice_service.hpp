#pragma once
#include <map>
#include <optional>
#include <string_view>

#include "ledger/books/node.hpp"
#include "ledger/books/units.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/dues/notice.hpp"
#include "ledger/dues/payee_service.hpp"

namespace coop::dues {

/// Which notice is asked for.
struct NoticeQuery {
  Day on;
  std::optional<UnitId> unit;  ///< nothing: the node's own, or another one in which something is open
};

/// What a member is told of everything they owe in one unit on a day, and where to pay it. Reads only.
/// Throws Refused: party_unknown.
Notice read_member_notice(Tx& tx, const books::Node& node, std::string_view member, const NoticeQuery& query);
/// The same about one charge, for whoever owes it. Throws Refused: charge_unknown.
Notice read_charge_notice(Tx& tx, const books::Node& node, ChargeNumber number, Day on);

/// What is open on a day of what a reference is of, in minor units by unit. Throws Refused: party_unknown,
/// amount_overflow.
std::map<UnitId, std::int64_t> open_of(Tx& tx, NodeId node, const ReferenceOwner& owner, Day day);

/// What the notice's QR code says. Throws Refused: payment_code_impossible, with the reason.
std::string require_code_of(const Notice& notice);

}  // namespace coop::dues
