#include "ledger/journals/native_reminder_checks.hpp"

#include <array>
#include <boost/json.hpp>

#include "ledger/journals/native_require.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::journals {

namespace {

void require_member(JsonFields& row, std::string_view field, const ReminderChecks::Before& before) {
  const std::string number = row.text(field);
  require(before.members.knows_member(number), "there is no member " + number);
}

int scale_of(const std::string& unit, const ReminderChecks::Before& before) {
  const auto found = before.scales.find(unit);
  require(found != before.scales.end(), "the unit " + unit + " is not described");
  return found->second;
}

std::int64_t positive(JsonFields& row, std::string_view field, int scale) {
  const std::int64_t minor = minor_from_text(row.text(field), scale);
  require(minor > 0, "the field `" + std::string{field} + "` is not above zero");
  return minor;
}

}  // namespace

ReminderChecks::Take ReminderChecks::taker_of(std::string_view kind) {
  static constexpr std::array<std::pair<std::string_view, Take>, 11> takers{{
      {"reminder_setting", &ReminderChecks::take_setting},
      {"reminder_level", &ReminderChecks::take_level},
      {"reminder_text", &ReminderChecks::take_text},
      {"reminder_pause", &ReminderChecks::take_pause},
      {"reminder_pause_end", &ReminderChecks::take_pause_end},
      {"noticed_payment", &ReminderChecks::take_noticed},
      {"noticed_payment_end", &ReminderChecks::take_noticed_end},
      {"message", &ReminderChecks::take_message},
      {"message_charge", &ReminderChecks::take_message_charge},
      {"message_end", &ReminderChecks::take_message_end},
      {"payment_row", &ReminderChecks::take_payment_row},
  }};
  for (const auto& [name, taker] : takers)
    if (name == kind) return taker;
  return nullptr;
}

bool ReminderChecks::take(const NativeRow& row, const Before& before) {
  const Take taker = taker_of(row.of->kind);
  if (taker == nullptr) return false;
  const auto value = boost::json::parse(row.json);
  JsonFields fields = JsonFields::of(value);
  (this->*taker)(fields, before);
  return true;
}

void ReminderChecks::take_setting(JsonFields& row, const Before&) {
  require(!has_setting_, "it is told twice how the node reminds");
  has_setting_ = true;
  require(!row.text("minimum").starts_with('-'), "the minimum of reminders is negative");
}

void ReminderChecks::take_level(JsonFields& row, const Before& before) {
  const std::int64_t level = row.number("level");
  require(level >= 1 && level <= 9, "levels are 1 to 9");
  require(row.number("number") == ++levels_[level], "what was set of a level is numbered with a gap");
  require(row.has("fee") == row.has("unit"), "a fee has a unit");
  if (row.has("fee")) positive(row, "fee", scale_of(row.text("unit"), before));
  require(row.has("fee") || !row.truth("charges_fee"), "a fee is charged that there is not");
}

void ReminderChecks::take_text(JsonFields& row, const Before&) {
  const Pair of{row.number("level"), row.number("number")};
  require(of.second > 0 && levels_[of.first] >= of.second, "a text is of a level that there is not");
  require(texts_.emplace(of, row.text("language")).second, "a level has two texts in a language");
}

void ReminderChecks::take_pause(JsonFields& row, const Before& before) {
  require_member(row, "member", before);
  require(row.number("number") == ++pauses_[row.text("member")],
          "the pauses of a member are numbered with a gap");
}

void ReminderChecks::take_pause_end(JsonFields& row, const Before& before) {
  require_member(row, "member", before);
  const std::string member = row.text("member");
  const std::int64_t number = row.number("pause");
  require(number > 0 && number <= pauses_[member] && ended_pauses_.emplace(member, number).second,
          "a pause ends that there is not, or ends twice");
}

void ReminderChecks::take_noticed(JsonFields& row, const Before& before) {
  require(row.number("number") == ++noticed_, "the noticed payments are numbered with a gap");
  require_member(row, "payer", before);
  positive(row, "amount", scale_of(row.text("unit"), before));
}

void ReminderChecks::take_noticed_end(JsonFields& row, const Before& before) {
  const std::int64_t number = row.number("noticed");
  require(number > 0 && number <= noticed_ && settled_.insert(number).second,
          "a noticed payment is settled that there is not, or twice");
  const auto payment = row.maybe_number("payment");
  require(payment.has_value() != row.has("reason"), "it was matched, or there is a reason");
  require(!payment || before.dues.knows_payment(*payment), "it was matched with a payment that there is not");
}

void ReminderChecks::take_message(JsonFields& row, const Before& before) {
  const std::int64_t number = row.number("number");
  require(number == ++messages_, "the messages are numbered with a gap");
  require_member(row, "member", before);
  const int scale = scale_of(row.text("unit"), before);
  const std::int64_t set = row.number("level_number");
  require(set > 0 && set <= levels_[row.number("level")], "a message is of a level that there is not");
  const auto fee = row.maybe_number("fee_charge");
  require(!fee || before.dues.knows_charge(*fee), "the fee of a message was not charged");
  scale_of_message_.emplace(number, scale);
  unexplained_minor_.emplace(number, positive(row, "owed", scale));
}

void ReminderChecks::take_message_charge(JsonFields& row, const Before& before) {
  const std::int64_t message = row.number("message");
  const std::int64_t charge = row.number("charge");
  require(scale_of_message_.contains(message), "there is no message " + std::to_string(message));
  require(before.dues.knows_charge(charge), "there is no charge " + std::to_string(charge));
  require(message_charges_.emplace(message, charge).second, "a message names a charge twice");
  unexplained_minor_[message] -= positive(row, "open", scale_of_message_.at(message));
}

void ReminderChecks::take_message_end(JsonFields& row, const Before&) {
  const std::int64_t message = row.number("message");
  require(message > 0 && message <= messages_ && ended_messages_.insert(message).second,
          "a message ends that there is not, or ends twice");
  const std::string outcome = row.text("outcome");
  require(outcome == "sent" || ((outcome == "failed" || outcome == "dropped") && row.has("reason")),
          "nobody says why a message did not leave");
}

void ReminderChecks::take_payment_row(JsonFields& row, const Before& before) {
  const std::int64_t payment = row.number("payment");
  require(before.dues.knows_payment(payment) && rows_of_payments_.insert(payment).second &&
              row_hashes_.insert(row.text("row_hash")).second,
          "a payment was imported that there is not, or twice");
}

void ReminderChecks::finish() const {
  for (const auto& [message, left] : unexplained_minor_)
    require(left == 0, "what message " + std::to_string(message) + " is about does not add up");
}

}  // namespace coop::journals
