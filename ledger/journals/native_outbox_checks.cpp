#include "ledger/journals/native_outbox_checks.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string_view>

#include "ledger/journals/native_row_rules.hpp"
#include "ledger/values/money.hpp"

namespace coop::journals {

namespace {

// What stands in the text behind one of these words, without blanks: "EUR1204.50". Nothing if none is there.
std::optional<std::string> figure_in(std::string_view text, std::initializer_list<std::string_view> words) {
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const std::size_t start = line.find_first_not_of(' ');
    if (start == 0 || start == std::string_view::npos) continue;
    line.remove_prefix(start);
    for (const std::string_view word : words) {
      if (!line.starts_with(word) || line.substr(word.size()).substr(0, 1) != " ") continue;
      std::string figure{line.substr(word.size())};
      std::erase(figure, ' ');
      return figure;
    }
  }
  return std::nullopt;
}

}  // namespace

void OutboxChecks::note(const NativeEvent& event) {
  const bool is_of_signoff = event.event.starts_with("reconciliation_");
  if (!is_of_signoff && event.event != "cash_counted" && event.event != "bank_rule_replayed") return;
  boost::json::error_code error;
  const auto value = boost::json::parse(event.body.value_or("null"), error);
  const auto* body = error ? nullptr : value.if_object();
  if (body == nullptr) return;
  if (is_of_signoff) return note_signoff(event.event, *body);
  const auto number = [&](const char* name) {
    const auto* found = body->if_contains(name);
    return found && found->is_int64() ? found->as_int64() : 0;
  };
  if (event.event == "bank_rule_replayed")
    replays_[{number("rule"), number("replay")}] = {number("version"), number("agreed"), number("differed"),
                                                    number("open")};
  else if (const auto* day = body->if_contains("counted_on"); day && day->is_string())
    counted_on_[number("count")] = std::string{day->as_string()};
}

void OutboxChecks::note_signoff(const std::string& event, const boost::json::object& body) {
  const auto* signoff = body.if_contains("signoff");
  if (signoff == nullptr || !signoff->is_int64()) return;
  Told& told = told_[signoff->as_int64()];
  if (event == "reconciliation_withdrawn") ++told.withdrawn;
  else if (event == "reconciliation_signed") ++told.signed_;
  else if (event == "reconciliation_countersigned") ++told.countersigned;
  const auto* hash = body.if_contains("hash");
  if (hash && hash->is_string()) told.hashes.insert(std::string{hash->as_string()});
}

void OutboxChecks::take(const NativeRow& row, const Scales& scales) {
  static constexpr std::array<std::string_view, 6> kinds{
      "bank_account",     "bank_signoff", "bank_countersignature",
      "bank_signoff_end", "bank_count",   "bank_rule_replay"};
  const std::string_view kind = row.of->kind;
  if (std::ranges::find(kinds, kind) == kinds.end()) return;
  const auto value = boost::json::parse(row.json);
  JsonFields fields = JsonFields::of(value);
  if (kind == "bank_account") accounts_.emplace_back(fields.text("account"), fields.text("unit"));
  else if (kind == "bank_signoff") take_signoff(fields, scales);
  else take_other(kind, fields);
}

void OutboxChecks::take_other(std::string_view kind, JsonFields& row) {
  if (kind == "bank_signoff_end") --told_[row.number("signoff")].withdrawn;
  if (kind == "bank_countersignature") --told_[row.number("signoff")].countersigned;
  if (kind == "bank_count") {
    const auto told = counted_on_.find(row.number("number"));
    require_consistent(
        told == counted_on_.end() || told->second == row.day("counted_on").text(),
        "cash count " + std::to_string(row.number("number")) + " is of another day than the outbox told");
  }
  if (kind == "bank_rule_replay") {
    const auto told = replays_.find({row.number("rule"), row.number("number")});
    if (told == replays_.end()) return;
    const Figures found{row.number("version"), row.number("agreed"), row.number("differed"),
                        row.number("still_open")};
    require_consistent(told->second == found, "replay " + std::to_string(row.number("number")) + " of rule " +
                                                  std::to_string(row.number("rule")) +
                                                  " is not as the outbox told");
    replays_.erase(told);
  }
}

void OutboxChecks::take_signoff(JsonFields& row, const Scales& scales) {
  const std::int64_t number = row.number("number");
  const auto& [path, unit] = accounts_.at(static_cast<std::size_t>(row.number("bank_account") - 1));
  const std::string text = row.text("statement");
  const auto says = [&](std::int64_t minor, std::initializer_list<std::string_view> words) {
    return figure_in(text, words) == unit + text_from_minor(minor, scales.at(unit));
  };
  const std::int64_t uncleared_minor = row.number("uncleared_minor");
  const bool is_of_it =
      text.find("\nAs of: " + row.day("as_of").text() + "\n") != std::string::npos &&
      text.find("\nAccount: " + path + " (") != std::string::npos &&
      says(row.number("books_minor"), {"Balance by the books"}) &&
      uncleared_minor != std::numeric_limits<std::int64_t>::min() &&
      says(-uncleared_minor,
           {"Less what was booked since the count", "Less what is on the books and not at the bank"}) &&
      says(row.number("unbooked_minor"), {"Plus what is at the bank and not on the books"}) &&
      says(row.number("bank_minor"), {"Counted", "Balance by the bank"}) &&
      says(row.number("difference_minor"), {"Left unexplained"});
  const std::string name = "signature " + std::to_string(number);
  require_consistent(is_of_it, name + " is under other figures than the text that was signed");
  Told& told = told_[number];
  --told.signed_;
  told.hashes.insert(row.text("statement_hash"));
  require_consistent(told.hashes.size() == 1, name + " is under another text than the outbox told");
}

void OutboxChecks::finish() const {
  for (const auto& [number, told] : told_)
    require_consistent(told.signed_ <= 0 && told.countersigned <= 0 && told.withdrawn <= 0,
                       "the outbox told more of signature " + std::to_string(number) + " than there is");
  require_consistent(replays_.empty(), "the outbox told of a replay that there is not");
}

}  // namespace coop::journals
