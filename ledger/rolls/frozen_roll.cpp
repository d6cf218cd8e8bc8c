#include "ledger/rolls/frozen_roll.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "ledger/values/refusal.hpp"

namespace coop::rolls {

namespace {

std::string json_text(std::string_view text) {
  return boost::json::serialize(boost::json::string_view{text.data(), text.size()});
}

const char* yes_or_no(bool truth) { return truth ? "yes" : "no"; }

}  // namespace

void require_roll_draft(const RollDraft& draft, Instant now) {
  if (draft.title.empty() || draft.title.size() > 200)
    throw Refused{Refusal::field_invalid, "a roll's title has 1 to 200 bytes", "/title"};
  if (draft.known_at && *draft.known_at > now)
    throw Refused{Refusal::field_invalid, "what will be known later is not known yet", "/known_at"};
}

std::string canonical_head(std::string_view node, const FrozenRoll& roll) {
  std::string text = fmt::format("coopledger-roll-1\nnode {}\nnumber {}\ntitle {}\nas_of {}\nknown_at {}\n",
                                 node, roll.number.number(), json_text(roll.title), roll.as_of.text(),
                                 coop::text_of(roll.known_at));
  for (const RollClass& of : roll.classes)
    text += fmt::format(
        "class {} rule={} weight={} one_vote={} registered={} paid_up={} eligible={} votes={} "
        "words={}\n",
        of.code, of.rule ? std::to_string(*of.rule) : "-", of.weight ? of.weight->text() : "-",
        members::text_of(of.one_vote), of.registered, of.paid_up, of.eligible, of.votes, json_text(of.words));
  return text;
}

void append_canonical(std::string& out, const RollLine& line) {
  fmt::format_to(std::back_inserter(out),
                 "member {} class={} membership={} standing={} registered={} paid_up={} waived={} votes={} "
                 "excluded={}\n",
                 line.number, line.class_code, line.membership.number(), members::text_of(line.standing),
                 yes_or_no(line.is_registered), yes_or_no(line.is_paid_up), yes_or_no(line.is_waived),
                 line.votes, json_text(text_of(line.exclusions)));
}

}  // namespace coop::rolls
