#pragma once
#include <map>

#include "api/call.hpp"
#include "api/handlers/reference_forms.hpp"
#include "api/json_reader.hpp"
#include "api/json_writer.hpp"
#include "ledger/dues/charge_service.hpp"
#include "ledger/dues/payment.hpp"

namespace coop::api {

class UnitDirectory;

/// An amount with its unit: {"amount":"12.34","unit":"EUR"} among the fields.
struct AskedAmount {
  std::int64_t minor;
  Unit unit;
};
/// Throws Refused naming the field: field_missing, unit_unknown, amount_malformed …
AskedAmount amount_from(const JsonObject& fields, UnitDirectory& units);
/// The unit among the fields. Throws Refused naming the field: field_missing, unit_unknown.
Unit unit_from(const JsonObject& fields, UnitDirectory& units);
/// Decimal text of an amount in this unit.
std::int64_t minor_from(const JsonValue& amount, const Unit& unit);

/// [{"amount","unit"},…]
void write_amounts(JsonWriter& out, std::string_view name, const std::map<UnitId, std::int64_t>& sums,
                   UnitDirectory& units);

/// A due that is charged, or would be.
void write_due_fields(JsonWriter& out, const dues::Due& due, UnitDirectory& units);
/// A charge, with its references.
void write_charge(JsonWriter& out, const dues::Charge& charge, const NationalKind& national,
                  UnitDirectory& units);
/// A payment.
void write_payment(JsonWriter& out, const dues::Payment& payment, UnitDirectory& units);
/// Of a run, done or previewed.
void write_totals(JsonWriter& out, const dues::RunTotals& totals, UnitDirectory& units);

/// The number of the member that a field names, as the node writes it. Throws Refused: party_unknown, naming
/// the field.
std::string member_from(Tx& tx, const Call& call, const JsonValue& number);
/// The member whom a parameter names, if it is there. Throws Refused: party_unknown, naming the parameter.
std::optional<PartyId> asked_party_in(Tx& tx, const Call& call, std::string_view parameter);
/// Words on the decision that something rests on; "" where there are none. Throws Refused: field_invalid.
std::string decision_from(const JsonObject& fields);

/// The membership that the path names, of the member that the path names. Throws Refused: party_unknown,
/// membership_unknown.
MembershipId asked_membership(Tx& tx, const Call& call);

}  // namespace coop::api
