#include "ledger/journals/native_key_checks.hpp"

#include <boost/json.hpp>
#include <limits>
#include <string_view>

#include "ledger/journals/native_row_rules.hpp"

namespace coop::journals {

namespace {

void require_key(std::int64_t number, const statements::KeptLine& kept, const std::string& key) {
  require_consistent(kept.may_have(key),
                     "line " + std::to_string(number) + " of a bank says otherwise than its key");
}

}  // namespace

void KeyChecks::take(const NativeRow& row, const Scales& scales) {
  const std::string_view kind = row.of->kind;
  const bool is_kept = kind == "bank_account" || kind == "bank_statement";
  if (!is_kept && kind != "bank_line" && kind != "bank_detail") return;
  const auto value = boost::json::parse(row.json);
  JsonFields fields = JsonFields::of(value);
  if (kind == "bank_account") scales_.push_back(scales.at(fields.text("unit")));
  else if (is_kept)
    may_lack_amounts_.emplace(std::pair{fields.number("import"), fields.number("position")},
                              fields.text("file_kind").starts_with("camt"));
  else if (kind == "bank_line") take_line(fields);
  else take_detail(fields);
}

void KeyChecks::take_line(JsonFields& row) {
  const auto account = row.maybe_number("bank_account");
  if (!account) return;
  const int scale = scales_.at(static_cast<std::size_t>(*account - 1));
  const std::int64_t number = row.number("number");
  statements::Line line{.booked_on = row.day("booked_on"), .valued_on = row.maybe_day("valued_on")};
  line.amount = Decimal{row.number("amount_minor"), scale};
  line.is_reversal = row.truth("is_reversal");
  line.bank_id = row.text("bank_id");
  line.text = row.text("words");
  const statements::KeptLine kept{line};
  if (!kept.is_told_by_words()) return require_key(number, kept, row.text("key"));
  waiting_.push_back({number, kept, row.text("key"), scale,
                      may_lack_amounts_.at({row.number("import"), row.number("statement")})});
}

void KeyChecks::take_detail(JsonFields& row) {
  end_lines_before(row.number("line"));
  if (waiting_.empty() || waiting_.front().number != row.number("line")) return;
  WaitingLine& line = waiting_.front();
  statements::Detail detail;
  if (const auto minor = row.maybe_number("amount_minor")) detail.amount = Decimal{*minor, line.scale};
  detail.counterparty.account = row.text("account");
  detail.counterparty.name = row.text("name");
  detail.references.structured = row.text("structured");
  detail.references.end_to_end = row.text("end_to_end");
  detail.references.mandate = row.text("mandate");
  detail.references.bank = row.text("bank_reference");
  detail.return_code = row.text("return_code");
  detail.text = row.text("words");
  line.kept.add(detail, line.may_lack_amounts);
}

// Details follow after all lines, in the order of these.
void KeyChecks::end_lines_before(std::int64_t number) {
  for (; !waiting_.empty() && waiting_.front().number < number; waiting_.pop_front())
    require_key(waiting_.front().number, waiting_.front().kept, waiting_.front().key);
}

void KeyChecks::finish() { end_lines_before(std::numeric_limits<std::int64_t>::max()); }

}  // namespace coop::journals
