#include "api/handlers/pay_forms.hpp"

#include <algorithm>

#include "api/handlers/dues_forms.hpp"
#include "api/handlers/sharing_forms.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/pay/pay_local.hpp"
#include "ledger/sharing/division_words.hpp"
#include "ledger/values/fraction.hpp"

namespace coop::api {

namespace {

std::string hours_text(std::int64_t minutes) { return Fraction{minutes, 60}.decimal_text(); }

void write_given(JsonWriter& out, std::string_view name, const pay::GivenNumbers& numbers) {
  out.array(name);
  for (const auto& [of, value] : numbers)
    out.open().field("name", of).field("value", Fraction{value}.decimal_text()).close();
  out.end_array();
}

// What of a member's pay is for which cost object.
void write_costs(JsonWriter& out, const pay::PayShare& share, int scale) {
  out.array("cost_objects");
  const auto paid = pay::split_by_costs(share.paid_minor, share.costs);
  const auto deferred = pay::split_by_costs(share.deferred_minor, share.costs);
  for (std::size_t i = 0; i < share.costs.size(); ++i) {
    out.open().text_or_null("cost_object", share.costs[i].object).amount_field("paid", paid[i], scale);
    out.amount_field("deferred", deferred[i], scale).close();
  }
  out.end_array();
}

// The part that is paid in a local unit: null where the run has none.
void write_local_share(JsonWriter& out, const pay::PayRun& run, const pay::PayShare& share) {
  out.name("local");
  if (!run.local) {
    out.value(std::nullopt);
    return;
  }
  out.open().field("share", pay::local_share_of(*run.local, share).text());
  out.field("chosen", share.local_share.has_value());
  out.amount_field("converted", share.converted_minor, run.unit.scale);
  out.amount_field("amount", share.local_minor, run.local->unit.scale).field("unit", run.local->unit.code);
  out.field("rate", Fraction{run.local->rate}.decimal_text()).close();
}

void write_local_pay(JsonWriter& out, const pay::PayRun& run) {
  out.name("local");
  if (!run.local) {
    out.value(std::nullopt);
    return;
  }
  const pay::LocalPay& local = *run.local;
  out.open().field("unit", local.unit.code).field("share", local.share.text());
  out.maybe_amount("most", local.most_minor, run.unit.scale);
  out.field("rate", Fraction{local.rate}.decimal_text()).field("rate_number", local.rate_number);
  out.field("payable", local.payable).field("conversion", local.conversion);
  out.amount_field("converted", pay::converted_minor_of(run), run.unit.scale);
  out.amount_field("amount", pay::local_minor_of(run), local.unit.scale).close();
}

void write_pay_share(JsonWriter& out, const pay::PayRun& run, const pay::PayShare& share) {
  const int scale = run.unit.scale;
  out.open().field("member", share.member).text_or_null("place", share.place);
  write_given(out, "measures", share.measures);
  out.field("hours", hours_text(share.minutes)).maybe_amount("rate", share.rate_minor, scale);
  out.amount_field("claim", share.claim_minor, scale).amount_field("paid", share.paid_minor, scale);
  out.amount_field("deferred", share.deferred_minor, scale);
  out.amount_field("granted", pay::granted_minor_of(run, share), scale).array("claims");
  for (const pay::ClaimLot& lot : share.lots) {
    out.open().field("run", lot.claim).field("since", lot.since);
    out.amount_field("open", lot.open_minor, scale).amount_field("settled", lot.settled_minor, scale);
    out.text_or_null("account", lot.account).close();
  }
  out.end_array();
  write_costs(out, share, scale);
  write_local_share(out, run, share);
  out.close();
}

void write_pots(JsonWriter& out, const pay::PayRun& run) {
  const int scale = run.unit.scale;
  out.array("pots");
  for (const pay::PayPot& pot : run.pots) {
    out.open().field("name", pot.name).amount_field("received", pot.received_minor, scale);
    out.amount_field("passed_on", pot.received_minor - pot.paid_minor - pot.amount_minor, scale);
    out.amount_field("paid", pot.paid_minor, scale).amount_field("amount", pot.amount_minor, scale);
    out.text_or_null("from", pot.booked.from).text_or_null("to", pot.booked.to);
    out.text_or_null("fund", pot.booked.fund).close();
  }
  out.end_array();
}

void write_steps(JsonWriter& out, const pay::PayRun& run) {
  out.array("steps");
  for (const pay::PayStep& step : run.steps) {
    out.open().field("number", step.number).field("step", pay::text_of(step.kind));
    out.field("first_entry", step.first_entry).field("last_entry", step.last_entry);
    out.text_or_null("reason", step.reason).field("recorded_at", step.recorded_at);
    out.field("recorded_by", step.recorded_by_name).close();
  }
  out.end_array();
}

std::int64_t left_of(const pay::PayRun& run, const std::optional<pay::PayExplanation>& explained) {
  return explained && !explained->division.pots.empty() ? explained->division.pots.front().left
                                                        : run.amount_minor - pay::paid_minor_of(run);
}

}  // namespace

void write_tariff(JsonWriter& out, const pay::Tariff& tariff) {
  out.open().field("number", tariff.number).field("work", tariff.is.work);
  out.text_or_null("circle", tariff.is.circle).text_or_null("member", tariff.is.member);
  out.field("from_on", tariff.is.from_on).maybe_amount("amount", tariff.is.minor, tariff.scale);
  out.text_or_null("unit", tariff.is.unit).field("decision", tariff.is.decision);
  out.field("recorded_at", tariff.recorded_at).field("recorded_by", tariff.recorded_by).close();
}

void write_pay_run(JsonWriter& out, const pay::PayRun& run,
                   const std::optional<pay::PayExplanation>& explained) {
  const int scale = run.unit.scale;
  out.open().field("number", run.number).field("kind", pay::text_of(run.kind));
  out.field("state", pay::text_of(pay::state_of(run))).field("from_on", run.from_on);
  out.field("to_on", run.to_on).field("booked_on", run.booked_on);
  out.amount_field("amount", run.amount_minor, scale).field("unit", run.unit.code);
  out.amount_field("paid", pay::paid_minor_of(run), scale);
  out.amount_field("deferred", pay::deferred_minor_of(run), scale);
  out.amount_field("left", left_of(run, explained), scale).field("hours", hours_text(pay::minutes_of(run)));
  out.field("deferred_as", pay::text_of(run.deferred_as)).field("wages", run.accounts.wages);
  out.text_or_null("payable", run.accounts.payable).text_or_null("deferred_account", run.accounts.deferred);
  out.text_or_null("decision", run.decision).text_or_null("fund", run.fund);
  out.field("grants", run.grants).text_or_null("circle", run.circle);
  out.field("mandate", run.mandate ? std::optional{run.mandate->number} : std::nullopt);
  out.field("mandate_minutes", run.mandate ? run.mandate->minutes : std::nullopt);
  write_local_pay(out, run);
  write_pots(out, run);
  write_given(out, "figures", run.figures);
  out.array("members");
  for (const pay::PayShare& share : run.shares) write_pay_share(out, run, share);
  out.end_array().name("division");
  if (explained)
    write_division(out, explained->version,
                   {.minor = run.amount_minor, .unit = run.unit, .on = run.to_on, .figures = {}},
                   explained->division);
  else out.value(std::nullopt);
  write_steps(out, run);
  out.field("recorded_at", run.recorded_at).field("recorded_by", run.recorded_by_name).close();
}

std::string pay_run_json(Tx& tx, const Call& call, const pay::PayRun& run) {
  JsonWriter out;
  write_pay_run(out, run, pay::explain(tx, call.node().id, run));
  return out.take();
}

void write_pay_summary(JsonWriter& out, const pay::PayRunSummary& run) {
  out.open().field("number", run.number).field("kind", pay::text_of(run.kind));
  out.field("state", pay::text_of(run.state)).field("from_on", run.from_on).field("to_on", run.to_on);
  out.amount_field("amount", run.amount_minor, run.scale).field("unit", run.unit);
  out.amount_field("paid", run.paid_minor, run.scale).amount_field("deferred", run.deferred_minor, run.scale);
  out.field("deferred_as", pay::text_of(run.deferred_as)).field("members", run.members);
  out.field("recorded_at", run.recorded_at).close();
}

void write_payslip_summary(JsonWriter& out, const pay::PayslipSummary& slip) {
  out.open().field("run", slip.run).field("kind", pay::text_of(slip.kind));
  out.field("state", pay::text_of(slip.state)).field("from_on", slip.from_on).field("to_on", slip.to_on);
  out.field("hours", hours_text(slip.minutes)).amount_field("claim", slip.claim_minor, slip.scale);
  out.amount_field("paid", slip.paid_minor, slip.scale);
  out.amount_field("deferred", slip.deferred_minor, slip.scale).field("unit", slip.unit);
  out.field("deferred_as", pay::text_of(slip.deferred_as)).close();
}

void write_payslip(JsonWriter& out, const pay::PayRun& run, const pay::PayShare& share,
                   const std::vector<std::string>& words) {
  const int scale = run.unit.scale;
  out.open().field("run", run.number).field("kind", pay::text_of(run.kind));
  out.field("state", pay::text_of(pay::state_of(run))).field("from_on", run.from_on);
  out.field("to_on", run.to_on).field("booked_on", run.booked_on).field("member", share.member);
  out.field("hours", hours_text(share.minutes)).maybe_amount("rate", share.rate_minor, scale);
  out.amount_field("claim", share.claim_minor, scale).amount_field("paid", share.paid_minor, scale);
  out.amount_field("deferred", share.deferred_minor, scale);
  out.amount_field("settled", pay::settled_minor_of(share), scale);
  out.amount_field("granted", pay::granted_minor_of(run, share), scale).field("unit", run.unit.code);
  out.field("deferred_as", pay::text_of(run.deferred_as));
  out.text_or_null("rule", run.rule ? run.rule->code : std::string{});
  out.field("version", run.rule ? std::optional{run.rule->version} : std::nullopt);
  out.text_or_null("decision", run.decision).text_or_null("fund", run.fund);
  write_costs(out, share, scale);
  write_local_share(out, run, share);
  out.array("words");
  for (const std::string& sentence : words) out.value(sentence);
  out.end_array().close();
}

Payslip read_payslip(Tx& tx, NodeId node, pay::PayRunNumber number, const std::string& member) {
  const pay::PayRun run = pay::read_pay_run(tx, node, number);
  const auto found = std::ranges::find(run.shares, member, &pay::PayShare::member);
  if (found == run.shares.end())
    throw Refused{Refusal::party_unknown, "this member is not in pay run " + std::to_string(number.number())};
  std::vector<std::string> words;
  if (const auto explained = pay::explain(tx, node, run))
    words = sharing::words_of(
        explained->division.participants.at(static_cast<std::size_t>(found - run.shares.begin())).why,
        run.unit);
  if (run.local) words.push_back(pay::local_words_of(run, *found));
  return {run, *found, std::move(words)};
}

void write_claim(JsonWriter& out, const pay::DeferredClaim& claim, Day on) {
  out.open().field("run", claim.run).field("member", claim.member).field("since", claim.since);
  out.field("age_days", pay::age_days(claim, on)).field("deferred_as", pay::text_of(claim.as));
  out.amount_field("deferred", claim.deferred_minor, claim.scale);
  out.amount_field("settled", claim.settled_minor, claim.scale);
  out.amount_field("lapsed", claim.lapsed_minor, claim.scale);
  out.amount_field("waiting", claim.waiting_minor, claim.scale);
  out.amount_field("open", pay::open_minor_of(claim), claim.scale).field("unit", claim.unit);
  out.text_or_null("account", claim.account).close();
}

std::string asked_member(Tx& tx, const Call& call) {
  const auto party = asked_party_in(tx, call, "member");
  return party ? members::read_party_number(tx, call.node().id, *party) : std::string{};
}

}  // namespace coop::api
