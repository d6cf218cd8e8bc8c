#include "ledger/members/class_rule.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ledger/values/refusal.hpp"

namespace coop::members {

namespace {

constexpr int most_days = 3'660;

void require_share(const char* field, const char* what, const std::optional<Ratio>& share) {
  if (!share || (share->numerator() > 0 && share->numerator() <= share->denominator())) return;
  throw Refused{Refusal::field_invalid, std::string{what} + " is more than 0 and at most 1", field};
}

void require_days(const char* field, int days) {
  if (days >= 0 && days <= most_days) return;
  throw Refused{Refusal::field_invalid, fmt::format("0 to {} days", most_days), field};
}

}  // namespace

std::string_view text_of(OneVote one_vote) { return one_vote == OneVote::member ? "member" : "head_count"; }

OneVote one_vote_from(std::string_view text) {
  if (text == "member") return OneVote::member;
  if (text == "head_count") return OneVote::head_count;
  throw Refused{Refusal::field_invalid,
                "there is one vote for each member or each head_count, not for each \"" +
                    std::string{text.substr(0, 40)} + "\""};
}

const AdoptedRule* find_rule_on(const MemberClass& of, Day day, std::optional<Instant> known_at) {
  const AdoptedRule* found = nullptr;
  for (const AdoptedRule& adopted : of.rules) {
    if (adopted.rule.from_on > day || (known_at && adopted.recorded_at > *known_at)) continue;
    const bool later = !found || adopted.rule.from_on > found->rule.from_on ||
                       (adopted.rule.from_on == found->rule.from_on && adopted.number > found->number);
    if (later) found = &adopted;
  }
  return found;
}

void require_class_code(std::string_view code) {
  const auto is_small = [](char c) { return c >= 'a' && c <= 'z'; };
  const bool well_formed = !code.empty() && code.size() <= 40 && is_small(code.front()) &&
                           std::all_of(code.begin(), code.end(), [&](char c) {
                             return is_small(c) || (c >= '0' && c <= '9') || c == '-';
                           });
  if (well_formed) return;
  throw Refused{Refusal::name_malformed, "a class's code has 1 to 40 of a-z 0-9 - and begins with a letter",
                "/code"};
}

void require_class_rule(const ClassRule& rule) {
  require_share("/weight", "a bloc's weight", rule.weight);
  require_share("/attendance", "the share of meetings", rule.attendance);
  require_days("/grace_days", rule.grace_days);
  require_days("/arrears_days", rule.arrears_days);
  if (rule.arrears_days < rule.grace_days) {
    throw Refused{Refusal::field_invalid, "nobody is behind before the days of grace have passed",
                  "/arrears_days"};
  }
  if (rule.obligation && rule.obligation->minor() <= 0)
    throw Refused{Refusal::field_invalid, "an obligation is more than zero", "/obligation"};
  if (rule.decision.empty() || rule.decision.size() > 500) {
    throw Refused{Refusal::field_invalid, "a rule names the decision that adopted it, with 1 to 500 bytes",
                  "/decision"};
  }
}

std::string words_of(const ClassRule& rule, std::string_view obligation) {
  std::string text = "From " + rule.from_on.text() + ": ";
  if (!rule.weight) text += "no vote";
  else if (rule.weight->denominator() == 1) text += "the whole of the vote";
  else text += rule.weight->text() + " of the vote";
  if (rule.weight)
    text += rule.one_vote == OneVote::member ? ", one vote each" : ", one vote for every declared head";
  if (rule.attendance)
    text += "; at " + rule.attendance->text() + " of the meetings of the last twelve months at least";
  if (rule.is_solidarity) {
    text += "; free of dues";
  } else {
    text += fmt::format("; dues {} days late are arrears, {} days late end the vote", rule.grace_days + 1,
                        rule.arrears_days + 1);
  }
  if (!obligation.empty()) text += "; joining obliges to " + std::string{obligation};
  return text + ". Adopted: " + rule.decision + ".";
}

}  // namespace coop::members
