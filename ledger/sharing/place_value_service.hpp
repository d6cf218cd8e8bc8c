#pragma once
#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/sharing/place_value_store.hpp"

namespace coop::sharing {

/// Records a value of a place; of those from one day the last one holds. Throws Refused, in this order:
/// name_malformed, field_invalid (place, value below zero), field_missing (source, day of publication),
/// field_invalid (source too long), unit_unknown.
RecordedPlaceValue record_place_value(Tx& tx, NodeId node, const PlaceValue& value,
                                      const books::Author& author);

}  // namespace coop::sharing
