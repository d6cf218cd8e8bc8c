#pragma once
#include <optional>

#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"

namespace coop::books {

/// Who does something, and when. Every use case takes it.
struct Author {
  std::optional<UserId> user;
  Instant now;
};

}  // namespace coop::books
