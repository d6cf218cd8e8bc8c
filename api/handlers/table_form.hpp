#pragma once
#include <functional>
#include <string>

#include "api/answer.hpp"
#include "api/call.hpp"
#include "api/json_writer.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/intake/intake.hpp"

namespace coop::api {

struct Services;

/// What became of a table that came in, and what else is said of it.
struct ImportedTable {
  intake::IntakeReport report;
  std::function<void(JsonWriter&)> more = {};  ///< writes further fields
};
/// Records a table, or refuses it.
using ImportTable = std::function<ImportedTable(Tx& tx, const std::string& table)>;

/// Imports the table of the request, which comes as text/csv, once for its key; a dry run records nothing.
/// Doubts and notes are told one by one the first time, and counted when the request is repeated: they may
/// name people. Throws Refused: media_type_unsupported, too_large.
Answer imported_answer(const Call& call, Services& services, const ImportTable& import);

}  // namespace coop::api
