#include "ledger/journals/native_row.hpp"

#include <algorithm>
#include <array>

#include "ledger/journals/json_text.hpp"
#include "ledger/journals/native_bank_fields.hpp"
#include "ledger/journals/native_capital_fields.hpp"
#include "ledger/journals/native_cost_fields.hpp"
#include "ledger/journals/native_disbursement_fields.hpp"
#include "ledger/journals/native_fund_fields.hpp"
#include "ledger/journals/native_obligation_fields.hpp"
#include "ledger/journals/native_pay_fields.hpp"
#include "ledger/journals/native_reminder_fields.hpp"
#include "ledger/journals/native_sharing_fields.hpp"
#include "ledger/journals/native_work_fields.hpp"

namespace coop::journals {

namespace {

using enum FieldType;

constexpr RowField party_fields[] = {{"id", number},
                                     {"number", text},
                                     {"party", text},
                                     {"recorded_at", instant},
                                     {"recorded_by", user, false}};
constexpr RowField profile_fields[] = {
    {"member", text},         {"name", text},           {"email", text, false},    {"iban", text, false},
    {"address", text, false}, {"country", text, false}, {"language", text, false}, {"updated_at", instant}};
constexpr RowField erasure_fields[] = {
    {"member", text}, {"erased_at", instant}, {"erased_by", user, false}, {"reason", text}};
constexpr RowField head_count_fields[] = {{"member", text},         {"number", number},
                                          {"from_on", day},         {"members", number},
                                          {"recorded_at", instant}, {"recorded_by", user, false}};
constexpr RowField class_fields[] = {
    {"id", number}, {"code", text}, {"title", text}, {"recorded_at", instant}, {"recorded_by", user, false}};
constexpr RowField rule_fields[] = {
    {"class", text},          {"number", number},          {"from_on", day},       {"weight", text, false},
    {"one_vote", text},       {"attendance", text, false}, {"grace_days", number}, {"arrears_days", number},
    {"is_solidarity", truth}, {"obligation", text, false}, {"unit", text, false},  {"decision", text},
    {"recorded_at", instant}, {"recorded_by", user, false}};
constexpr RowField membership_fields[] = {
    {"id", number},           {"member", text},      {"class", text},          {"from_on", day},
    {"until_on", day, false}, {"taken_back", truth}, {"recorded_at", instant}, {"recorded_by", user, false}};
constexpr RowField change_fields[] = {{"membership", number},   {"number", number},
                                      {"change", text},         {"on_day", day},
                                      {"reason", text},         {"decision", text, false},
                                      {"recorded_at", instant}, {"recorded_by", user, false},
                                      {"annuls", number, false}};
constexpr RowField meeting_fields[] = {{"id", number},           {"held_on", day},
                                       {"title", text},          {"class", text, false},
                                       {"recorded_at", instant}, {"recorded_by", user, false}};
constexpr RowField attendance_fields[] = {{"meeting", number},      {"member", text},
                                          {"number", number},       {"was_there", truth},
                                          {"recorded_at", instant}, {"recorded_by", user, false}};

constexpr RowField dues_accounts_fields[] = {{"receivable", text},     {"prepaid", text},
                                             {"income", text},         {"solidarity", text},
                                             {"written_off", text},    {"obligations", text, false},
                                             {"deferred", text, false}};
constexpr RowField dues_payee_fields[] = {
    {"account_holder", text, false}, {"iban", text, false}, {"bic", text, false},
    {"reference_kind", text},        {"letterhead", text},  {"closing", text}};
constexpr RowField tier_fields[] = {
    {"id", number},     {"code", text},           {"title", text},
    {"interval", text}, {"proration", text},      {"due_after_days", number},
    {"unit", text},     {"recorded_at", instant}, {"recorded_by", user, false}};
constexpr RowField tier_price_fields[] = {
    {"tier", text},     {"number", number},          {"from_on", day},
    {"closed", truth},  {"minimum", text},           {"suggested", text},
    {"joining", text},  {"local_unit", text, false}, {"local_share", text, false},
    {"decision", text}, {"recorded_at", instant},    {"recorded_by", user, false}};
constexpr RowField unit_rate_fields[] = {{"number", number},
                                         {"from", text},
                                         {"to", text},
                                         {"from_on", day},
                                         {"rate", text},
                                         {"decision", text},
                                         {"recorded_at", instant},
                                         {"recorded_by", user, false}};
constexpr RowField subscription_fields[] = {
    {"membership", number},  {"number", number},       {"from_on", day},
    {"tier", text, false},   {"chosen", text, false},  {"payer", text},
    {"instalments", number}, {"recorded_at", instant}, {"recorded_by", user, false}};
constexpr RowField concession_fields[] = {{"membership", number},    {"number", number},
                                          {"from_on", day},          {"until_on", day, false},
                                          {"share", text},           {"reason", text},
                                          {"review_on", day, false}, {"decision", text},
                                          {"recorded_at", instant},  {"recorded_by", user, false}};
constexpr RowField concession_end_fields[] = {{"membership", number},   {"concession", number},
                                              {"last_on", day},         {"reason", text},
                                              {"recorded_at", instant}, {"recorded_by", user, false}};
constexpr RowField charge_run_fields[] = {
    {"number", number},        {"first", day},           {"last", day},
    {"corrections_from", day}, {"recorded_at", instant}, {"recorded_by", user, false}};
constexpr RowField charge_fields[] = {
    {"number", number},  {"run", number, false},   {"charge", text},         {"membership", number, false},
    {"member", text},    {"debtor", text},         {"unit", text},           {"first", day},
    {"last", day},       {"due_on", day},          {"part", number},         {"parts", number},
    {"version", number}, {"gross", text},          {"waived", text},         {"prepaid", text},
    {"why", text},       {"entry", number, false}, {"recorded_at", instant}, {"recorded_by", user, false}};
constexpr RowField charge_reversal_fields[] = {
    {"charge", number},       {"run", number, false},   {"reversed_on", day},        {"reason", text},
    {"entry", number, false}, {"recorded_at", instant}, {"recorded_by", user, false}};
constexpr RowField payment_fields[] = {
    {"number", number},     {"payment", text},          {"payer", text},
    {"unit", text},         {"amount", text},           {"received_on", day},
    {"account", text},      {"reference", text, false}, {"note", text, false},
    {"entry", number},      {"recorded_at", instant},   {"recorded_by", user, false},
    {"given", text, false}, {"given_unit", text, false}};
constexpr RowField payment_share_fields[] = {{"payment", number}, {"line", number},
                                             {"debtor", text},    {"amount", text},
                                             {"prepaid", text},   {"charge", number, false}};
constexpr RowField payment_return_fields[] = {{"payment", number},      {"returned_on", day},
                                              {"reason", text},         {"entry", number},
                                              {"recorded_at", instant}, {"recorded_by", user, false}};

constexpr RowField deferral_fields[] = {
    {"charge", number}, {"on", day},       {"number", number},       {"amount", text},
    {"run", number},    {"entry", number}, {"recorded_at", instant}, {"recorded_by", user, false}};
constexpr RowField roll_class_fields[] = {
    {"roll", number},        {"class", text},      {"title", text},  {"rule", number, false},
    {"weight", text, false}, {"one_vote", text},   {"words", text},  {"registered", number},
    {"paid_up", number},     {"eligible", number}, {"votes", number}};
constexpr RowField roll_line_fields[] = {{"roll", number},      {"line", number},   {"membership", number},
                                         {"member", text},      {"class", text},    {"standing", text},
                                         {"registered", truth}, {"paid_up", truth}, {"waived", truth},
                                         {"votes", number},     {"excluded", text}};
constexpr RowField roll_fields[] = {
    {"number", number}, {"title", text}, {"as_of", day},           {"known_at", instant},
    {"lines", number},  {"hash", text},  {"recorded_at", instant}, {"recorded_by", user, false}};
constexpr RowField vote_fields[] = {{"number", number},
                                    {"roll", number},
                                    {"title", text},
                                    {"link", text, false},
                                    {"held_on", day},
                                    {"quorum", text, false},
                                    {"decision", text},
                                    {"supersedes", number, false},
                                    {"reason", text},
                                    {"recorded_at", instant},
                                    {"recorded_by", user, false}};
constexpr RowField vote_tally_fields[] = {
    {"vote", number}, {"class", text}, {"for", number}, {"against", number}, {"abstain", number}};
constexpr RowField creditor_fields[] = {
    {"number", number},   {"identifier", text}, {"name", text},           {"iban", text},
    {"bic", text, false}, {"account", text},    {"recorded_at", instant}, {"recorded_by", user, false}};
constexpr RowField mandate_fields[] = {
    {"id", number}, {"member", text},   {"reference", text},      {"scheme", text},
    {"use", text},  {"signed_on", day}, {"recorded_at", instant}, {"recorded_by", user, false}};
constexpr RowField mandate_account_fields[] = {
    {"mandate", number},      {"number", number},      {"iban", text},
    {"bic", text, false},     {"name", text},          {"town", text, false},
    {"country", text, false}, {"street", text, false}, {"recorded_at", instant}};
constexpr RowField collection_fields[] = {{"number", number},       {"due_on", day},
                                          {"creditor", number},     {"message", text},
                                          {"recorded_at", instant}, {"recorded_by", user, false}};
constexpr RowField collection_skip_fields[] = {
    {"collection", number}, {"member", text}, {"reason", text}, {"words", text}};
constexpr RowField collection_line_fields[] = {
    {"collection", number}, {"line", number},   {"mandate", number},        {"account_number", number},
    {"amount", text},       {"sequence", text}, {"account_changed", truth}, {"end_to_end", text}};
constexpr RowField collection_charge_fields[] = {
    {"collection", number}, {"line", number}, {"charge", number}, {"amount", text}, {"live", truth}};
constexpr RowField collection_step_fields[] = {{"collection", number},
                                               {"number", number},
                                               {"step", text},
                                               {"line", number, false},
                                               {"on_day", day, false},
                                               {"reason", text, false},
                                               {"code", text, false},
                                               {"fee_charge", number, false},
                                               {"file_hash", text, false},
                                               {"recorded_at", instant},
                                               {"recorded_by", user, false}};
constexpr RowField collection_payment_fields[] = {
    {"collection", number}, {"line", number}, {"payment", number}};
constexpr RowField mandate_change_fields[] = {{"mandate", number},        {"number", number},
                                              {"change", text},           {"on_day", day},
                                              {"sequence", text, false},  {"code", text, false},
                                              {"account", number, false}, {"collection", number, false},
                                              {"line", number, false},    {"reason", text, false},
                                              {"recorded_at", instant},   {"recorded_by", user, false}};

constexpr std::array kinds{RowKind{"party", party_fields},
                           RowKind{"profile", profile_fields},
                           RowKind{"erasure", erasure_fields},
                           RowKind{"head_count", head_count_fields},
                           RowKind{"member_class", class_fields},
                           RowKind{"class_rule", rule_fields},
                           RowKind{"membership", membership_fields},
                           RowKind{"membership_change", change_fields},
                           RowKind{"meeting", meeting_fields},
                           RowKind{"attendance", attendance_fields},
                           RowKind{"dues_accounts", dues_accounts_fields},
                           RowKind{"dues_payee", dues_payee_fields},
                           RowKind{"tier", tier_fields},
                           RowKind{"tier_price", tier_price_fields},
                           RowKind{"unit_rate", unit_rate_fields},
                           RowKind{"subscription", subscription_fields},
                           RowKind{"concession", concession_fields},
                           RowKind{"concession_end", concession_end_fields},
                           RowKind{"charge_run", charge_run_fields},
                           RowKind{"charge", charge_fields},
                           RowKind{"charge_reversal", charge_reversal_fields},
                           RowKind{"payment", payment_fields},
                           RowKind{"payment_share", payment_share_fields},
                           RowKind{"payment_return", payment_return_fields},
                           RowKind{"deferral", deferral_fields},
                           RowKind{"roll_class", roll_class_fields},
                           RowKind{"roll_line", roll_line_fields},
                           RowKind{"roll", roll_fields},
                           RowKind{"vote", vote_fields},
                           RowKind{"vote_tally", vote_tally_fields},
                           RowKind{"creditor", creditor_fields},
                           RowKind{"mandate", mandate_fields},
                           RowKind{"mandate_account", mandate_account_fields},
                           RowKind{"collection", collection_fields},
                           RowKind{"collection_skip", collection_skip_fields},
                           RowKind{"collection_line", collection_line_fields},
                           RowKind{"collection_charge", collection_charge_fields},
                           RowKind{"collection_step", collection_step_fields},
                           RowKind{"collection_payment", collection_payment_fields},
                           RowKind{"mandate_change", mandate_change_fields},
                           RowKind{"reminder_setting", reminder_fields::setting},
                           RowKind{"reminder_level", reminder_fields::level},
                           RowKind{"reminder_text", reminder_fields::level_text},
                           RowKind{"reminder_pause", reminder_fields::pause},
                           RowKind{"reminder_pause_end", reminder_fields::pause_end},
                           RowKind{"noticed_payment", reminder_fields::noticed_payment},
                           RowKind{"noticed_payment_end", reminder_fields::noticed_payment_end},
                           RowKind{"message", reminder_fields::message},
                           RowKind{"message_charge", reminder_fields::message_charge},
                           RowKind{"message_end", reminder_fields::message_end},
                           RowKind{"payment_row", reminder_fields::payment_row},
                           RowKind{"bank_account", bank_fields::account},
                           RowKind{"bank_account_trait", bank_fields::account_trait},
                           RowKind{"bank_file_part", bank_fields::file_part, 1},
                           RowKind{"bank_import", bank_fields::import},
                           RowKind{"bank_import_step", bank_fields::import_step},
                           RowKind{"bank_statement", bank_fields::statement},
                           RowKind{"bank_note", bank_fields::note},
                           RowKind{"bank_line", bank_fields::line},
                           RowKind{"bank_detail", bank_fields::detail},
                           RowKind{"bank_live_line", bank_fields::live_line},
                           RowKind{"bank_line_step", bank_fields::line_step},
                           RowKind{"spending_rule", fund_fields::rule},
                           RowKind{"disbursement", disbursement_fields::disbursement},
                           RowKind{"disbursement_order", disbursement_fields::order, 20},
                           RowKind{"disbursement_payee", disbursement_fields::payee, 20},
                           RowKind{"disbursement_step", disbursement_fields::step},
                           RowKind{"disbursement_file", disbursement_fields::file, 1},
                           RowKind{"share_class", capital_fields::share_class},
                           RowKind{"share_movement", capital_fields::movement},
                           RowKind{"surplus_rule", capital_fields::rule},
                           RowKind{"surplus_run", capital_fields::run},
                           RowKind{"surplus_share", capital_fields::share, 20},
                           RowKind{"surplus_step", capital_fields::step},
                           RowKind{"bank_match", bank_fields::match},
                           RowKind{"bank_match_part", bank_fields::match_part},
                           RowKind{"bank_match_end", bank_fields::match_end},
                           RowKind{"bank_payer", bank_fields::payer},
                           RowKind{"bank_signoff", bank_fields::signoff},
                           RowKind{"bank_countersignature", bank_fields::countersignature},
                           RowKind{"bank_signoff_end", bank_fields::signoff_end},
                           RowKind{"bank_count", bank_fields::count},
                           RowKind{"bank_count_piece", bank_fields::count_piece},
                           RowKind{"bank_count_witness", bank_fields::count_witness},
                           RowKind{"bank_count_entry", bank_fields::count_entry},
                           RowKind{"bank_count_end", bank_fields::count_end},
                           RowKind{"bank_rule_version", bank_fields::rule_version},
                           RowKind{"bank_rule_order", bank_fields::rule_order},
                           RowKind{"bank_rule_replay", bank_fields::rule_replay},
                           RowKind{"bank_rule_step", bank_fields::rule_step},
                           RowKind{"bank_match_rule", bank_fields::match_rule},
                           RowKind{"bank_match_word", bank_fields::match_word},
                           RowKind{"circle", work_fields::circle},
                           RowKind{"circle_step", work_fields::circle_step},
                           RowKind{"work_kind", work_fields::work_kind},
                           RowKind{"work_hours", work_fields::hours, 2'000},
                           RowKind{"work_hours_step", work_fields::hours_step, 2'000},
                           RowKind{"obligation", obligation_fields::obligation},
                           RowKind{"obligation_member", obligation_fields::member, 20},
                           RowKind{"obligation_withdrawal", obligation_fields::withdrawal},
                           RowKind{"obligation_settlement", obligation_fields::settlement, 20},
                           RowKind{"hours_import", obligation_fields::hours_import},
                           RowKind{"hours_import_row", obligation_fields::hours_import_row, 1},
                           RowKind{"fund_term", fund_fields::term},
                           RowKind{"fund_buffer", fund_fields::buffer},
                           RowKind{"fund_account", fund_fields::account},
                           RowKind{"spending_mandate", fund_fields::mandate},
                           RowKind{"spending_step", fund_fields::step},
                           RowKind{"order_mandate", fund_fields::order_mandate, 20},
                           RowKind{"budget", fund_fields::budget},
                           RowKind{"budget_revision", fund_fields::budget_revision},
                           RowKind{"budget_line", fund_fields::budget_line},
                           RowKind{"allocation_round", fund_fields::allocation_round},
                           RowKind{"allocation_share", fund_fields::allocation_share, 1'000},
                           RowKind{"allocation_step", fund_fields::allocation_step, 1'000},
                           RowKind{"sharing_version", sharing_fields::version, 200},
                           RowKind{"place_value", sharing_fields::place_value},
                           RowKind{"pay_tariff", pay_fields::tariff},
                           RowKind{"pay_run", pay_fields::pay_run},
                           RowKind{"pay_run_share", pay_fields::pay_share, 20},
                           RowKind{"pay_run_lot", pay_fields::pay_lot, 20},
                           RowKind{"pay_run_cost", pay_fields::pay_cost, 20},
                           RowKind{"pay_run_pot", pay_fields::pay_pot},
                           RowKind{"pay_run_local", pay_fields::pay_local},
                           RowKind{"pay_run_local_share", pay_fields::pay_local_share, 20},
                           RowKind{"pay_run_step", pay_fields::pay_step},
                           RowKind{"cost_pool", cost_fields::pool},
                           RowKind{"cost_term", cost_fields::term},
                           RowKind{"cost_participant", cost_fields::participant, 20},
                           RowKind{"cost_bill", cost_fields::bill},
                           RowKind{"cost_bill_end", cost_fields::bill_end},
                           RowKind{"cost_usage", cost_fields::usage, 2'000},
                           RowKind{"cost_allocation", cost_fields::allocation},
                           RowKind{"cost_allocation_bill", cost_fields::taken_bill, 20},
                           RowKind{"cost_allocation_usage", cost_fields::taken_usage, 20},
                           RowKind{"cost_share", cost_fields::share, 20},
                           RowKind{"cost_step", cost_fields::step}};

/// Copies one field, if it is there, from what is read to what is kept.
void copy(const RowField& field, JsonFields& from, JsonObject& to) {
  if (!field.required && !from.has(field.name)) return;
  switch (field.type) {
    case text:
    case user:
      to.text(field.name, from.text(field.name));
      return;
    case number:
      to.number(field.name, from.number(field.name));
      return;
    case day:
      to.text(field.name, from.day(field.name).text());
      return;
    case instant:
      to.text(field.name, coop::text_of(from.instant(field.name)));
      return;
    case truth:
      to.raw(field.name, from.truth(field.name) ? "true" : "false");
      return;
  }
}

}  // namespace

std::span<const RowKind> row_kinds() { return kinds; }

const RowKind* find_row_kind(std::string_view kind) {
  const auto found =
      std::find_if(kinds.begin(), kinds.end(), [&](const RowKind& one) { return one.kind == kind; });
  return found == kinds.end() ? nullptr : &*found;
}

NativeRow native_row_from(const RowKind& kind, JsonFields& fields) {
  NativeRow row{&kind, {}};
  JsonObject kept{row.json};
  for (const RowField& field : kind.fields) copy(field, fields, kept);
  kept.end();
  return row;
}

}  // namespace coop::journals
