#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/dues/deferral.hpp"

namespace coop::dues {

/// The memberships after `after` and up to `last`, whose charges end on `from` or later and begin by
/// `through`.
struct SpreadOf {
  MembershipId after;
  MembershipId last;
  Day from;
  Day through;
};
/// Their charges for days of more than one month that somebody owes, with what was moved of them.
std::vector<SpreadCharge> read_spread_charges(Tx& tx, NodeId node, const SpreadOf& which);

/// A deferral that was booked.
struct BookedDeferral {
  Deferral deferral;
  EntryNumber entry;
};
/// Adds them.
void insert_deferrals(Tx& tx, NodeId node, int run, std::span<const BookedDeferral> deferrals,
                      const books::Author& author);

/// A deferral on record.
struct RecordedDeferral {
  Deferral deferral;
  std::string member;
  UnitId unit;
  int run;
  EntryNumber entry;
};
/// The place of a deferral in its list.
struct DeferralPlace {
  ChargeNumber charge;
  Day on;
  int number;
};
/// Up to `limit` deferrals after `after`, by charge, day and number: of one charge, or of all.
std::vector<RecordedDeferral> list_deferrals(Tx& tx, NodeId node, std::optional<ChargeNumber> charge,
                                             const std::optional<DeferralPlace>& after, int limit);

}  // namespace coop::dues
