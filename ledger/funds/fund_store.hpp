#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/books/dimension.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/funds/fund.hpp"

namespace coop::funds {

/// A row of the dimensions of this kind, by its code; nothing if there is none.
std::optional<books::Dimension> find_dimension(Tx& tx, NodeId node, books::DimensionKind kind,
                                               const std::string& code);
/// The terms of a fund, in the order of their numbers.
std::vector<FundTerm> read_fund_terms(Tx& tx, NodeId node, DimensionId fund);
/// The fund. Throws Refused: dimension_unknown.
Fund read_fund(Tx& tx, NodeId node, const std::string& code);
/// An account of these assets: its id, or nothing if there is none in the unit.
std::optional<AccountId> find_asset(Tx& tx, NodeId node, const std::string& path, UnitId unit);
/// True if there is an account of what a measure adds up, in this unit: its own or one below it.
bool has_account_of(Tx& tx, NodeId node, const BufferRule& rule, UnitId unit);
/// Writes terms after those that there are, with the accounts of these ids, and answers their number. The
/// head must be locked.
int insert_fund_term(Tx& tx, NodeId node, DimensionId fund, const FundTermDraft& draft,
                     const std::vector<AccountId>& accounts, const books::Author& author);

/// From where funds are looked at.
struct FundView {
  Day as_of;
  std::optional<Instant> known_at = {};  ///< nothing: everything recorded counts
  std::optional<DimensionId> fund = {};  ///< only this one
};
/// Where the funds stand, by unit (the base unit first) and code: one row for each unit in which something
/// was booked about a fund, and one for each fund with terms.
std::vector<FundFigures> read_fund_figures(Tx& tx, NodeId node, const FundView& view);
/// What the measures of these terms come to on the day, as known at the instant, in their order. The highest
/// is the buffer.
std::vector<MeasuredBuffer> read_measured_buffers(Tx& tx, NodeId node, DimensionId fund, const FundTerm& term,
                                                  const FundView& view);

}  // namespace coop::funds
