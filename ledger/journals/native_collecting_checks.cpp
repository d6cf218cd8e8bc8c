#include "ledger/journals/native_collecting_checks.hpp"

#include <array>
#include <boost/json.hpp>

#include "ledger/journals/native_require.hpp"
#include "ledger/values/bic.hpp"
#include "ledger/values/euro.hpp"
#include "ledger/values/iban.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::journals {

namespace {

std::int64_t cents(JsonFields& row) {
  const std::int64_t minor = minor_from_text(row.text("amount"), euro_scale);
  require(minor > 0, "an amount that is collected is not above zero");
  return minor;
}

void check_account(JsonFields& row) {
  Iban::parse(row.text("iban"));
  if (const auto bic = row.maybe_text("bic")) Bic::parse(*bic);
}

}  // namespace

CollectingChecks::Take CollectingChecks::taker_of(std::string_view kind) {
  static constexpr std::array<std::pair<std::string_view, Take>, 10> takers{{
      {"creditor", &CollectingChecks::take_creditor},
      {"mandate", &CollectingChecks::take_mandate},
      {"mandate_account", &CollectingChecks::take_account},
      {"collection", &CollectingChecks::take_collection},
      {"collection_skip", &CollectingChecks::take_skip},
      {"collection_line", &CollectingChecks::take_line},
      {"collection_charge", &CollectingChecks::take_charge},
      {"collection_step", &CollectingChecks::take_step},
      {"collection_payment", &CollectingChecks::take_payment},
      {"mandate_change", &CollectingChecks::take_change},
  }};
  for (const auto& [name, taker] : takers)
    if (name == kind) return taker;
  return nullptr;
}

bool CollectingChecks::take(const NativeRow& row, const MemberChecks& members, const DuesChecks& dues) {
  const Take taker = taker_of(row.of->kind);
  if (taker == nullptr) return false;
  const auto value = boost::json::parse(row.json);
  JsonFields fields = JsonFields::of(value);
  (this->*taker)(fields, Terms{members, dues});
  return true;
}

void CollectingChecks::require_collection(JsonFields& row) const {
  const std::int64_t number = row.number("collection");
  require(number > 0 && number <= collections_, "there is no collection " + std::to_string(number));
}

CollectingChecks::Line CollectingChecks::require_line(JsonFields& row) const {
  const Line line{row.number("collection"), row.number("line")};
  require(left_minor_.contains(line),
          "collection " + std::to_string(line.first) + " has no line " + std::to_string(line.second));
  return line;
}

CollectingChecks::KnownMandate& CollectingChecks::mandate_of(JsonFields& row) {
  const auto found = mandates_.find(row.number("mandate"));
  require(found != mandates_.end(), "there is no mandate " + std::to_string(row.number("mandate")));
  return found->second;
}

void CollectingChecks::take_creditor(JsonFields& row, const Terms&) {
  require(row.number("number") == ++creditors_, "the creditor's settings are numbered with a gap or twice");
  check_account(row);
}

void CollectingChecks::take_mandate(JsonFields& row, const Terms& terms) {
  const std::string member = row.text("member");
  require(terms.members.knows_member(member), "there is no member " + member);
  const std::int64_t id = row.number("id");
  require(id == static_cast<std::int64_t>(mandates_.size()) + 1 &&
              references_.insert(row.text("reference")).second,
          "the mandates are numbered with a gap, or a reference stands twice");
  mandates_.emplace(id, KnownMandate{member, row.day("signed_on")});
}

void CollectingChecks::take_account(JsonFields& row, const Terms& terms) {
  KnownMandate& mandate = mandate_of(row);
  require(!terms.members.has_erased(mandate.member), "whoever was erased has no account any more");
  require(row.number("number") == ++mandate.accounts,
          "the accounts of a mandate are numbered with a gap or twice");
  check_account(row);
}

void CollectingChecks::take_collection(JsonFields& row, const Terms&) {
  require(row.number("number") == ++collections_, "the collections are numbered with a gap or twice");
  const std::int64_t creditor = row.number("creditor");
  require(creditor > 0 && creditor <= creditors_, "there is no creditor " + std::to_string(creditor));
}

void CollectingChecks::take_skip(JsonFields& row, const Terms& terms) {
  require_collection(row);
  require(terms.members.knows_member(row.text("member")), "there is no member " + row.text("member"));
}

void CollectingChecks::take_line(JsonFields& row, const Terms&) {
  require_collection(row);
  mandate_of(row);
  require(left_minor_.emplace(Line{row.number("collection"), row.number("line")}, cents(row)).second,
          "a line of a collection is described twice");
}

void CollectingChecks::take_charge(JsonFields& row, const Terms& terms) {
  const Line line = require_line(row);
  const std::int64_t charge = row.number("charge");
  require(terms.dues.knows_charge(charge), "there is no charge " + std::to_string(charge));
  left_minor_.at(line) -= cents(row);
  require(!row.truth("live") || held_charges_.insert(charge).second,
          "charge " + std::to_string(charge) + " is collected twice");
}

void CollectingChecks::take_step(JsonFields& row, const Terms& terms) {
  require_collection(row);
  require(row.number("number") == ++steps_[row.number("collection")],
          "the steps of a collection are numbered with a gap or twice");
  if (row.has("line")) require_line(row);
  const auto fee = row.maybe_number("fee_charge");
  require(!fee || terms.dues.knows_charge(*fee), "there is no charge of a fee");
}

void CollectingChecks::take_payment(JsonFields& row, const Terms& terms) {
  require(paid_.insert(require_line(row)).second, "a line is paid twice");
  require(terms.dues.knows_payment(row.number("payment")), "a line is paid by a payment that there is not");
}

void CollectingChecks::take_change(JsonFields& row, const Terms&) {
  KnownMandate& mandate = mandate_of(row);
  require(row.number("number") == ++mandate.changes,
          "the changes of a mandate are numbered with a gap or twice");
  require(row.day("on_day") >= mandate.signed_on, "a mandate changes before it is signed");
  if (row.has("collection")) require_line(row);
}

void CollectingChecks::finish() const {
  for (const auto& [line, left] : left_minor_)
    require(left == 0, "the charges of line " + std::to_string(line.second) + " of collection " +
                           std::to_string(line.first) + " do not add up to it");
}

}  // namespace coop::journals
