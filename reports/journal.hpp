#pragma once
#include "reports/entry_reading.hpp"
#include "reports/report_node.hpp"

namespace coop::reports {

/// A page of the journal: entries in the order of their days or of recording.
struct Journal {
  ReportNode node;
  EntryFilter filter;
  EntryOrder order;
  EntryPage page;
};

/// Reads it; refuses what read_entries refuses.
Journal read_journal(Tx& tx, NodeId node, const EntryFilter& filter, EntryOrder order, int limit,
                     const std::optional<std::string>& cursor);

/// As a table: a row a posting, debits and credits in columns of their own.
Table table_of(const Journal& journal);

}  // namespace coop::reports
