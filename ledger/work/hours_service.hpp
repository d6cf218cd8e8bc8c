#pragma once
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/books/node.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/work/hours.hpp"

namespace coop::work {

/// What became of one item of many: hours as they stand now, or why they were refused.
using HoursOutcome = std::variant<Hours, Refused>;

/// Who submits hours, and whether for others too.
struct Submitter {
  books::Author author;
  bool may_record_of_others;
};
/// Records hours, each as if it came alone after those before it: one that is refused never harms its
/// neighbours. As many round trips for a thousand as for one. Returns what became of each, in their order: of
/// those refused why (fault_of() says in which order). Throws Refused: batch_too_large.
std::vector<HoursOutcome> submit_hours(Tx& tx, const books::Node& node, std::span<const HoursDraft> drafts,
                                       const Submitter& submitter);

/// Approves hours, each as if it came alone. Returns what became of each: of those refused why
/// (hours_unknown, then judge_decision() says in which order). Throws Refused: batch_too_large.
std::vector<HoursOutcome> approve_hours(Tx& tx, const books::Node& node, std::span<const HoursNumber> numbers,
                                        const books::Author& author);
/// Rejects hours. Throws Refused: hours_unknown, field_invalid (reason), and as judge_decision() says.
Hours reject_hours(Tx& tx, const books::Node& node, HoursNumber number, const std::string& reason,
                   const books::Author& author);
/// Takes hours back: they do not count any more, and may be recorded anew. Throws Refused: hours_unknown,
/// field_invalid (reason), role_missing (they are not the user's own, who is no treasurer or bookkeeper),
/// hours_not_open (rejected, or taken back already), hours_collected (a pay run that lives has them).
Hours reverse_hours(Tx& tx, const books::Node& node, HoursNumber number, const std::string& reason,
                    const Submitter& submitter);
/// The hours of this number. Throws Refused: hours_unknown.
Hours read_one_hours(Tx& tx, NodeId node, HoursNumber number);

}  // namespace coop::work
