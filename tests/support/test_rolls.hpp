#pragma once
#include <string>
#include <string_view>

#include "ledger/rolls/roll_service.hpp"
#include "ledger/rolls/roll_store.hpp"
#include "ledger/rolls/vote_service.hpp"
#include "ledger/rolls/vote_store.hpp"
#include "tests/support/test_dues.hpp"

namespace coop::test {

/// A database test with members, dues and rolls: a class "user" that has the vote from 2020 on, fifteen days
/// after which dues are arrears and sixty after which the vote ends.
class RollsTest : public DuesTest {
 protected:
  RollsTest();
  /// A rule from 2020 on.
  static members::ClassRule rule(const std::optional<Ratio>& weight);

  rolls::Roll roll(std::string_view day, std::optional<Instant> known_at = {},
                   const std::optional<std::string>& only = {});
  /// "M0001 1, M0002 in_arrears: …": every line with its votes, or why it has none.
  static std::string told(const rolls::Roll& roll);
  std::string told_on(std::string_view day, std::optional<Instant> known_at = {}) {
    return told(roll(day, known_at));
  }
  rolls::FrozenRoll freeze(std::string_view day, const std::string& title = "Assembly",
                           std::optional<Instant> known_at = {});
  rolls::Vote vote(const rolls::VoteDraft& draft);
};

}  // namespace coop::test
