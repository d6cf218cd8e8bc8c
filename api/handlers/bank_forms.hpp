#pragma once
#include <map>
#include <string>

#include "api/directories.hpp"
#include "api/json_writer.hpp"
#include "ledger/bank/bank_line.hpp"
#include "ledger/bank/import_service.hpp"

namespace coop::api {

/// The units of the accounts with statements, by their numbers.
using BankUnits = std::map<bank::BankAccountNumber, Unit>;
/// Reads them.
BankUnits bank_units(Tx& tx, NodeId node, UnitDirectory& units);

/// An account with statements as JSON.
void write_bank_account(JsonWriter& out, const bank::BankAccount& account, const Unit& unit);
/// A file as JSON, without what it says.
void write_bank_import(JsonWriter& out, const bank::BankImport& import);
/// A file and what it says, as JSON. Cells of a file that waits for an answer stand there for those who may
/// see personal data.
std::string bank_preview_json(const bank::ImportPreview& preview, const BankUnits& units, bool sees_cells);
/// A line as JSON. Who paid, and the text that may name them, stand there for those who may see personal
/// data.
void write_bank_line(JsonWriter& out, const bank::BankLine& line, const Unit& unit, bool sees_names);

}  // namespace coop::api
