#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/dimension.hpp"
#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/sha256.hpp"

namespace coop::books {

/// One line of a recorded entry, as people name things: paths and codes.
struct Posting {
  int line;  ///< from 1
  std::string account;
  std::string unit;  ///< the unit's code
  int scale;         ///< the unit's decimals
  std::int64_t amount_minor;
  DimensionCodes about;
  std::string note;
};

/// A recorded entry, complete.
struct Entry {
  EntryNumber number;
  Day booked_on;
  Instant recorded_at;
  std::optional<std::string> recorded_by;  ///< a user's name
  std::optional<Day> document_on;
  std::string description;
  std::string reference;
  std::string source;
  std::optional<EntryNumber> reverses;
  std::optional<EntryNumber> reversed_by;
  std::optional<HoldNumber> hold;
  Hash hash;
  std::vector<Posting> postings;
};

}  // namespace coop::books
