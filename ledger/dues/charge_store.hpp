#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/dues/charge.hpp"

namespace coop::dues {

/// Charges of dues, joining fees and obligations of these memberships (an int[]) whose period begins in
/// `window`, reversed ones too: only what a plan compares. Their words, member, debtor's number, run, entry
/// and what was paid ahead are left out: a run reads a year of them and changes few.
std::vector<Charge> read_bare_charges(Tx& tx, NodeId node, const SqlValue& memberships, const Period& window);
/// The charges of these numbers that there are, whole, by number.
std::vector<Charge> read_charges(Tx& tx, NodeId node, std::span<const ChargeNumber> numbers);
/// The charge, if there is one.
std::optional<Charge> find_charge(Tx& tx, NodeId node, ChargeNumber number);

/// Which charges a list is about; everything where empty.
struct ChargeFilter {
  std::optional<PartyId> member = std::nullopt;
  std::optional<PartyId> debtor = std::nullopt;
  std::optional<int> run = std::nullopt;
  std::optional<bool> reversed = std::nullopt;
};
/// Up to `limit` charges below `before`, the newest first.
std::vector<Charge> list_charges(Tx& tx, NodeId node, const ChargeFilter& filter,
                                 std::optional<ChargeNumber> before, int limit);

/// The number of the last charge, 0 if there is none.
std::int64_t read_last_charge(Tx& tx, NodeId node);
/// Adds charges with the numbers they have, in one statement; `members` are whom they are for.
void insert_charges(Tx& tx, NodeId node, std::span<const Charge> charges, std::span<const PartyId> members,
                    const books::Author& author);

/// That a charge is taken back.
struct ChargeReversal {
  ChargeNumber charge;
  std::optional<int> run;
  Day reversed_on;
  std::string reason;
  std::optional<EntryNumber> entry;
};
/// Adds it.
void insert_charge_reversal(Tx& tx, NodeId node, const ChargeReversal& reversal, const books::Author& author);

}  // namespace coop::dues
