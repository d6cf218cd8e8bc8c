// Rolls and votes that somebody with every right changed in SQL: verification names what is not as it was.
#include "tests/support/test_rolls.hpp"

namespace coop::proof {
namespace {

class RollDamages : public test::RollsTest {
 protected:
  RollDamages() {
    add_class("supporter");
    adopt("supporter", rule(std::nullopt));
    add_class("empty");
    for (const char* number : {"M0001", "M0002"}) member(number, "2025-01-01");
    add_person("A friend", "S0001");
    join("S0001", "supporter", "2025-01-01");
    run("2025-01");
    pay("M0001", "20.00", "2025-01-05");
    freeze("2024-01-01", "Nobody was there");
    const auto frozen = freeze("2025-06-30", "Assembly \"2025\" \\ all\thands");
    vote({.roll = frozen.number,
          .title = "Budget",
          .held_on = Day::parse("2025-07-01"),
          .tallies = {{"user", 1, 0, 0}}});
  }

  /// Does the damage, says what verification says first, and mends it again.
  std::string found(const std::string& damage, const std::string& mending) {
    const std::string as_replica = "SET session_replication_role = replica; ";
    superuser_sql(as_replica + damage);
    const std::string flaw = first_flaw();
    superuser_sql(as_replica + mending);
    return flaw;
  }
};

TEST_F(RollDamages, AreNamedOneByOne) {
  EXPECT_EQ(first_flaw(), "");
  const std::string changed = "bcn: roll 2 is not what it was when it was frozen";
  for (const char* damage :
       {"member = 'M0009'", "votes = votes + 1", "is_paid_up = NOT is_paid_up", "standing = 'applied'",
        "line = line + 10", "excluded = 'left: was a member until 2025-01-01', votes = 0"}) {
    superuser_sql("CREATE TABLE kept AS TABLE roll_line");
    EXPECT_EQ(found("UPDATE roll_line SET " + std::string{damage} + " WHERE roll_number = 2 AND line = 1",
                    "DELETE FROM roll_line; INSERT INTO roll_line SELECT * FROM kept; DROP TABLE kept"),
              changed)
        << damage;
  }
  EXPECT_EQ(found("UPDATE roll SET title = title || '!' WHERE number = 2",
                  "UPDATE roll SET title = rtrim(title, '!') WHERE number = 2"),
            changed);
  EXPECT_EQ(found("UPDATE roll_class SET weight_numerator = 1, weight_denominator = 3 WHERE "
                  "weight_denominator = 2 AND roll_number = 2",
                  "UPDATE roll_class SET weight_denominator = 2 WHERE weight_denominator = 3"),
            changed);
  EXPECT_EQ(
      found("UPDATE roll SET number = 3 WHERE number = 2", "UPDATE roll SET number = 2 WHERE number = 3"),
      changed);
  EXPECT_EQ(found("UPDATE vote_tally SET abstained = 1", "UPDATE vote_tally SET abstained = 0"),
            "bcn: vote 1 is missing, or counts votes that its roll has not");
  EXPECT_EQ(found("UPDATE vote SET number = 2", "UPDATE vote SET number = 1"),
            "bcn: vote 1 is missing, or counts votes that its roll has not");
  EXPECT_EQ(first_flaw(), "");
}

}  // namespace
}  // namespace coop::proof
