#pragma once
#include <functional>

#include "ledger/database/tx.hpp"
#include "ledger/intake/intake.hpp"

namespace coop::intake {

/// What a row came to.
enum class RowFate { recorded, known };
/// Records one row; refuses what is wrong with it, naming the column as "/column".
using RecordRow = std::function<RowFate(const IntakeRow& row, IntakeReport& report)>;

/// Records row by row. A row that is refused leaves nothing behind and becomes a doubt; with Doubtful::stop
/// one such row leaves nothing of the whole table behind.
IntakeReport judge_rows(Tx& tx, const CsvTable& table, Doubtful doubtful, const RecordRow& record);

}  // namespace coop::intake
