#include "ledger/journals/native_roll_checks.hpp"

#include <fmt/format.h>

#include <array>
#include <boost/json.hpp>
#include <utility>

#include "ledger/books/chain.hpp"
#include "ledger/journals/native_require.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/ratio.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::journals {

namespace {

std::string json_of(const std::string& text) { return boost::json::serialize(boost::json::value(text)); }

std::string count_of(JsonFields& row, std::string_view name) {
  const std::int64_t count = row.number(name);
  require(count >= 0, "the field `" + std::string{name} + "` is negative");
  return std::to_string(count);
}

const char* yes_or_no(bool truth) { return truth ? "yes" : "no"; }

}  // namespace

RollChecks::Take RollChecks::taker_of(std::string_view kind) {
  static constexpr std::array<std::pair<std::string_view, Take>, 5> takers{{
      {"roll_class", &RollChecks::take_class},
      {"roll_line", &RollChecks::take_line},
      {"roll", &RollChecks::take_roll},
      {"vote", &RollChecks::take_vote},
      {"vote_tally", &RollChecks::take_tally},
  }};
  for (const auto& [name, taker] : takers)
    if (name == kind) return taker;
  return nullptr;
}

bool RollChecks::take(const NativeRow& row, const MemberChecks& members) {
  const Take taker = taker_of(row.of->kind);
  if (taker == nullptr) return false;
  const auto value = boost::json::parse(row.json);
  JsonFields fields = JsonFields::of(value);
  (this->*taker)(fields, members);
  return true;
}

// The text of a frozen roll is described in docs/formats/roll.md.
void RollChecks::take_class(JsonFields& row, const MemberChecks& members) {
  const std::string code = row.text("class");
  require(members.knows_class(code), "there is no class " + code);
  PendingRoll& roll = rolls_[row.number("roll")];
  const auto weight = row.maybe_text("weight");
  const auto rule = row.maybe_number("rule");
  std::string line =
      fmt::format("class {} rule={} weight={} one_vote={}", code, rule ? std::to_string(*rule) : "-",
                  weight ? Ratio::parse(*weight).text() : "-", row.text("one_vote"));
  for (const char* count : {"registered", "paid_up", "eligible", "votes"})
    line += fmt::format(" {}={}", count, count_of(row, count));
  line += " words=" + json_of(row.text("words")) + "\n";
  if (weight) roll.votes.emplace(code, row.number("votes"));
  require(roll.classes.emplace(code, std::move(line)).second, "a roll has the class " + code + " twice");
}

void RollChecks::take_line(JsonFields& row, const MemberChecks& members) {
  PendingRoll& roll = rolls_[row.number("roll")];
  require(row.number("line") == ++roll.count, "the lines of a roll have a gap");
  const std::int64_t membership = row.number("membership");
  const std::string code = row.text("class");
  require(members.knows_membership(membership) && members.knows_member(row.text("member")),
          "a roll's line is of a membership that there is not");
  require(roll.classes.contains(code), "a roll's line is of a class that the roll has not");
  roll.lines += fmt::format(
      "member {} class={} membership={} standing={} registered={} paid_up={} waived={} votes={} "
      "excluded={}\n",
      row.text("member"), code, membership, row.text("standing"), yes_or_no(row.truth("registered")),
      yes_or_no(row.truth("paid_up")), yes_or_no(row.truth("waived")), count_of(row, "votes"),
      json_of(row.text("excluded")));
}

void RollChecks::take_roll(JsonFields& row, const MemberChecks&) {
  const std::int64_t number = row.number("number");
  require(number == ++last_roll_, "the rolls are numbered with a gap or twice");
  PendingRoll& roll = rolls_[number];
  require(row.number("lines") == roll.count,
          "roll " + std::to_string(number) + " has not as many lines as it says");
  std::string text = fmt::format("coopledger-roll-1\nnode {}\nnumber {}\ntitle {}\nas_of {}\nknown_at {}\n",
                                 node_, number, json_of(row.text("title")), row.day("as_of").text(),
                                 coop::text_of(row.instant("known_at")));
  for (const auto& [code, line] : roll.classes) text += line;
  text += roll.lines;
  require(hex_of(sha256_of(text)) == row.text("hash"),
          "roll " + std::to_string(number) + " has another hash than its text");
  roll.lines.clear();
  roll.is_whole = true;
}

void RollChecks::take_vote(JsonFields& row, const MemberChecks&) {
  const std::int64_t number = row.number("number");
  require(number == static_cast<std::int64_t>(votes_.size()) + 1,
          "the votes are numbered with a gap or twice");
  const std::int64_t roll = row.number("roll");
  require(roll > 0 && roll <= last_roll_, "a vote is under a roll that there is not");
  if (const auto quorum = row.maybe_text("quorum")) {
    const Ratio share = Ratio::parse(*quorum);
    require(share.numerator() >= 0 && share.numerator() <= share.denominator(), "a quorum is no share");
  }
  const auto earlier = row.maybe_number("supersedes");
  require(!earlier || (*earlier > 0 && *earlier < number && superseded_.insert(*earlier).second),
          "a vote supersedes one that there is not, or that is superseded already");
  votes_.emplace(number, KnownVote{roll, {}});
}

void RollChecks::take_tally(JsonFields& row, const MemberChecks&) {
  const auto vote = votes_.find(row.number("vote"));
  require(vote != votes_.end(), "a tally is of a vote that there is not");
  const std::string code = row.text("class");
  const PendingRoll& roll = rolls_.at(vote->second.roll);
  const auto has = roll.votes.find(code);
  std::int64_t cast = 0;
  for (const char* count : {"for", "against", "abstain"}) {
    const std::int64_t votes = row.number(count);
    require(votes >= 0, "a tally is negative");
    cast = checked_add(cast, votes);
  }
  require(has != roll.votes.end() && cast <= has->second && vote->second.counted.insert(code).second,
          "a tally counts votes that the roll has not");
}

void RollChecks::finish() const {
  for (const auto& [number, roll] : rolls_)
    require(roll.is_whole, "there are lines of roll " + std::to_string(number) + ", but not the roll");
}

}  // namespace coop::journals
