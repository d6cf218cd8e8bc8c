#include "ledger/journals/native_match_checks.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "ledger/journals/native_row_rules.hpp"
#include "ledger/values/money.hpp"

namespace coop::journals {

namespace {

// A list of codes with words, as it is read again.
bool are_reasons(const std::string& json) {
  boost::json::error_code error;
  const auto list = boost::json::parse(json, error);
  if (error || !list.is_array()) return false;
  return std::ranges::all_of(list.as_array(), [](const boost::json::value& one) {
    const auto* reason = one.if_object();
    const auto is_text = [&](const char* name) {
      const auto* value = reason->if_contains(name);
      return value != nullptr && value->is_string();
    };
    return reason != nullptr && is_text("code") && is_text("words");
  });
}

bool is_certain(const std::string& method) {
  return method == "posting" || method == "reference" || method == "own_order" || method == "rule";
}

}  // namespace

bool MatchChecks::take(const NativeRow& row, const Before& before) {
  const std::string_view kind = row.of->kind;
  const auto value = boost::json::parse(row.json);
  JsonFields fields = JsonFields::of(value);
  if (kind == "bank_match") take_match(fields, before);
  else if (kind == "bank_match_part") take_part(fields, before);
  else if (kind == "bank_match_end") take_end(fields);
  else if (kind == "bank_payer") take_payer(fields, before);
  else return false;
  return true;
}

MatchChecks::KnownMatch& MatchChecks::match_of(JsonFields& row) {
  const std::int64_t number = row.number("match");
  require_consistent(number > 0 && number <= static_cast<std::int64_t>(matches_.size()),
                     "there is no match " + std::to_string(number));
  return matches_[static_cast<std::size_t>(number - 1)];
}

void MatchChecks::take_match(JsonFields& row, const Before& before) {
  const std::int64_t number = row.number("number");
  const std::string name = "match " + std::to_string(number);
  require_consistent(number == static_cast<std::int64_t>(matches_.size()) + 1,
                     "the matches are numbered with a gap or twice");
  const std::int64_t line_number = row.number("line");
  const BankChecks::KnownLine& line = before.bank.line(line_number);
  const std::string method = require_word(row, "method",
                                          {"posting", "reference", "own_order", "payer", "similar", "rule",
                                           "transfer", "learned", "suspense", "hand"});
  require_consistent(row.truth("is_attended") || is_certain(method), name + " was decided by nobody");
  require_consistent(are_reasons(row.text("reasons")), name + " has reasons that are none");
  const bool is_live = row.truth("live");
  require_consistent(!is_live || (line.is_live && !line.is_ignored && live_lines_.insert(line_number).second),
                     name + " is of a line that does not count, was set aside or is matched already");
  lines_.insert(line_number);
  matches_.push_back(
      {line_number,
       is_live,
       line.amount_minor,
       {method == "rule", row.truth("is_attended"), line.is_proved, row.instant("recorded_at")}});
}

const MatchChecks::Told& MatchChecks::told(std::int64_t match) const {
  require_consistent(match > 0 && match <= static_cast<std::int64_t>(matches_.size()),
                     "there is no match " + std::to_string(match));
  return matches_[static_cast<std::size_t>(match - 1)].told;
}

std::map<std::int64_t, MatchChecks::Told> MatchChecks::by_rules_alone() const {
  std::map<std::int64_t, Told> alone;
  std::int64_t number = 0;
  for (const KnownMatch& match : matches_) {
    ++number;
    if (match.told.is_by_rule && !match.told.is_attended) alone.emplace(number, match.told);
  }
  return alone;
}

void MatchChecks::take_part(JsonFields& row, const Before& before) {
  KnownMatch& match = match_of(row);
  require_consistent(row.number("part") == ++match.parts,
                     "the parts of a match are numbered with a gap or twice");
  const std::string made = require_word(
      row, "made", {"found", "payment", "return", "settlement", "entry", "order", "order_return"});
  const bool is_order = made == "order" || made == "order_return";
  const auto payment = row.maybe_number("payment");
  require_consistent((payment.has_value() == (made == "payment") || is_order) &&
                         (!payment || before.dues.knows_payment(*payment)),
                     "a part of a match is by a payment that there is not");
  const auto collection = row.maybe_number("collection");
  const bool is_collected = made == "return" || made == "settlement";
  require_consistent(collection.has_value() == is_collected &&
                         (!collection || before.collecting.knows_collection(*collection)),
                     "a part of a match is by a collection that there is not");
  const auto line = row.maybe_number("collection_line");
  require_consistent(!line || (made == "return" && before.collecting.knows_line(*collection, *line)),
                     "a part of a match is by a line of a collection that there is not");
  require_consistent(row.has("disbursement") == is_order && row.has("order") == is_order &&
                         row.has("return_code") == (made == "order_return"),
                     "a part of a match is by half an order");
  if (is_order) take_order(row, made, match, before);
  clear(row, match, before);
  match.sum_minor = checked_add(match.sum_minor, row.number("amount_minor"));
}

// A line is an order that went to the bank, whole, once; what came back was paid.
void MatchChecks::take_order(JsonFields& row, const std::string& made, const KnownMatch& match,
                             const Before& before) {
  const std::pair order{row.number("disbursement"), row.number("order")};
  const auto amount = before.disbursements.find_sent(order.first, order.second);
  const std::string name =
      "order " + std::to_string(order.second) + " of disbursement " + std::to_string(order.first);
  require_consistent(amount && row.number("amount_minor") == (made == "order" ? -*amount : *amount),
                     "a match is " + name + ", which did not go to the bank like this");
  if (made == "order_return")
    require_consistent(
        require_letters(row, "return_code", "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 4).size() == 4,
        "a bank's reason has four letters or digits");
  if (!match.is_live) return;
  require_consistent(
      made == "order" ? paid_orders_.insert(order).second : returned_orders_.insert(order).second,
      name + " was paid or came back twice");
}

// Lines clear postings of their own account, in the posting's direction, and never more than there is.
void MatchChecks::clear(JsonFields& row, const KnownMatch& match, const Before& before) {
  const std::int64_t entry = row.number("entry");
  const std::int64_t line = row.number("posting_line");
  const std::string name = "posting " + std::to_string(line) + " of entry " + std::to_string(entry);
  const auto posted = before.posted.find(entry, line);
  require_consistent(posted && posted->account == before.bank.line(match.line).account,
                     "a match clears " + name + ", which is not of its account");
  const std::int64_t amount_minor = row.number("amount_minor");
  require_consistent(amount_minor != 0 && (amount_minor > 0) == (posted->amount_minor > 0),
                     "a match clears " + name + " in the other direction");
  if (!match.is_live) return;
  std::int64_t& cleared = cleared_minor_[{entry, line}];
  cleared = checked_add(cleared, amount_minor);
  require_consistent(
      posted->amount_minor > 0 ? cleared <= posted->amount_minor : cleared >= posted->amount_minor,
      name + " is cleared by more than there is");
}

void MatchChecks::take_end(JsonFields& row) {
  KnownMatch& match = match_of(row);
  require_consistent(!match.is_live && !match.has_ended, "match " + std::to_string(row.number("match")) +
                                                             " ended twice, or counts after its end");
  match.has_ended = true;
  require_text(row, "reason", 1, 500);
}

void MatchChecks::take_payer(JsonFields& row, const Before& before) {
  match_of(row);
  const std::string member = row.text("member");
  require_consistent(before.members.knows_member(member), "there is no member " + member);
  require_consistent(payers_.emplace(require_hash(row, "account_hash"), member, row.number("match")).second,
                     "a payer of a match stands twice");
}

void MatchChecks::finish() const {
  for (const auto& order : returned_orders_)
    require_consistent(paid_orders_.contains(order), "an order came back that was not paid");
  std::int64_t number = 0;
  for (const KnownMatch& match : matches_) {
    const std::string name = "match " + std::to_string(++number);
    require_consistent(match.parts > 0 && match.sum_minor == match.amount_minor,
                       name + " does not come to its line");
    require_consistent(match.is_live || match.has_ended, name + " does not count, but has not ended");
  }
}

}  // namespace coop::journals
