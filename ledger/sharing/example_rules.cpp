#include "ledger/sharing/example_rules.hpp"

#include <string>

#include "ledger/sharing/rule_json.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::sharing {

namespace {

constexpr ExampleRule examples[] = {
    {"equal_hour", "Every hour is paid the same", R"json({"steps": [
  {"step": "weight", "factors": ["hours"]},
  {"step": "pro_rata", "to": "weights"}]})json"},
    {"own_rates", "Each at their own rate; what the pot does not cover stays open", R"json({"steps": [
  {"step": "claim", "amount": ["hours", "rate"]},
  {"step": "pro_rata", "to": "claims"}]})json"},
    {"own_claims", "Each by what their hours come to, also at several rates; the rest stays open",
     R"json({"steps": [
  {"step": "claim", "amount": ["claim"]},
  {"step": "pro_rata", "to": "claims"}]})json"},
    {"living_wage_floor", "A living wage first, the rest by own rates", R"json({"unit": "GBP", "steps": [
  {"step": "claim", "amount": ["hours", "rate"]},
  {"step": "floor", "amount": ["hours", "12.60"]},
  {"step": "pro_rata", "to": "claims"}]})json"},
    {"place_wage_floor", "The published living wage of each place first, the rest by own rates",
     R"json({"steps": [
  {"step": "claim", "amount": ["hours", "rate"]},
  {"step": "floor", "amount": ["hours", "place:living_wage"]},
  {"step": "pro_rata", "to": "claims"}]})json"},
    {"ratio_cap", "Nobody earns more than three times the lowest rate", R"json({"steps": [
  {"step": "ratio_cap", "measure": "rate", "times": "3"},
  {"step": "claim", "amount": ["hours", "rate"]},
  {"step": "pro_rata", "to": "claims"}]})json"},
    {"regional_index", "Hours, weighted by the costs of living of each place", R"json({"steps": [
  {"step": "weight", "factors": ["hours"]},
  {"step": "index", "by": "living_cost"},
  {"step": "pro_rata", "to": "weights"}]})json"},
    {"housing_first", "Emergency: everybody's housing first, the rest equally", R"json({"steps": [
  {"step": "first", "amount": ["housing"]},
  {"step": "equal"}]})json"},
    {"hourly_cap", "A pot by hours, at most 20 an hour", R"json({"unit": "USD", "steps": [
  {"step": "cap", "amount": ["hours", "20"], "of": "all"},
  {"step": "weight", "factors": ["hours"]},
  {"step": "pro_rata", "to": "weights"}]})json"},
    {"needs", "A core rate for everybody, more for those who need more", R"json({"steps": [
  {"step": "claim", "amount": ["hours", "figure:core_rate", "need"]},
  {"step": "pro_rata", "to": "claims"}]})json"},
    {"equal_parts", "The same for everybody", R"json({"steps": [{"step": "equal"}]})json"},
    {"waterfall", "Servers, host, reserve and commons first, wages of the rest",
     R"json({"unit": "EUR", "steps": [
  {"step": "first", "amount": ["figure:server_costs"], "to": "servers"},
  {"step": "percentage", "percent": "5%", "of": "total", "to": [{"name": "host_fee"}]},
  {"step": "percentage", "percent": "10%", "of": "total", "to": [{"name": "reserve"}]},
  {"step": "percentage", "percent": "5%", "of": "total", "to": [{"name": "commons"}]},
  {"step": "percentage", "pot": "commons", "percent": "100%", "of": "rest", "to": [
    {"name": "media"}, {"name": "venue"}, {"name": "community"}, {"name": "civil_society"}]},
  {"step": "claim", "amount": ["hours", "25.00"]},
  {"step": "pro_rata", "to": "claims"}]})json"},
    {"livelihood_love_care", "Paid work 75, pro bono work 25, then care", R"json({"unit": "EUR", "steps": [
  {"step": "percentage", "percent": "100%", "of": "total", "to": [
    {"name": "livelihood", "weight": "75"}, {"name": "love", "weight": "25"}]},
  {"step": "claim", "pot": "livelihood", "amount": ["livelihood_credits"]},
  {"step": "pro_rata", "pot": "livelihood", "to": "claims"},
  {"step": "claim", "pot": "love", "amount": ["words_translated", "0.08"]},
  {"step": "claim", "pot": "love", "amount": ["words_edited", "0.04"]},
  {"step": "pro_rata", "pot": "love", "to": "claims"},
  {"step": "care", "measure": "care_hours", "rate": "15.00"}]})json"},
    {"oldest_first", "What is owed, the oldest quarter first", R"json({"steps": [
  {"step": "oldest_first", "period": "quarter"}]})json"},
    {"all_debts_alike", "What is owed, in proportion", R"json({"steps": [
  {"step": "claim", "of": "lots"},
  {"step": "pro_rata", "to": "claims"}]})json"},
    {"winding_up", "Delayed wages 60, the handover team 15, a dowry 25", R"json({"steps": [
  {"step": "percentage", "percent": "100%", "of": "total", "to": [
    {"name": "wages", "weight": "60"}, {"name": "handover", "weight": "15"},
    {"name": "dowry", "weight": "25"}]},
  {"step": "claim", "pot": "wages", "of": "lots"},
  {"step": "pro_rata", "pot": "wages", "to": "claims"},
  {"step": "equal", "pot": "handover", "among": "handover_team"},
  {"step": "unclaimed", "pot": "wages", "unless": "claimed_in_time", "to": "dowry"},
  {"step": "unclaimed", "pot": "handover", "unless": "claimed_in_time", "to": "dowry"}]})json"},
    {"surplus", "Surplus 45/45/10, patronage by hours, a fifth in cash", R"json({"steps": [
  {"step": "percentage", "percent": "100%", "of": "total", "to": [
    {"name": "reserve", "weight": "45"}, {"name": "patronage", "weight": "45"},
    {"name": "education", "weight": "10"}]},
  {"step": "weight", "pot": "patronage", "factors": ["hours"]},
  {"step": "pro_rata", "pot": "patronage", "to": "weights"},
  {"step": "cash", "pot": "patronage", "percent": "20%"}]})json"},
    {"loss", "A loss: half to the reserve, half by hours", R"json({"steps": [
  {"step": "percentage", "percent": "50%", "of": "total", "to": [{"name": "reserve"}]},
  {"step": "weight", "factors": ["hours"]},
  {"step": "pro_rata", "to": "weights"}]})json"},
    {"server_bill", "Shared costs: 40 equally, 60 by room minutes", R"json({"steps": [
  {"step": "percentage", "percent": "100%", "of": "total", "to": [
    {"name": "equal_part", "weight": "40"}, {"name": "usage_part", "weight": "60"}]},
  {"step": "equal", "pot": "equal_part"},
  {"step": "weight", "pot": "usage_part", "factors": ["minutes"]},
  {"step": "pro_rata", "pot": "usage_part", "to": "weights"}]})json"},
    {"by_members", "Shared costs by how many members each has", R"json({"steps": [
  {"step": "weight", "factors": ["members"]},
  {"step": "pro_rata", "to": "weights"}]})json"},
    {"by_minutes", "Shared costs by what each used: room minutes", R"json({"steps": [
  {"step": "weight", "factors": ["minutes"]},
  {"step": "pro_rata", "to": "weights"}]})json"},
    {"by_income", "Shared costs by what each earned", R"json({"steps": [
  {"step": "weight", "factors": ["income"]},
  {"step": "pro_rata", "to": "weights"}]})json"},
    {"by_weights", "Shared costs by weights that were agreed", R"json({"steps": [
  {"step": "weight", "factors": ["weight"]},
  {"step": "pro_rata", "to": "weights"}]})json"},
    {"fixed_then_income", "Shared costs: fixed amounts first, the rest by income", R"json({"steps": [
  {"step": "first", "amount": ["fixed"]},
  {"step": "weight", "factors": ["income"]},
  {"step": "pro_rata", "to": "weights"}]})json"},
    {"fee_then_minutes",
     "Shared costs: a fee for each member that is set with the period, the rest by room minutes",
     R"json({"steps": [
  {"step": "first", "amount": ["figure:fee", "members"]},
  {"step": "weight", "factors": ["minutes"]},
  {"step": "pro_rata", "to": "weights"}]})json"},
    {"three_keys", "Shared costs: a fifth equally, three tenths by members, half by room minutes",
     R"json({"steps": [
  {"step": "percentage", "percent": "100%", "of": "total", "to": [
    {"name": "equal_part", "weight": "20"}, {"name": "members_part", "weight": "30"},
    {"name": "usage_part", "weight": "50"}]},
  {"step": "equal", "pot": "equal_part"},
  {"step": "weight", "pot": "members_part", "factors": ["members"]},
  {"step": "pro_rata", "pot": "members_part", "to": "weights"},
  {"step": "weight", "pot": "usage_part", "factors": ["minutes"]},
  {"step": "pro_rata", "pot": "usage_part", "to": "weights"}]})json"},
};

}  // namespace

std::span<const ExampleRule> example_rules() { return examples; }

SharingRule example_rule(std::string_view code) {
  for (const ExampleRule& example : examples)
    if (example.code == code) return sharing_rule_from_text(example.rule);
  throw Refused{Refusal::template_unknown, "there is no example \"" + std::string{code.substr(0, 60)} + "\""};
}

}  // namespace coop::sharing
