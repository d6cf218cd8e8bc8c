#include "api/handlers/roll_forms.hpp"

#include <algorithm>

#include "api/handlers/dues_forms.hpp"
#include "api/handlers/reason_reader.hpp"
#include "api/handlers/text_limits.hpp"

namespace coop::api {

namespace {

constexpr std::int64_t most_votes = 1'000'000'000'000;

std::optional<std::string> ratio_text(const std::optional<Ratio>& ratio) {
  return ratio ? std::optional{ratio->text()} : std::nullopt;
}

void write_class_counts(JsonWriter& out, const rolls::RollClass& of) {
  out.field("registered", of.registered).field("paid_up", of.paid_up);
  out.field("eligible", of.eligible).field("votes", of.votes);
}

void write_share_fraction(JsonWriter& out, const std::optional<Fraction>& share) {
  out.field("share_for", share ? std::optional{share->text()} : std::nullopt);
  out.field("percent_for", share ? std::optional{share->percent_text(1)} : std::nullopt);
}

void write_tally(JsonWriter& out, const rolls::Tally& tally, const rolls::RollClass& of) {
  out.open().field("class", tally.class_code).field("weight", ratio_text(of.weight)).field("votes", of.votes);
  out.field("for", tally.votes_for).field("against", tally.votes_against);
  out.field("abstain", tally.abstained).close();
}

void write_outcome(JsonWriter& out, const rolls::Outcome& outcome) {
  out.object("outcome").field("eligible", outcome.eligible).field("cast", outcome.cast);
  out.field("for", outcome.votes_for).field("against", outcome.votes_against);
  out.field("abstain", outcome.abstained).field("quorum_votes", outcome.quorum_votes);
  out.field("quorum_met", outcome.quorum_met).object("weighted");
  out.field("for", outcome.weighted_for.text()).field("against", outcome.weighted_against.text());
  out.field("silent", outcome.weighted_silent.text());
  write_share_fraction(out, outcome.share_for);
  out.close().object("by_head");
  write_share_fraction(out, outcome.share_for_by_head);
  out.close().close();
}

std::vector<rolls::Tally> tallies_from(const JsonValue& tally, const RequireClass& require_class) {
  std::vector<rolls::Tally> tallies;
  for (const JsonValue& one : tally.elements()) {
    const JsonObject fields{one, {"class", "for", "against", "abstain"}};
    const JsonValue of = fields.require("class");
    of.parsed([&](std::string_view code) { return require_class(code), true; });
    const auto abstain = fields.find("abstain");
    tallies.push_back({of.text(any_text), fields.require("for").number(0, most_votes),
                       fields.require("against").number(0, most_votes),
                       abstain ? abstain->number(0, most_votes) : 0});
  }
  return tallies;
}

}  // namespace

void write_roll_classes(JsonWriter& out, std::span<const rolls::RollClass> classes) {
  out.array("classes");
  for (const rolls::RollClass& of : classes) {
    out.open().field("class", of.code).field("title", of.title).field("rule", of.rule);
    out.field("weight", ratio_text(of.weight)).field("one_vote", members::text_of(of.one_vote));
    out.text_or_null("words", of.words);
    write_class_counts(out, of);
    out.close();
  }
  out.end_array();
  write_class_counts(out, rolls::sum_of(classes));
}

void write_exclusions(JsonWriter& out, std::span<const rolls::Exclusion> exclusions) {
  out.array("exclusions");
  for (const rolls::Exclusion& one : exclusions)
    out.open().field("kind", rolls::text_of(one.kind)).field("words", one.words).close();
  out.end_array();
}

void write_roll_line(JsonWriter& out, const rolls::RollLine& line,
                     std::span<const rolls::RollClass> classes) {
  const auto share = rolls::share_of(rolls::class_of(classes, line.class_code), line.votes);
  out.open()
      .field("member", line.number)
      .field("class", line.class_code)
      .field("membership", line.membership);
  out.field("standing", members::text_of(line.standing)).field("registered", line.is_registered);
  out.field("paid_up", line.is_paid_up).field("waived", line.is_waived).field("eligible", line.is_eligible());
  out.field("votes", line.votes).field("share", share ? std::optional{share->text()} : std::nullopt);
  write_exclusions(out, line.exclusions);
  out.close();
}

void write_frozen_roll(JsonWriter& out, const rolls::FrozenRoll& roll) {
  out.field("number", roll.number).field("title", roll.title).field("as_of", roll.as_of);
  out.field("known_at", roll.known_at).field("lines", roll.lines).field("hash", hex_of(roll.hash));
  out.field("recorded_at", roll.recorded_at).field("recorded_by", roll.recorded_by);
  write_roll_classes(out, roll.classes);
}

void write_vote(JsonWriter& out, const rolls::Vote& vote, std::span<const rolls::RollClass> classes) {
  const rolls::VoteDraft& recorded = vote.recorded;
  out.field("number", vote.number).field("roll", recorded.roll).field("title", recorded.title);
  out.field("link", recorded.link)
      .field("held_on", recorded.held_on)
      .field("quorum", ratio_text(recorded.quorum));
  out.text_or_null("decision", recorded.decision).field("supersedes", recorded.supersedes);
  out.text_or_null("reason", recorded.reason).field("superseded_by", vote.superseded_by).array("tally");
  for (const rolls::Tally& tally : recorded.tallies)
    write_tally(out, tally, rolls::class_of(classes, tally.class_code));
  out.end_array();
  write_outcome(out, rolls::outcome_of(recorded.tallies, recorded.quorum, classes));
  out.field("recorded_at", vote.recorded_at).field("recorded_by", vote.recorded_by);
}

rolls::VoteDraft vote_draft_from(JsonValue vote, rolls::RollNumber roll, const RequireClass& require_class) {
  const JsonObject fields{
      vote, {"title", "link", "held_on", "quorum", "tally", "decision", "supersedes", "reason"}};
  rolls::VoteDraft draft{.roll = roll,
                         .title = fields.require("title").text(any_text),
                         .held_on = fields.require("held_on").day()};
  if (const auto link = fields.find("link")) draft.link = link->text(any_text);
  if (const auto quorum = fields.find("quorum")) draft.quorum = quorum->parsed(Ratio::parse);
  draft.tallies = tallies_from(fields.require("tally"), require_class);
  draft.decision = decision_from(fields);
  if (const auto earlier = fields.find("supersedes"))
    draft.supersedes = rolls::VoteNumber{
        static_cast<std::int32_t>(earlier->number(1, std::numeric_limits<std::int32_t>::max()))};
  if (fields.find("reason")) draft.reason = reason_from(fields);
  return draft;
}

}  // namespace coop::api
