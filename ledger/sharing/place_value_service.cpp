#include "ledger/sharing/place_value_service.hpp"

#include <boost/json/object.hpp>

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/values/code_text.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::sharing {

RecordedPlaceValue record_place_value(Tx& tx, NodeId node, const PlaceValue& value,
                                      const books::Author& asked_by) {
  constexpr std::size_t longest_place = 60;
  constexpr std::size_t longest_source = 500;
  require_name(value.name);
  if (value.place.empty() || characters_of(value.place) > longest_place)
    throw Refused{Refusal::field_invalid, "a place has 1 to 60 characters", "/place"};
  if (value.value < Fraction{0}) throw Refused{Refusal::field_invalid, "a value is not below zero", "/value"};
  if (value.source.empty()) throw Refused{Refusal::field_missing, "who published it is missing", "/source"};
  if (!value.published_on)
    throw Refused{Refusal::field_missing, "when it was published is missing", "/published_on"};
  if (characters_of(value.source) > longest_source)
    throw Refused{Refusal::field_invalid, "a source has at most 500 characters", "/source"};
  std::optional<UnitId> unit;
  if (!value.unit.empty()) {
    const auto found = books::find_unit(tx, value.unit);
    if (!found) throw Refused{Refusal::unit_unknown, "there is no unit " + value.unit.substr(0, 24), "/unit"};
    unit = found->id;
  }
  const books::BookHead head = books::lock_book_head(tx, node);
  const books::Author author{asked_by.user, books::next_recorded_at(head, asked_by.now)};
  const PlaceValueNumber number = insert_place_value(tx, node, value, unit, author);
  books::tell(tx, node, author, "place_value_recorded",
              {{"number", number.number()}, {"name", value.name}, {"place", value.place}});
  return std::move(
      read_place_values(tx, node, {.after = PlaceValueNumber{number.number() - 1}, .most = 1}).front());
}

}  // namespace coop::sharing
