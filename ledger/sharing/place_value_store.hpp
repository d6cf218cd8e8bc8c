#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/sharing/place_value.hpp"
#include "ledger/sharing/rule_version.hpp"

namespace coop::sharing {

/// A value of a place that was recorded. Never changed.
struct RecordedPlaceValue {
  PlaceValueNumber number;
  PlaceValue is;
  Instant recorded_at;
  std::optional<std::string> recorded_by = {};  ///< the user's name
};

/// Which values are read; nothing: all.
struct PlaceValueFilter {
  std::optional<std::string> name = {};
  std::optional<std::string> place = {};
  std::optional<PlaceValueNumber> after = {};
  std::optional<int> most = {};
};

/// The number of the last one that was recorded; 0 before the first. The book head is locked by whoever keeps
/// it, as what was known.
int read_last_place_value(Tx& tx, NodeId node);

/// Values in the order in which they were recorded.
std::vector<RecordedPlaceValue> read_place_values(Tx& tx, NodeId node, const PlaceValueFilter& filter);

/// Writes one. The book head is locked.
PlaceValueNumber insert_place_value(Tx& tx, NodeId node, const PlaceValue& value, std::optional<UnitId> unit,
                                    const books::Author& author);

}  // namespace coop::sharing
