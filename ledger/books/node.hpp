#pragma once
#include <string>

#include "ledger/values/ids.hpp"
#include "ledger/values/period.hpp"

namespace coop::books {

/// A co-operative with its own books, currency and law.
struct Node {
  NodeId id;
  std::string name;   ///< short, lower case, for ever: "bcn"
  std::string title;  ///< what people call it
  UnitId base_unit;
  std::string country;    ///< ISO 3166-1 alpha-2
  std::string time_zone;  ///< IANA: "Europe/Madrid"
  FiscalYearStart fiscal_start;
};

/// What is asked for when a node is made; checked by require_node_draft.
struct NodeDraft {
  std::string name;
  std::string title;
  std::string base_unit;  ///< a unit's code
  std::string country;
  std::string time_zone;
  FiscalYearStart fiscal_start{1, 1};
};

/// Refuses: name_malformed (name), field_invalid (title, country, fiscal start), name_malformed (time zone).
void require_node_draft(const NodeDraft& draft);

}  // namespace coop::books
