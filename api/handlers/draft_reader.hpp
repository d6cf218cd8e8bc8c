#pragma once
#include <memory>

#include "api/call.hpp"
#include "api/directories.hpp"
#include "api/json_reader.hpp"
#include "ledger/books/draft.hpp"
#include "ledger/books/hold.hpp"
#include "ledger/books/units.hpp"

namespace coop::api {

/// Reads drafts of one request. Keeps the units it knows; asks for new ones at most once a request, and only
/// where it may wait.
class DraftReader {
 public:
  /// `may_wait`: false on a reactor thread.
  DraftReader(UnitDirectory& units, bool may_wait);

  /// Reads an entry: {"booked_on","description","reference","source","late","postings":[…]}.
  /// Throws Refused: field_unknown, field_missing, field_invalid, day_malformed, unit_unknown,
  /// amount_not_text, amount_malformed, amount_too_precise, amount_overflow, each naming its JSON pointer.
  books::Draft draft_from(JsonValue entry, const books::Fingerprint& key, std::optional<UserId> asked_by);
  /// Reads a hold: {"expires_at","description","reference","postings":[…]}. Throws Refused: as above, and
  /// instant_malformed.
  books::HoldDraft hold_from(JsonValue hold, const books::Fingerprint& key, std::optional<UserId> asked_by);
  /// Reads the lines of "postings".
  std::vector<books::DraftPosting> postings_from(JsonValue postings);

 private:
  books::DraftPosting posting_from(JsonValue posting);
  const Unit& unit_from(JsonValue code);

  UnitDirectory& directory_;
  bool may_wait_;
  std::shared_ptr<const books::Units> units_;
};

/// "refuse" or "first_open_day". Throws Refused: field_invalid.
books::LateEntry late_from(std::string_view text);

}  // namespace coop::api
