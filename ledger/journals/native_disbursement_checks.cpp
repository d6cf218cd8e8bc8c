#include "ledger/journals/native_disbursement_checks.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "ledger/journals/native_row_rules.hpp"
#include "ledger/values/base64.hpp"
#include "ledger/values/bic.hpp"
#include "ledger/values/iban.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/sha256.hpp"
#include "ledger/values/structured_reference.hpp"

namespace coop::journals {

namespace {

constexpr std::int64_t people_needed = 2;

void require_bank(JsonFields& row) {
  const auto bic = row.maybe_text("bic");
  require_consistent(!bic || Bic::parse(*bic).text() == *bic, "a bank's code is not as it is written");
}

void require_dimensions(JsonFields& row, const DisbursementChecks::Dimensions& dimensions) {
  using enum books::DimensionKind;
  for (const books::DimensionKind kind : {fund, cost_object, tax_code}) {
    const std::string name{books::text_of(kind)};
    const auto code = row.maybe_text(name);
    require_consistent(!code || dimensions.contains({kind, *code}), "an order is about no " + name);
  }
}

}  // namespace

bool DisbursementChecks::take(const NativeRow& row, const Before& before) {
  const std::string_view kind = row.of->kind;
  if (!kind.starts_with("disbursement")) return false;
  const auto value = boost::json::parse(row.json);
  JsonFields fields = JsonFields::of(value);
  if (kind == "disbursement") take_disbursement(fields, before);
  else if (kind == "disbursement_order") take_order(fields, before);
  else if (kind == "disbursement_payee") take_payee(fields, before);
  else if (kind == "disbursement_step") take_step(fields);
  else take_file(fields);
  return true;
}

DisbursementChecks::KnownDisbursement& DisbursementChecks::disbursement_of(JsonFields& row) {
  const std::int64_t number = row.number("disbursement");
  require_consistent(number > 0 && number <= static_cast<std::int64_t>(disbursements_.size()),
                     "there is no disbursement " + std::to_string(number));
  return disbursements_[static_cast<std::size_t>(number - 1)];
}

DisbursementChecks::KnownOrder& DisbursementChecks::order_of(JsonFields& row, KnownDisbursement& disbursement,
                                                             const char* field) {
  const std::int64_t number = row.number(field);
  require_consistent(number > 0 && number <= static_cast<std::int64_t>(disbursement.orders.size()),
                     "a disbursement has no order " + std::to_string(number));
  return disbursement.orders[static_cast<std::size_t>(number - 1)];
}

void DisbursementChecks::take_disbursement(JsonFields& row, const Before& before) {
  require_consistent(row.number("number") == static_cast<std::int64_t>(disbursements_.size()) + 1,
                     "the disbursements are numbered with a gap or twice");
  require_consistent(before.bank.knows_account(row.number("bank_account")),
                     "a disbursement is paid from no account with statements");
  require_text(row, "title", 1, 200);
  require_text(row, "account_holder", 1, 200);
  require_text(row, "message", 1, 35);
  require_bank(row);
  const std::int64_t orders = require_count(row, "orders", 1);
  require_consistent(orders <= 1'000, "a disbursement has too many orders");
  const std::int64_t rules = row.maybe_number("rules").value_or(0);
  const std::int64_t approvals = row.maybe_number("approvals").value_or(people_needed);
  require_consistent(rules >= 0 && rules <= before.rules && approvals >= 1 && approvals <= 2,
                     "a disbursement is approved by rules that there are not, or by too few or many");
  const bool counts_together = row.truth_or_false("counts_together");
  require_consistent(counts_together || disbursements_.empty() || !disbursements_.back().counts_together,
                     "what one payee gets counts together from one disbursement on");
  const Instant recorded_at = row.instant("recorded_at");
  disbursements_.push_back({orders, row.maybe_text("recorded_by").value_or(""), row.day("requested_on"),
                            recorded_at, static_cast<std::size_t>(approvals), rules,
                            require_ruled_on(row, recorded_at, rules), counts_together});
}

void DisbursementChecks::take_order(JsonFields& row, const Before& before) {
  KnownDisbursement& disbursement = disbursement_of(row);
  const auto count = static_cast<std::int64_t>(disbursement.orders.size());
  require_consistent(row.number("number") == count + 1 && count < disbursement.orders_said,
                     "the orders of a disbursement are numbered with a gap or twice, or are too many");
  const std::int64_t amount = row.number("amount_minor");
  require_consistent(amount > 0 && amount <= 99'999'999'999, "an order is of an amount that no bank pays");
  const std::string purpose = require_word(row, "purpose", {"supplier_bill", "refund", "payout"});
  require_consistent(before.accounts.contains({row.text("account"), "EUR"}),
                     "an order settles no account in EUR");
  require_dimensions(row, before.dimensions);
  const std::string member = row.maybe_text("member").value_or("");
  require_consistent(member.empty() || before.members.knows_member(member), "there is no member " + member);
  const std::string id = require_text(row, "end_to_end", 1, 35);
  require_consistent(ids_.insert(id).second, "two orders have the same end-to-end id");
  disbursement.orders.push_back(
      {amount, member, id, row.text_or_empty("fund"), row.text_or_empty("cost_object")});
  disbursement.orders.back().purpose = purpose;
  disbursement.orders.back().source = row.text_or_empty("source");
}

void DisbursementChecks::take_payee(JsonFields& row, const Before& before) {
  KnownOrder& order = order_of(row, disbursement_of(row), "order");
  require_consistent(!order.has_payee, "an order pays twice");
  require_consistent(order.member.empty() || !before.members.has_erased(order.member),
                     "whoever was erased is a payee no more");
  require_text(row, "name", 1, 200);
  const std::string iban = row.text("iban");
  require_consistent(Iban::parse(iban).text() == iban, "a payee's account is not as it is written");
  require_bank(row);
  require_consistent(row.has("town") == row.has("country"), "a payee's address is half of one");
  if (row.has("country"))
    require_consistent(require_letters(row, "country", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", 2).size() == 2,
                       "a country has two letters");
  require_consistent(!row.has("text") || !row.has("reference"), "an order has a text and a reference");
  if (const auto reference = row.maybe_text("reference")) StructuredReference::parse(*reference);
  order.iban = iban;
  order.has_payee = true;
}

void DisbursementChecks::take_step(JsonFields& row) {
  KnownDisbursement& disbursement = disbursement_of(row);
  require_consistent(row.number("number") == ++disbursement.steps,
                     "the steps of a disbursement are numbered with a gap or twice");
  const std::string step =
      require_word(row, "step", {"left_out", "approved", "withdrawn", "exported", "cancelled", "not_taken"});
  const std::string by = row.maybe_text("recorded_by").value_or("");
  const bool is_open = disbursement.state == "proposed";
  const bool is_approved = disbursement.approvers.size() >= disbursement.approvals_needed;
  if (row.has("order")) order_of(row, disbursement, "order").is_left_out |= step == "left_out";
  bool holds = true;
  if (step == "approved")
    holds = is_open && !is_approved && !by.empty() && by != disbursement.written_by &&
            disbursement.approvers.insert(by).second;
  else if (step == "withdrawn") holds = is_open && disbursement.approvers.erase(by) == 1;
  else if (step == "left_out") holds = is_open && !is_approved && row.has("order");
  else if (step == "exported") holds = is_open && is_approved;
  else if (step == "cancelled") holds = is_open;
  else holds = disbursement.state == "exported" && !by.empty();
  require_consistent(holds, "a disbursement is " + step + " at the wrong time, or by whom it may not be");
  if (step == "left_out") disbursement.approvers.clear();
  if (step == "exported") disbursement.file_hash = require_hash(row, "file_hash");
  if (step == "exported" || step == "cancelled") disbursement.state = step;
}

// A file has SEPA characters only, and nothing to be escaped in what is looked for.
bool DisbursementChecks::is_paid_by(const std::string& file, const KnownDisbursement& disbursement) {
  const auto says = [&](const char* element, const std::string& text) {
    const std::string name{element};
    return file.find("<" + name + ">" + text + "</" + name + ">") != std::string::npos;
  };
  std::int64_t sum = 0;
  for (const KnownOrder& order : disbursement.orders) {
    if (order.is_left_out) continue;
    sum = checked_add(sum, order.amount_minor);
    if (!says("EndToEndId", order.end_to_end) || !says("IBAN", order.iban)) return false;
  }
  return says("CtrlSum", text_from_minor(sum, 2)) && says("Dt", disbursement.requested_on.text());
}

void DisbursementChecks::take_file(JsonFields& row) {
  KnownDisbursement& disbursement = disbursement_of(row);
  const auto bytes = bytes_from_base64(row.text("bytes"));
  require_consistent(bytes && !disbursement.has_file && hex_of(sha256_of(*bytes)) == disbursement.file_hash,
                     "the file of a disbursement is not that of its hash");
  require_consistent(is_paid_by(*bytes, disbursement),
                     "the file of a disbursement pays otherwise than its orders");
  disbursement.has_file = true;
}

void DisbursementChecks::finish(const MemberChecks& members) const {
  std::int64_t number = 0;
  for (const KnownDisbursement& disbursement : disbursements_) {
    const std::string name = "disbursement " + std::to_string(++number);
    require_consistent(static_cast<std::int64_t>(disbursement.orders.size()) == disbursement.orders_said,
                       name + " lacks orders");
    bool is_erased = false;
    for (const KnownOrder& order : disbursement.orders) {
      const bool is_gone = !order.member.empty() && members.has_erased(order.member);
      is_erased = is_erased || is_gone;
      require_consistent(order.has_payee != is_gone, name + " has an order that pays nobody");
    }
    require_consistent(
        std::ranges::any_of(disbursement.orders, [](const KnownOrder& one) { return !one.is_left_out; }),
        name + " has no order left");
    require_consistent(disbursement.has_file || disbursement.file_hash.empty() || is_erased,
                       name + " lacks its file");
  }
}

std::optional<DisbursementChecks::OrderSpending> DisbursementChecks::find_order(std::int64_t disbursement,
                                                                                std::int64_t order) const {
  if (disbursement < 1 || disbursement > static_cast<std::int64_t>(disbursements_.size()))
    return std::nullopt;
  const KnownDisbursement& known = disbursements_[static_cast<std::size_t>(disbursement - 1)];
  if (order < 1 || order > static_cast<std::int64_t>(known.orders.size())) return std::nullopt;
  const KnownOrder& found = known.orders[static_cast<std::size_t>(order - 1)];
  return OrderSpending{found.amount_minor, found.fund, found.cost_object, known.requested_on,
                       known.recorded_at};
}

std::vector<DisbursementChecks::Proposal> DisbursementChecks::proposals() const {
  std::vector<Proposal> all;
  for (const KnownDisbursement& known : disbursements_) {
    all.push_back({known.requested_on, known.recorded_at, known.ruled_on, known.rules,
                   static_cast<std::int64_t>(known.approvals_needed), known.counts_together});
    for (const KnownOrder& order : known.orders)
      all.back().orders.push_back(
          {order.amount_minor, order.fund, order.purpose == "refund" && !order.member.empty(),
           order.purpose == "payout" || !order.member.empty(), order.member, order.iban, order.source});
  }
  return all;
}

std::optional<std::int64_t> DisbursementChecks::find_sent(std::int64_t disbursement,
                                                          std::int64_t order) const {
  if (disbursement < 1 || disbursement > static_cast<std::int64_t>(disbursements_.size()))
    return std::nullopt;
  const KnownDisbursement& known = disbursements_[static_cast<std::size_t>(disbursement - 1)];
  if (known.state != "exported" || order < 1 || order > static_cast<std::int64_t>(known.orders.size()))
    return std::nullopt;
  const KnownOrder& found = known.orders[static_cast<std::size_t>(order - 1)];
  return found.is_left_out ? std::nullopt : std::optional{found.amount_minor};
}

}  // namespace coop::journals
