#pragma once
#include <string>

#include "tests/support/test_story.hpp"

namespace coop::test {

/// A story of pay on 31 December 2026: members A, B and C work for the circle tech, at 25.00 EUR an hour, by
/// the rule own_rates; cas, who is C, approves hours, pia and quinn approve runs. There are the cost objects
/// and funds hosting and media, and the accounts of pay in EUR.
class PayStoryTest : public StoryTest {
 protected:
  PayStoryTest();
  /// Livelihood in tech for pay, for a cost object or none, which cas approves.
  void worked(const std::string& member, const std::string& day, int minutes, const std::string& object = {});
  /// pia and quinn approve this run, and it is posted.
  void posted(const std::string& run);

  std::string pia_;  ///< a token of theirs
  std::string cas_;
  int last_hours_ = 0;  ///< the number of the hours submitted last

 private:
  std::string quinn_;
};

}  // namespace coop::test
