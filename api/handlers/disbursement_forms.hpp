#pragma once
#include <vector>

#include "api/json_reader.hpp"
#include "api/json_writer.hpp"
#include "ledger/disbursements/disbursement_service.hpp"
#include "ledger/disbursements/order_list_store.hpp"
#include "ledger/pay/payment_service.hpp"
#include "ledger/values/unit.hpp"

namespace coop::api {

/// Payments that are asked for. Throws Refused naming the field.
disbursements::DisbursementDraft disbursement_draft_from(const JsonValue& value, const Unit& euro);

/// A disbursement with its orders, steps and approvals. With personal data also who is paid, what goes to the
/// bank, and what it will see otherwise than it was written, made at `now` as long as there is no file. Of
/// the payment of a pay run also who was left out.
void write_disbursement(JsonWriter& out, const disbursements::Disbursement& disbursement, bool sees_profiles,
                        Instant now, const std::vector<pay::NotOrdered>* not_ordered = nullptr);
/// A disbursement in a list.
void write_disbursement_summary(JsonWriter& out, const disbursements::DisbursementSummary& one);
/// An order in a list; who is paid where personal data may be seen.
void write_listed_order(JsonWriter& out, const disbursements::ListedOrder& one, bool sees_profiles);

}  // namespace coop::api
