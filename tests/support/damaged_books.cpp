#include "tests/support/damaged_books.hpp"

namespace coop::test {

void DamagedBooks::expect_found(const DatabaseCopy& copy, const Damage& damage,
                                const proof::VerifyOptions& options) {
  SCOPED_TRACE(damage.sql);
  const proof::Verified verified = copy.verified(options);
  EXPECT_FALSE(verified.is_clean());
  std::vector<proof::Flaw> flaws = verified.flaws;
  for (const proof::VerifiedNode& node : verified.nodes) {
    if (node.flaws.empty()) continue;
    flaws = node.flaws;
    break;
  }
  ASSERT_FALSE(flaws.empty());
  provoked_findings().insert(flaws.front().finding);
  EXPECT_EQ(text_of(flaws.front().finding), text_of(damage.finding)) << flaws.front().text;
  EXPECT_NE(flaws.front().text.find(damage.text), std::string::npos) << flaws.front().text;
}

void DamagedBooks::expect_each_found(const std::vector<Damage>& damages) const {
  for (const Damage& damage : damages) {
    const DatabaseCopy copy{fresh()};
    copy.damage(damage.sql);
    expect_found(copy, damage);
  }
}

}  // namespace coop::test
