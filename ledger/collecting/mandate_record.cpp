#include "ledger/collecting/mandate_record.hpp"

#include <algorithm>

#include "ledger/values/code_text.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/text.hpp"
#include "ledger/values/word_table.hpp"

namespace coop::collecting {

namespace {

constexpr WordTable<MandateScheme, 2> schemes{{{MandateScheme::core, "core"}, {MandateScheme::b2b, "b2b"}}};
constexpr WordTable<MandateUse, 2> uses{
    {{MandateUse::recurring, "recurring"}, {MandateUse::one_off, "one_off"}}};
constexpr WordTable<CollectionSequence, 4> sequence_words{{{CollectionSequence::first, "first"},
                                                           {CollectionSequence::recurring, "recurring"},
                                                           {CollectionSequence::final, "final"},
                                                           {CollectionSequence::one_off, "one_off"}}};
constexpr WordTable<MandateChangeKind, 6> change_kinds{
    {{MandateChangeKind::collected, "collected"},
     {MandateChangeKind::rejected, "rejected"},
     {MandateChangeKind::returned, "returned"},
     {MandateChangeKind::account_changed, "account_changed"},
     {MandateChangeKind::released, "released"},
     {MandateChangeKind::cancelled, "cancelled"}}};
constexpr WordTable<MandateStatus, 6> statuses{{{MandateStatus::not_signed, "not_signed"},
                                                {MandateStatus::cancelled, "cancelled"},
                                                {MandateStatus::used_up, "used_up"},
                                                {MandateStatus::expired, "expired"},
                                                {MandateStatus::on_hold, "on_hold"},
                                                {MandateStatus::usable, "usable"}}};

const MandateAccount& account_of(const MandateRecord& record, int number) {
  const auto found = std::ranges::find(record.accounts, number, &MandateAccount::number);
  ensure(found != record.accounts.end(), "a mandate has the accounts that its changes name");
  return *found;
}

void require(bool holds, const char* otherwise, const std::string& place) {
  if (!holds) throw Refused{Refusal::field_invalid, otherwise, place};
}

}  // namespace

std::string_view text_of(MandateScheme scheme) { return text_among(schemes, scheme); }
MandateScheme mandate_scheme_from(std::string_view text) { return word_among(schemes, text); }
std::string_view text_of(MandateUse use) { return text_among(uses, use); }
MandateUse mandate_use_from(std::string_view text) { return word_among(uses, text); }
std::string_view text_of(CollectionSequence sequence) { return text_among(sequence_words, sequence); }
CollectionSequence collection_sequence_from(std::string_view text) {
  return word_among(sequence_words, text);
}
std::string_view text_of(MandateChangeKind kind) { return text_among(change_kinds, kind); }
MandateChangeKind mandate_change_kind_from(std::string_view text) { return word_among(change_kinds, text); }
std::string_view text_of(MandateStatus status) { return text_among(statuses, status); }

std::optional<Mandate> mandate_of(const MandateRecord& record) {
  if (record.accounts.empty()) return std::nullopt;
  Mandate mandate{record.reference, record.scheme, record.use, record.signed_on, account_of(record, 1).iban};
  for (const MandateChangeRecord& change : record.changes) {
    mandate.changes.push_back({change.kind, change.on, change.sequence, change.code, std::nullopt});
    if (change.account) mandate.changes.back().iban = account_of(record, *change.account).iban;
  }
  return mandate;
}

const MandateAccount* account_on(const MandateRecord& record, Day day) {
  if (record.accounts.empty()) return nullptr;
  int number = 1;
  std::optional<Day> since;
  for (const MandateChangeRecord& change : record.changes) {
    if (!change.account || change.on > day || (since && change.on < *since)) continue;
    number = *change.account;
    since = change.on;
  }
  return &account_of(record, number);
}

std::string_view status_on(const MandateRecord& record, Day day) {
  const auto mandate = mandate_of(record);
  return mandate ? text_of(state_of(*mandate, day).status) : "erased";
}

void require_account(const MandateAccount& account, const std::string& place) {
  require(!is_blank(account.name) && account.name.size() <= 200, "a name has 1 to 200 bytes",
          place + "/name");
  if (!account.address) return;
  const DebtorAddress& address = *account.address;
  require(!is_blank(address.town) && address.town.size() <= 70, "a town has 1 to 70 bytes",
          place + "/address/town");
  require(address.country.size() == 2 && is_capitals_or_digits(address.country) && address.country[0] > '9' &&
              address.country[1] > '9',
          "a country has two capital letters", place + "/address/country");
  require(address.lines.size() <= 2, "an address has two lines at most", place + "/address/lines");
  for (std::size_t i = 0; i < address.lines.size(); ++i)
    require(!is_blank(address.lines[i]) && address.lines[i].size() <= 70 &&
                address.lines[i].find('\n') == std::string::npos,
            "a line has 1 to 70 bytes", place + "/address/lines/" + std::to_string(i));
}

std::string mandate_reference_after(std::int64_t highest) {
  std::string digits = std::to_string(highest + 1);
  if (digits.size() < 4) digits.insert(0, 4 - digits.size(), '0');
  return "D" + digits;
}

}  // namespace coop::collecting
