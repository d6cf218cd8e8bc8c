#include "ledger/dues/dues_statement.hpp"

#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::dues {

std::string_view text_of(StatementKind kind) {
  switch (kind) {
    case StatementKind::charge:
      return "charge";
    case StatementKind::charge_reversed:
      return "charge_reversed";
    case StatementKind::payment:
      return "payment";
    case StatementKind::payment_returned:
      return "payment_returned";
    case StatementKind::refund:
      return "refund";
    case StatementKind::refund_returned:
      return "refund_returned";
  }
  throw InvariantBroken{"a line of a statement is of one of six kinds"};
}

DuesStatement statement_of(std::vector<StatementLine> lines, Day from) {
  DuesStatement statement;
  std::map<UnitId, std::int64_t> owed_minor;
  for (StatementLine& line : lines) {
    std::int64_t& owed = owed_minor[line.unit];
    owed = checked_add(owed, line.minor);
    if (line.on < from) {
      statement.before_minor[line.unit] = owed;
      continue;
    }
    line.balance_minor = owed;
    statement.lines.push_back(std::move(line));
  }
  return statement;
}

}  // namespace coop::dues
