#pragma once
#include "api/directories.hpp"
#include "api/json_reader.hpp"
#include "api/json_writer.hpp"
#include "ledger/work/obligation_service.hpp"

namespace coop::api {

/// What is owed, and by whom.
struct AskedObligation {
  work::ObligationTerms terms;
  std::vector<std::string> members;  ///< numbers
};
/// What is owed, to be recorded. Throws Refused naming the field.
AskedObligation obligation_from(const JsonValue& value, UnitDirectory& units);
/// Numbers of members. Throws Refused: field_invalid.
std::vector<std::string> debtors_from(const JsonObject& fields);
/// What settles an obligation with these terms, to be recorded. Throws Refused naming the field.
work::SettlementDraft settlement_from(const JsonValue& value, const work::ObligationTerms& terms,
                                      UnitDirectory& units);

/// An obligation.
void write_obligation(JsonWriter& out, const work::Obligation& obligation, UnitDirectory& units);
/// A settlement of an obligation with these terms.
void write_settlement(JsonWriter& out, const work::ObligationSettlement& settlement,
                      const work::ObligationTerms& terms, UnitDirectory& units);
/// How a member stands.
void write_standing(JsonWriter& out, const work::MemberStanding& standing, UnitDirectory& units);
/// What becomes of minutes of work.
void write_split(JsonWriter& out, const work::SplitQuestion& question, const work::SuggestedSplit& suggested,
                 UnitDirectory& units);

}  // namespace coop::api
