#pragma once
#include <string>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/funds/fund.hpp"

namespace coop::funds {

/// Records what is decided about a fund from a day on. Throws Refused: dimension_unknown (the fund),
/// field_invalid (decision, funder, conditions, more than 20 measures or accounts, a measure that
/// require_buffer() refuses, money of others or a grant that would be indivisible, money of others that would
/// become ours or the other way), unit_mismatch (the fund has terms in another unit), account_unknown (a
/// measure adds up no account of the unit; no asset of the unit), naming the field.
Fund adopt_fund_terms(Tx& tx, NodeId node, const std::string& code, const FundTermDraft& draft,
                      const books::Author& author);

/// Where a fund stands on a day, in the unit of its terms. Throws Refused: fund_without_terms.
FundFigures read_figures_of(Tx& tx, NodeId node, const Fund& fund, Day day);

}  // namespace coop::funds
