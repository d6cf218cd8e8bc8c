#pragma once
#include <string>
#include <vector>

#include "api/call.hpp"
#include "api/directories.hpp"
#include "api/json_reader.hpp"
#include "api/json_writer.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/pay/claim.hpp"
#include "ledger/pay/old_claim_service.hpp"
#include "ledger/pay/pay_run.hpp"
#include "ledger/pay/pay_run_service.hpp"
#include "ledger/pay/payment_service.hpp"
#include "ledger/pay/tariff.hpp"

namespace coop::api {

/// A tariff as JSON.
void write_tariff(JsonWriter& out, const pay::Tariff& tariff);
/// A pay run as JSON, with every figure explained, as a try of its rule is.
void write_pay_run(JsonWriter& out, const pay::PayRun& run,
                   const std::optional<pay::PayExplanation>& explained);
/// The same by itself, explained anew.
std::string pay_run_json(Tx& tx, const Call& call, const pay::PayRun& run);
/// A pay run as lists show it.
void write_pay_summary(JsonWriter& out, const pay::PayRunSummary& run);
/// What one member gets by a run, as lists show it: nothing of the others.
void write_payslip_summary(JsonWriter& out, const pay::PayslipSummary& slip);
/// What one member gets by a run, with the words that explain it.
void write_payslip(JsonWriter& out, const pay::PayRun& run, const pay::PayShare& share,
                   const std::vector<std::string>& words);
/// What one member gets by a run.
struct Payslip {
  pay::PayRun run;
  pay::PayShare share;             ///< theirs
  std::vector<std::string> words;  ///< that explain it, a sentence each
};
/// Reads it. Throws Refused: pay_run_unknown, party_unknown (the member is not in the run).
Payslip read_payslip(Tx& tx, NodeId node, pay::PayRunNumber number, const std::string& member);
/// A claim of the register, with its age on a day.
void write_claim(JsonWriter& out, const pay::DeferredClaim& claim, Day on);
/// The number of the member whom ?member= names; "" without it. Throws Refused: party_unknown, naming the
/// parameter.
std::string asked_member(Tx& tx, const Call& call);

/// A tariff that is asked for. Throws Refused naming the field, as the others below.
pay::TariffDraft tariff_draft_from(const JsonValue& value, UnitDirectory& units);
/// A run of wages that is asked for.
pay::WagesDraft wages_draft_from(const JsonValue& value, UnitDirectory& units);
/// Adds what a rule is given besides, in the form of such a run: figures, members, pots, a local part.
void add_run_terms(pay::WagesDraft& draft, const JsonValue& value, UnitDirectory& units);
/// A settlement of claims that is asked for.
pay::SettlementDraft settlement_draft_from(const JsonValue& value, UnitDirectory& units);
/// A lapse of claims that is asked for.
pay::LapseDraft lapse_draft_from(const JsonValue& value, UnitDirectory& units);
/// Claims from before these books that are to be taken in.
pay::OldClaimsDraft old_claims_from(const JsonValue& value, UnitDirectory& units);
/// How a run is to be paid.
pay::PaymentDraft payment_draft_from(const JsonValue& value);

}  // namespace coop::api
