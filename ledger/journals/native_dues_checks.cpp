#include "ledger/journals/native_dues_checks.hpp"

#include <array>
#include <boost/json.hpp>
#include <utility>

#include "ledger/journals/native_require.hpp"
#include "ledger/values/bic.hpp"
#include "ledger/values/iban.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/ratio.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/structured_reference.hpp"

namespace coop::journals {

namespace {

void require_share(const std::string& text, const std::string& what) {
  const Ratio share = Ratio::parse(text);
  require(share.numerator() > 0 && share.numerator() <= share.denominator(), what + " is no share");
}

// One more than what was counted so far.
void count(JsonFields& row, std::int64_t& so_far, const char* what) {
  require(row.number("number") == ++so_far, std::string{what} + " are numbered with a gap or twice");
}

}  // namespace

/// What the lines before have told.
struct DuesChecks::Terms {
  const Scales& scales;
  const MemberChecks& members;
  std::int64_t last_entry;

  int scale_of(const std::string& unit) const {
    const auto found = scales.find(unit);
    require(found != scales.end(), "the unit " + unit + " is not described");
    return found->second;
  }
  std::int64_t amount(JsonFields& row, std::string_view name, const std::string& unit) const {
    const std::int64_t minor = minor_from_text(row.text(name), scale_of(unit));
    require(minor >= 0, "the field `" + std::string{name} + "` is negative");
    return minor;
  }
  void require_member(JsonFields& row, std::string_view name) const {
    const std::string number = row.text(name);
    require(members.knows_member(number), "there is no member " + number);
  }
  void require_membership(JsonFields& row) const {
    const std::int64_t id = row.number("membership");
    require(members.knows_membership(id), "there is no membership " + std::to_string(id));
  }
  void require_entry(JsonFields& row) const {
    const auto entry = row.maybe_number("entry");
    require(!entry || (*entry > 0 && *entry <= last_entry), "it names an entry that there is not");
  }
};

DuesChecks::Take DuesChecks::taker_of(std::string_view kind) {
  static constexpr std::array<std::pair<std::string_view, Take>, 15> takers{{
      {"dues_accounts", &DuesChecks::take_accounts},
      {"dues_payee", &DuesChecks::take_payee},
      {"tier", &DuesChecks::take_tier},
      {"tier_price", &DuesChecks::take_price},
      {"unit_rate", &DuesChecks::take_rate},
      {"subscription", &DuesChecks::take_subscription},
      {"concession", &DuesChecks::take_concession},
      {"concession_end", &DuesChecks::take_concession_end},
      {"charge_run", &DuesChecks::take_run},
      {"charge", &DuesChecks::take_charge},
      {"charge_reversal", &DuesChecks::take_reversal},
      {"payment", &DuesChecks::take_payment},
      {"payment_share", &DuesChecks::take_share},
      {"payment_return", &DuesChecks::take_return},
      {"deferral", &DuesChecks::take_deferral},
  }};
  for (const auto& [name, taker] : takers)
    if (name == kind) return taker;
  return nullptr;
}

bool DuesChecks::take(const NativeRow& row, const Scales& scales, const MemberChecks& members,
                      std::int64_t last_entry) {
  const Take taker = taker_of(row.of->kind);
  if (taker == nullptr) return false;
  const auto value = boost::json::parse(row.json);
  JsonFields fields = JsonFields::of(value);
  (this->*taker)(fields, Terms{scales, members, last_entry});
  return true;
}

void DuesChecks::take_accounts(JsonFields& row, const Terms&) {
  require(row.text("receivable") != row.text("prepaid"), "receivable and prepaid dues lie in one account");
  const auto deferred = row.maybe_text("deferred");
  require(!deferred || (*deferred != row.text("receivable") && *deferred != row.text("prepaid")),
          "deferred income lies in no account of its own");
}

void DuesChecks::take_payee(JsonFields& row, const Terms&) {
  require(!std::exchange(has_payee_, true), "it is told twice where dues are paid");
  reference_form(row.text("reference_kind"));
  require(row.has("account_holder") == row.has("iban") && (row.has("iban") || !row.has("bic")),
          "an account has a holder and an IBAN");
  if (row.has("iban")) Iban::parse(row.text("iban"));
  if (row.has("bic")) Bic::parse(row.text("bic"));
}

void DuesChecks::take_tier(JsonFields& row, const Terms& terms) {
  const std::string unit = row.text("unit");
  terms.scale_of(unit);
  require(tier_ids_.insert(row.number("id")).second && unit_of_tier_.emplace(row.text("code"), unit).second,
          "a tier is described twice");
}

void DuesChecks::take_price(JsonFields& row, const Terms& terms) {
  const std::string tier = row.text("tier");
  const auto known = unit_of_tier_.find(tier);
  require(known != unit_of_tier_.end(), "there is no tier " + tier);
  count(row, prices_[tier], "the prices of a tier");
  require(terms.amount(row, "minimum", known->second) <= terms.amount(row, "suggested", known->second),
          "the minimum is above what is suggested");
  terms.amount(row, "joining", known->second);
  const auto local = row.maybe_text("local_unit");
  if (!local) return;
  terms.scale_of(*local);
  require_share(row.text("local_share"), "the local part");
}

void DuesChecks::take_rate(JsonFields& row, const Terms& terms) {
  count(row, rates_, "the rates");
  terms.scale_of(row.text("from"));
  terms.scale_of(row.text("to"));
  require(Ratio::parse(row.text("rate")).numerator() > 0, "a rate is not above zero");
}

void DuesChecks::take_subscription(JsonFields& row, const Terms& terms) {
  terms.require_membership(row);
  count(row, subscriptions_[row.number("membership")], "the subscriptions of a membership");
  terms.require_member(row, "payer");
  const auto tier = row.maybe_text("tier");
  if (!tier) return;
  const auto known = unit_of_tier_.find(*tier);
  require(known != unit_of_tier_.end(), "there is no tier " + *tier);
  if (row.has("chosen")) terms.amount(row, "chosen", known->second);
}

void DuesChecks::take_concession(JsonFields& row, const Terms& terms) {
  terms.require_membership(row);
  count(row, concessions_[row.number("membership")], "the concessions of a membership");
  require_share(row.text("share"), "a concession");
}

void DuesChecks::take_concession_end(JsonFields& row, const Terms& terms) {
  terms.require_membership(row);
  const std::int64_t membership = row.number("membership");
  const std::int64_t number = row.number("concession");
  require(number > 0 && number <= concessions_[membership] && ended_.emplace(membership, number).second,
          "a concession ends that there is not, or ends twice");
}

void DuesChecks::take_run(JsonFields& row, const Terms&) {
  count(row, runs_, "the runs");
  require(row.day("corrections_from") <= row.day("first") && row.day("first") <= row.day("last"),
          "a run's days are out of order");
}

void DuesChecks::take_charge(JsonFields& row, const Terms& terms) {
  count(row, charges_, "the charges");
  const auto run = row.maybe_number("run");
  require(!run || (*run > 0 && *run <= runs_), "a charge is of a run that there is not");
  if (row.has("membership")) terms.require_membership(row);
  terms.require_member(row, "member");
  terms.require_member(row, "debtor");
  terms.require_entry(row);
  const std::string unit = row.text("unit");
  const std::int64_t gross = terms.amount(row, "gross", unit);
  const std::int64_t owed = gross - terms.amount(row, "waived", unit);
  require(owed >= 0 && terms.amount(row, "prepaid", unit) <= owed,
          "a charge's amounts contradict each other");
  require(row.has("entry") == (gross > 0), "a charge is booked if and only if it is above zero");
  owed_of_charge_.emplace(charges_, owed);
  unit_of_charge_.emplace(charges_, unit);
}

void DuesChecks::take_deferral(JsonFields& row, const Terms& terms) {
  const std::int64_t charge = row.number("charge");
  const auto unit = unit_of_charge_.find(charge);
  require(unit != unit_of_charge_.end(), "income is deferred of a charge that there is not");
  const std::int64_t minor = minor_from_text(row.text("amount"), terms.scale_of(unit->second));
  require(minor != 0, "nothing is deferred");
  deferred_minor_[charge] += minor;
  const std::int64_t run = row.number("run");
  require(run > 0 && run <= runs_, "income is deferred by a run that there is not");
  terms.require_entry(row);
}

void DuesChecks::take_reversal(JsonFields& row, const Terms& terms) {
  const std::int64_t charge = row.number("charge");
  require(charge > 0 && charge <= charges_ && reversed_.insert(charge).second,
          "a charge is reversed that there is not, or twice");
  terms.require_entry(row);
}

void DuesChecks::take_payment(JsonFields& row, const Terms& terms) {
  count(row, payments_, "the payments");
  terms.require_member(row, "payer");
  terms.require_entry(row);
  const std::string unit = row.text("unit");
  const std::int64_t minor = terms.amount(row, "amount", unit);
  require(minor > 0, "a payment is not above zero");
  require(row.has("given") == row.has("given_unit"), "what was given has no unit, or the other way round");
  if (row.has("given"))
    require(terms.amount(row, "given", row.text("given_unit")) > 0, "what was given is not above zero");
  unshared_minor_.emplace(payments_, minor);
  unit_of_payment_.emplace(payments_, unit);
}

void DuesChecks::take_share(JsonFields& row, const Terms& terms) {
  const std::int64_t payment = row.number("payment");
  const auto left = unshared_minor_.find(payment);
  require(left != unshared_minor_.end(), "there is no payment " + std::to_string(payment));
  terms.require_member(row, "debtor");
  const std::string& unit = unit_of_payment_.at(payment);
  const std::int64_t minor = terms.amount(row, "amount", unit);
  require(minor > 0 && terms.amount(row, "prepaid", unit) <= minor,
          "a share's amounts contradict each other");
  left->second -= minor;
  const auto charge = row.maybe_number("charge");
  require(!charge || (*charge > 0 && *charge <= charges_), "a share names a charge that there is not");
}

void DuesChecks::take_return(JsonFields& row, const Terms& terms) {
  const std::int64_t payment = row.number("payment");
  require(payment > 0 && payment <= payments_ && returned_.insert(payment).second,
          "a payment is returned that there is not, or twice");
  terms.require_entry(row);
}

void DuesChecks::finish() const {
  for (const auto& [charge, minor] : deferred_minor_)
    require(minor <= 0 && minor >= -owed_of_charge_.at(charge),
            "charge " + std::to_string(charge) + " defers more than it is, or earns more than it deferred");
  for (const auto& [payment, left] : unshared_minor_)
    require(left == 0, "the shares of payment " + std::to_string(payment) + " do not add up to it");
}

}  // namespace coop::journals
