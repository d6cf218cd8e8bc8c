#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/draft.hpp"
#include "ledger/books/entry.hpp"

namespace coop::books {

/// A hold that is asked for: amounts reserved now, to be posted in part or whole, or voided, later.
struct HoldDraft {
  Fingerprint request_key;
  std::optional<UserId> asked_by;
  std::optional<Instant> expires_at;
  std::string description;
  std::string reference;  ///< or empty
  std::vector<DraftPosting> postings;
};

/// What became of a hold.
enum class HoldState { open, posted, voided, expired };
/// "open" …
std::string_view text_of(HoldState state);

/// A hold on record.
struct Hold {
  HoldNumber number;
  Instant made_at;
  std::optional<std::string> made_by;  ///< a user's name; empty: at the command line
  std::optional<Instant> expires_at;
  std::string description;
  std::string reference;
  HoldState state;
  std::optional<Instant> ended_at;
  std::optional<std::string> ended_by;  ///< who voided or posted it; empty where it expired, too
  std::optional<EntryNumber> entry;  ///< of a posted hold
  std::vector<Posting> postings;
};

}  // namespace coop::books
