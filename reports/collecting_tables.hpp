#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/collecting/collection_store.hpp"
#include "ledger/collecting/mandate_record.hpp"
#include "reports/report_node.hpp"

namespace coop::reports {

/// Mandates with how they stand on a day; whose account it is where personal data may be seen. `next` is the
/// cursor of the next page, here and below.
Table table_of_mandates(const ReportNode& node, Day day, const std::vector<collecting::MandateRecord>& listed,
                        bool sees_profiles, const std::optional<std::string>& next);

/// Collections, a row each.
Table table_of_collections(const ReportNode& node, const std::vector<collecting::CollectionSummary>& listed,
                           const std::optional<std::string>& next);

/// The lines of a collection that are `listed`.
Table table_of_lines(const ReportNode& node, const collecting::Collection& collection,
                     const std::vector<collecting::CollectionLine>& listed, bool sees_profiles,
                     const std::optional<std::string>& next);

}  // namespace coop::reports
