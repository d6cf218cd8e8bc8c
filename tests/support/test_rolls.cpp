#include "tests/support/test_rolls.hpp"

namespace coop::test {

RollsTest::RollsTest() { adopt("user", rule(Ratio{1, 2})); }

members::ClassRule RollsTest::rule(const std::optional<Ratio>& weight) {
  members::ClassRule made{Day::parse("2020-01-01")};
  made.weight = weight;
  made.grace_days = 14;
  made.arrears_days = 60;
  made.decision = "Assembly";
  return made;
}

rolls::Roll RollsTest::roll(std::string_view day, std::optional<Instant> known_at,
                            const std::optional<std::string>& only) {
  return db().in_snapshot([&](Tx& tx) {
    const auto party = only ? std::optional{members::read_party(tx, node(), *only).id} : std::nullopt;
    return rolls::read_roll(tx, node(), {Day::parse(day), known_at}, party);
  });
}

std::string RollsTest::told(const rolls::Roll& roll) {
  std::string text;
  for (const rolls::RollLine& line : roll.lines)
    text += (text.empty() ? "" : ", ") + line.number + " " +
            (line.is_eligible() ? std::to_string(line.votes) : rolls::text_of(line.exclusions));
  return text;
}

rolls::FrozenRoll RollsTest::freeze(std::string_view day, const std::string& title,
                                    std::optional<Instant> known_at) {
  return db().in_tx(
      [&](Tx& tx) { return rolls::freeze_roll(tx, node(), {title, Day::parse(day), known_at}, author()); });
}

rolls::Vote RollsTest::vote(const rolls::VoteDraft& draft) {
  return db().in_tx([&](Tx& tx) { return rolls::record_vote(tx, node(), draft, author()); });
}

}  // namespace coop::test
