#pragma once
#include <string>
#include <vector>

#include "api/json_reader.hpp"
#include "api/json_writer.hpp"
#include "ledger/bank/match.hpp"
#include "ledger/bank/match_run_service.hpp"
#include "ledger/bank/undo_service.hpp"
#include "ledger/values/unit.hpp"

namespace coop::api {

/// A match as JSON.
void write_bank_match(JsonWriter& out, const bank::Match& match, const Unit& unit);
/// What a line seems to be, as JSON: each proposal's parts are in the form that a match is asked for. Words
/// of the line itself stand there for those who may see personal data.
void write_bank_proposals(JsonWriter& out, const std::vector<bank::Proposal>& proposals, const Unit& unit,
                          bool sees_names);
/// The parts of a match that is asked for, in the line's unit. Throws Refused: field_invalid,
/// amount_malformed, ….
std::vector<bank::ProposedPart> bank_parts_from(const JsonValue& parts, const Unit& unit);
/// What became of the lines of a file that was undone.
std::string bank_undo_json(const bank::UndoReport& report);
/// What was done with the open lines of a file.
std::string bank_run_json(bank::BankImportNumber import, const bank::MatchRun& run);

}  // namespace coop::api
