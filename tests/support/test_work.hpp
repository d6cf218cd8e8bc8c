#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "ledger/work/circle_service.hpp"
#include "ledger/work/circle_store.hpp"
#include "ledger/work/hours_service.hpp"
#include "ledger/work/hours_store.hpp"
#include "tests/support/test_members.hpp"

namespace coop::test {

/// Members M1, M2 and M3 of circle "tech", whose sign-ins are ann, ben and cas; M4, whose is dan, is in none.
/// The circle began on 2026-01-01; it is 2026-01-31.
class WorkTest : public MembersTest {
 protected:
  WorkTest();
  /// The user of this name, now.
  books::Author user(const std::string& name) const;
  /// An hour of livelihood by M1 in tech on 2026-01-10, to be paid.
  static work::HoursDraft hour();
  /// Submits as this user. `as_treasurer`: for others too.
  std::vector<work::HoursOutcome> submit(const std::vector<work::HoursDraft>& drafts, const std::string& name,
                                         bool as_treasurer = false);
  /// Submits one as a treasurer, and refuses what is refused. Returns its number.
  work::HoursNumber record(const work::HoursDraft& draft, const std::string& name = "tess");
  std::vector<work::HoursOutcome> approve(const std::vector<work::HoursNumber>& numbers,
                                          const std::string& name);
  work::Hours reverse(work::HoursNumber number, const std::string& name, bool as_treasurer = false);
  /// "approved" of what was recorded, the refusal's code of what was not.
  static std::string code_of(const work::HoursOutcome& outcome);
  /// Hours of every state and intent, in circles that were joined, left and closed.
  void fill();
  /// The tables of the room.
  static std::vector<std::string> tables();
};

}  // namespace coop::test
