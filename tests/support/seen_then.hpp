#pragma once
#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "ledger/values/day.hpp"

namespace coop::test {

/// A test of what was known at an instant, with the fixture `Books`: whatever happens is looked at when it
/// happens, and all of it again at the end, as it was known then.
template <class Books>
class SeenThen : public Books {
 protected:
  /// The reports that are looked at, as known at an instant or now.
  virtual std::string reports_of(std::optional<Instant> known_at) = 0;

  /// Looks now, after something that shows (or does not), and lets a minute pass.
  void look(const std::string& what, bool shows = true) {
    seen_.push_back({what, this->now, reports_of({})});
    EXPECT_EQ(reports_of(this->now), seen_.back().reports) << what << ": now, and as known now";
    if (seen_.size() > 1) {
      EXPECT_EQ(seen_.back().reports != seen_.end()[-2].reports, shows) << what;
    }
    this->now += std::chrono::minutes{1};
  }
  /// Expects of every look that the reports say the same as known then.
  void expect_all_as_seen() {
    for (const Seen& one : seen_) EXPECT_EQ(reports_of(one.at), one.reports) << one.what;
  }
  /// How many looks there were.
  std::size_t looks() const noexcept { return seen_.size(); }

 private:
  /// The reports as somebody saw them, and when.
  struct Seen {
    std::string what;
    Instant at;
    std::string reports;
  };
  std::vector<Seen> seen_;
};

}  // namespace coop::test
