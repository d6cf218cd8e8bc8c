#include "ledger/journals/import_survey.hpp"

#include <algorithm>

#include "ledger/books/account.hpp"

namespace coop::journals {

namespace {

void append_part(std::string& out, std::string_view text) {
  out += std::to_string(text.size());
  out += ':';
  out += text;
}

void append_amount(std::string& out, const std::string& commodity, const Decimal& quantity) {
  append_part(out, commodity);
  append_part(out, text_of(quantity));
}

}  // namespace

void ImportSurvey::take(const HledgerEntry& entry, Doubts& doubts) {
  ++entries_;
  hash(entry);
  if (last_day_ && entry.day < *last_day_) {
    doubts.obstacle("entries out of order", place_of(entry),
                    "the entries are not in the order of their days");
  }
  last_day_ = entry.day;
  if (!entry.file.empty()) files_.insert(entry.file);
  for (const HledgerPosting& posting : entry.postings) {
    take(posting);
    if (posting.assertion) check(entry, posting);
  }
}

void ImportSurvey::take(const HledgerPosting& posting) {
  Account& account = accounts_.try_emplace(posting.account, Account{posting.declared_type, {}}).first->second;
  const books::DimensionCodes codes = tagged_codes_of(posting.tags).codes;
  for (const books::DimensionKind kind : books::dimension_kinds) {
    const auto& code = codes[static_cast<std::size_t>(kind)];
    if (code) dimensions_.emplace(kind, *code);
  }
  if (posting.day) dated_apart_.insert(posting.account);
  const bool is_virtual = posting.kind == HledgerPostingKind::unbalanced_virtual;
  for (const HledgerAmount& amount : posting.amounts) {
    Decimal& balance = balances_[{posting.account, amount.commodity}];
    balance = balance + amount.quantity;
    if (is_zero(amount.quantity)) continue;
    Commodity& commodity = commodities_[amount.commodity];
    for (Use* use : {&account.use, &commodity.use}) (is_virtual ? use->is_virtual : use->is_regular) = true;
    commodity.written_places = std::max(commodity.written_places, amount.quantity.places);
    commodity.needed_places = std::max(commodity.needed_places, needed_places(amount.quantity));
    const auto digits = static_cast<int>(amount.quantity.mantissa.str().size());
    commodity.whole_digits = std::max(commodity.whole_digits, digits - amount.quantity.places);
  }
}

void ImportSurvey::hash(const HledgerEntry& entry) {
  std::string text = entry.day.text();
  append_part(text, entry.code);
  append_part(text, entry.description);
  append_part(text, entry.comment);
  if (entry.second_day) text += '=' + entry.second_day->text();
  for (const HledgerPosting& posting : entry.postings) {
    append_part(text, posting.account);
    text += static_cast<char>('0' + static_cast<int>(posting.kind));
    append_part(text, posting.comment);
    if (posting.day) text += posting.day->text();
    for (const HledgerAmount& amount : posting.amounts) {
      append_amount(text, amount.commodity, amount.quantity);
      if (!amount.cost) continue;
      text += amount.cost->is_total ? "@@" : "@";
      append_amount(text, amount.cost->commodity, amount.cost->amount);
    }
    text += ';';
  }
  hash_.add(text += '\n');
}

std::string ImportSurvey::file_hash() const { return hex_of(hash_.value()); }

Decimal ImportSurvey::balance_of(const std::string& account, const std::string& commodity,
                                 bool is_inclusive) const {
  Decimal sum;
  for (auto at = balances_.lower_bound({account, ""}); at != balances_.end(); ++at) {
    const auto& [name, unit] = at->first;
    if (!name.starts_with(account)) break;
    const bool counts = name == account || (is_inclusive && books::path_holds(account, name));
    if (counts && unit == commodity) sum = sum + at->second;
  }
  return sum;
}

void ImportSurvey::check(const HledgerEntry& entry, const HledgerPosting& posting) {
  constexpr std::size_t most_failures = 1'000;
  const HledgerAssertion& asserted = *posting.assertion;
  const auto require = [&](const std::string& commodity, const Decimal& wanted) {
    const Decimal balance = balance_of(posting.account, commodity, asserted.is_inclusive);
    if (is_same(balance, wanted) || failures_.size() == most_failures) return;
    failures_.push_back({place_of(entry), posting.account,
                         posting.account + " is asserted to be " + text_of(wanted) + ' ' + commodity +
                             " and is " + text_of(balance)});
  };
  require(asserted.commodity, asserted.quantity);
  if (!asserted.is_total) return;
  for (auto at = balances_.lower_bound({posting.account, ""}); at != balances_.end(); ++at) {
    if (at->first.first != posting.account) break;
    if (at->first.second != asserted.commodity) require(at->first.second, Decimal{});
  }
}

bool ImportSurvey::is_dated_apart(const std::string& account) const {
  return std::any_of(dated_apart_.begin(), dated_apart_.end(), [&](const std::string& name) {
    return name == account || books::path_holds(account, name);
  });
}

void ImportSurvey::tell_assertions(const ImportOptions& options, Doubts& doubts) const {
  for (const Failure& failure : failures_) {
    if (options.ignore_assertions || is_dated_apart(failure.account)) {
      doubts.note("balance assertions that fail", failure.place, failure.text);
    } else {
      doubts.obstacle("balance assertions that fail", failure.place,
                      failure.text + "; --ignore-assertions passes over it");
    }
  }
}

}  // namespace coop::journals
