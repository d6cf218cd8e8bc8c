#include "ledger/journals/native_checks.hpp"

#include <array>
#include <limits>

#include "ledger/books/chain.hpp"
#include "ledger/books/node.hpp"
#include "ledger/journals/native_require.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/unit.hpp"

namespace coop::journals {

namespace {

void require_length(std::string_view what, std::string_view text, std::size_t most) {
  const auto is_first_byte = [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; };
  std::size_t letters = 0;
  for (const char c : text) letters += is_first_byte(c) ? 1 : 0;
  require(letters <= most, std::string{what} + " has more than " + std::to_string(most) + " letters");
}

// The stages of a file, in the order of NativeLine's kinds: entries and their checkpoints are mixed, and rows
// follow in the order of their own kinds.
constexpr std::size_t first_row_stage = 11;
constexpr std::array<std::size_t, 14> stages{0, 1, 2, 3, 4, 5, 5, 6, 7, 8, 9, 10, first_row_stage, 1'000};

std::size_t stage_of(const NativeLine& line) {
  const auto* row = std::get_if<NativeRow>(&line);
  if (row == nullptr) return stages.at(line.index());
  return first_row_stage + static_cast<std::size_t>(row->of - row_kinds().data());
}

// No lines have this fingerprint: it stands where a reversal, or what is reversed already, has its
// opposite's.
constexpr books::Fingerprint not_to_be_reversed{};

}  // namespace

void NativeChecks::take(const NativeLine& line) {
  check_order(line);
  std::visit([this](const auto& one) { check(one); }, line);
  ++lines_[std::string{kind_of(line)}];
}

void NativeChecks::check_order(const NativeLine& line) {
  require(!is_complete_, "there are lines after the last one");
  require(head_.has_value() != std::holds_alternative<NativeHead>(line),
          head_ ? "there is a second first line" : "the first line does not say whose books these are");
  const std::size_t stage = stage_of(line);
  require(stage >= stage_, "a line of the kind " + std::string{kind_of(line)} + " comes too late");
  stage_ = stage;
}

void NativeChecks::check(const NativeHead& head) {
  require(head.version == native_version, "this program reads version " + std::to_string(native_version) +
                                              " of the format, not " + std::to_string(head.version));
  books::require_node_draft(books::NodeDraft{
      head.node, head.title, head.base_unit, head.country, head.time_zone,
      FiscalYearStart{static_cast<unsigned>(head.fiscal_month), static_cast<unsigned>(head.fiscal_day)}});
  head_ = head;
  rolls_ = RollChecks{head.node};
  last_hash_ = books::first_link_of(head.node);
}

void NativeChecks::check(const NativeUnit& unit) {
  require_unit_code(unit.code);
  require_length("the unit's name", unit.name, 200);
  require(unit.scale <= 6 && !unit.name.empty(),
          "the unit " + unit.code + " has no name or too many decimals");
  require(unit.origin == "currency" || unit.origin == "local" || unit.origin == "hours",
          "the unit " + unit.code + " is no currency, local unit or hours");
  require(scales_.emplace(unit.code, unit.scale).second, "the unit " + unit.code + " is described twice");
}

void NativeChecks::check(const NativeDimension& row) {
  books::require_dimension_code(row.code);
  require_length("the dimension's name", row.name, 200);
  require(row.id > 0 && !row.name.empty(), "the dimension " + row.code + " has no name or id");
  require(dimension_ids_.insert(row.id).second &&
              dimensions_.emplace(std::pair{row.dimension, row.code}, row.id).second,
          "the dimension " + row.code + " is described twice");
  if (row.dimension == books::DimensionKind::member) members_.know_dimension(row.code, row.name);
}

void NativeChecks::check(const NativeAccount& account) {
  books::require_path(account.path);
  require_length("the account's title", account.title, 200);
  require(account.id > 0, "the account " + account.path + " has no id");
  require(!account.closed_on || *account.closed_on >= account.opened_on,
          "the account " + account.path + " is closed before it is opened");
  const auto& [lower, upper] = account.limits;
  require(!lower || !upper || *lower <= *upper, "the limits of " + account.path + " contradict each other");
  require(accounts_.emplace(std::pair{account.path, account.unit}, account.id).second &&
              standings_.emplace(account.id, NativeStanding{account}).second,
          "the account " + account.path + " in " + account.unit + " is described twice");
}

int NativeChecks::account_id(const std::string& path, const std::string& unit) const {
  const auto found = accounts_.find({path, unit});
  require(found != accounts_.end(), "there is no account " + path + " in " + unit);
  return found->second;
}

int NativeChecks::dimension_id(books::DimensionKind kind, const std::string& code) const {
  const auto found = dimensions_.find({kind, code});
  require(found != dimensions_.end(), "there is no " + std::string{books::text_of(kind)} + ' ' + code);
  return found->second;
}

void NativeChecks::check_postings(const std::vector<books::Posting>& postings) const {
  require(postings.size() >= 2 && postings.size() <= 32'767, "there are too few or too many postings");
  std::map<std::string, std::int64_t> sums;
  for (const books::Posting& posting : postings) {
    require(posting.amount_minor != 0 && posting.amount_minor != std::numeric_limits<std::int64_t>::min(),
            "a posting to " + posting.account + " is of zero, or its amount has no opposite");
    require_length("a posting's note", posting.note, 500);
    account_id(posting.account, posting.unit);
    for (const books::DimensionKind kind : books::dimension_kinds) {
      const auto& code = posting.about[static_cast<std::size_t>(kind)];
      if (code) dimension_id(kind, *code);
    }
    std::int64_t& sum = sums[posting.unit];
    sum = checked_add(sum, posting.amount_minor);
  }
  for (const auto& [unit, sum] : sums)
    require(sum == 0, "the postings in " + unit + " do not add up to zero");
}

void NativeChecks::check(const NativeHold& hold) {
  require(hold.number == static_cast<std::int64_t>(holds_.size()) + 1, "the numbers of the holds have a gap");
  require(!hold.expires_at || *hold.expires_at > hold.made_at, "the hold expires before it is made");
  require_length("the hold's description", hold.description, 1000);
  require_length("the hold's reference", hold.reference, 200);
  check_postings(hold.postings);
  OpenHold open;
  for (const books::Posting& posting : hold.postings) {
    open.reserved.emplace_back(account_id(posting.account, posting.unit), posting.amount_minor);
  }
  holds_.emplace(hold.number, std::move(open));
}

void NativeChecks::check(const NativeEntry& native) {
  const books::Entry& entry = native.entry;
  const std::string name = "entry " + std::to_string(entry.number.number());
  require(entry.number.number() == last_number_ + 1, name + " follows on " + std::to_string(last_number_));
  require(!last_recorded_at_ || entry.recorded_at >= *last_recorded_at_,
          name + " was recorded before the one before it");
  require(!entry.document_on || *entry.document_on < entry.booked_on, name + " is no late document");
  require_length("the description", entry.description, 1000);
  require_length("the reference", entry.reference, 200);
  require_length("the source", entry.source, 500);
  check_postings(entry.postings);
  check_links(entry);
  std::string canonical;
  books::append_canonical(canonical, head_->node, entry);
  require(books::next_link(last_hash_, canonical) == entry.hash,
          name + " has another hash than its content and the chain before it give");
  apply(entry);
  last_hash_ = entry.hash;
  last_number_ = entry.number.number();
  last_recorded_at_ = entry.recorded_at;
}

// The lines' accounts, amounts (negated where `sign` is -1) and dimensions, in their order.
books::Fingerprint NativeChecks::lines_of(const books::Entry& entry, int sign) const {
  std::string text;
  for (const books::Posting& posting : entry.postings) {
    text += std::to_string(account_id(posting.account, posting.unit)) + ' ';
    text += std::to_string(sign * posting.amount_minor);
    for (const books::DimensionKind kind : books::dimension_kinds) {
      const auto& code = posting.about[static_cast<std::size_t>(kind)];
      text += ' ' + (code ? *code : std::string{});
    }
    text += '\n';
  }
  return books::fingerprint_of(text);
}

void NativeChecks::check_reversal(const books::Entry& entry) {
  const std::int64_t reversed = entry.reverses->number();
  const std::string name = "entry " + std::to_string(reversed);
  require(reversed > 0 && reversed <= last_number_, "what is reversed comes later");
  books::Fingerprint& opposite = opposites_[static_cast<std::size_t>(reversed - 1)];
  require(opposite != not_to_be_reversed, name + " is reversed twice, or a reversal itself");
  require(opposite == lines_of(entry, 1), "the postings are not the opposite of those of " + name);
  opposite = not_to_be_reversed;
}

void NativeChecks::check_links(const books::Entry& entry) {
  if (entry.reverses) check_reversal(entry);
  opposites_.push_back(entry.reverses ? not_to_be_reversed : lines_of(entry, -1));
  if (entry.hold) {
    const auto hold = holds_.find(entry.hold->number());
    require(hold != holds_.end() && !hold->second.posted_by, "the hold is unknown or was posted before");
    hold->second.posted_by = entry.number.number();
  }
}

void NativeChecks::apply(const books::Entry& entry) {
  posted_.begin_entry(entry.booked_on, entry.document_on);
  for (const books::Posting& posting : entry.postings) {
    const int id = account_id(posting.account, posting.unit);
    const auto& member = posting.about[1];
    posted_.add(id, posting.amount_minor, member ? dimension_id(books::DimensionKind::member, *member) : 0);
    NativeStanding& standing = standings_.at(id);
    const NativeAccount& account = standing.account;
    if (const auto& fund = posting.about[0])
      spending_.add(entry, *fund, posting.about[2].value_or(""), posting.unit,
                    std::string{books::text_of(account.type)}, posting.amount_minor);
    require(
        account.opened_on <= entry.booked_on && (!account.closed_on || entry.booked_on <= *account.closed_on),
        "the account " + account.path + " is not open on " + entry.booked_on.text());
    standing.balance_minor = checked_add(standing.balance_minor, posting.amount_minor);
    ++standing.posting_count;
  }
}

void NativeChecks::check(const NativeCheckpoint& checkpoint) const {
  require(checkpoint.entry == last_number_ && checkpoint.hash == last_hash_,
          "the checkpoint is not of the entry before it");
}

void NativeChecks::check(const NativeHoldEnd& end) {
  const auto hold = holds_.find(end.hold);
  require(hold != holds_.end() && !hold->second.has_ended, "the hold is unknown or has ended before");
  require(end.end == "posted" || end.end == "voided" || end.end == "expired", "a hold does not end so");
  require((end.end == "posted") == end.entry.has_value() && end.entry == hold->second.posted_by,
          "the hold and the entry that used it differ");
  hold->second.has_ended = true;
}

void NativeChecks::check(const NativeLock& lock) {
  require(lock.number > 0 && locks_.emplace(lock.number, lock.lock).second,
          "the lock has no number of its own");
  require(!lock.reason.empty(), "the lock has no reason");
  require_length("the reason", lock.reason, 500);
}

void NativeChecks::check(const NativeUnlock& unlock) {
  const auto lock = locks_.find(unlock.lock);
  require(lock != locks_.end() && lock->second == books::LockKind::soft && lifted_.insert(unlock.lock).second,
          "the lock is unknown, hard or lifted before");
  require(!unlock.reason.empty(), "the unlock has no reason");
  require_length("the reason", unlock.reason, 500);
}

void NativeChecks::check(const NativeEvent& event) {
  require(event.number == last_event_ + 1, "the numbers of the events have a gap");
  require(!event.last_entry || (event.first_entry && *event.first_entry <= *event.last_entry &&
                                *event.last_entry <= last_number_),
          "the event is of entries that do not exist");
  last_event_ = event.number;
  outbox_.note(event);
}

void NativeChecks::check(const NativeAnswer& answer) {
  require(answered_.insert(answer.request_key).second, "a request is answered twice");
}

void NativeChecks::check(const NativeRow& row) {
  check_in_room(row);
  told_.take(row, {accounts_, dimensions_, scales_, posted_});
  outbox_.take(row, scales_);
  keys_.take(row, scales_);
}

void NativeChecks::check_in_room(const NativeRow& row) {
  if (reminders_.take(row, {scales_, members_, dues_})) return;
  if (dues_.take(row, scales_, members_, last_number_) || rolls_.take(row, members_) ||
      collecting_.take(row, members_, dues_) || bank_.take(row, accounts_) ||
      disbursements_.take(row, {accounts_, dimensions_, bank_, members_, funds_.rules()}) ||
      capital_.take(row, {accounts_, members_, last_number_}) ||
      matches_.take(row, {bank_, posted_, members_, dues_, collecting_, disbursements_}) ||
      signoffs_.take(row, {bank_, last_number_, last_event_}) || counts_.take(row, {bank_, posted_}) ||
      rules_.take(row, {bank_, matches_, members_, accounts_, scales_}) ||
      work_.take(row, {dimensions_, members_}) ||
      obligations_.take(row, {scales_, members_, work_, last_number_,
                              [this](std::int64_t entry) {
                                return opposites_[static_cast<std::size_t>(entry - 1)] == not_to_be_reversed;
                              },
                              [this](std::int64_t entry, const std::string& member, const std::string& unit) {
                                return moved(entry, member, unit);
                              }}) ||
      funds_.take(row,
                  {scales_, accounts_, dimensions_, members_, spending_, disbursements_, last_number_}) ||
      budgets_.take(row, {scales_, dimensions_, work_}) ||
      allocations_.take(row, {scales_, dimensions_, members_, funds_.mandates()}) ||
      sharing_.take(row, scales_) ||
      pay_.take(row, {accounts_, scales_, members_, work_, funds_.mandates(), last_number_}) ||
      costs_.take(row, {head_->node, scales_, accounts_, members_, posted_, sharing_}))
    return;
  members_.take(row, scales_);
}

void NativeChecks::check(const NativeEnd& end) {
  require(head_->entries == last_number_ && head_->holds == static_cast<std::int64_t>(holds_.size()),
          "there are not as many entries or holds as the first line says");
  require(end.last_hash == last_hash_ && head_->last_hash == last_hash_, "the chain ends with another hash");
  require(end.lines == lines_, "there are not as many lines of each kind as the last line says");
  for (const auto& [number, hold] : holds_) {
    require(!hold.posted_by || hold.has_ended,
            "hold " + std::to_string(number) + " was posted but has not ended");
    if (hold.has_ended) continue;
    for (const auto& [account, amount] : hold.reserved) {
      NativeStanding& standing = standings_.at(account);
      std::int64_t& held = amount > 0 ? standing.held_debit_minor : standing.held_credit_minor;
      held = checked_add(held, amount > 0 ? amount : -amount);
    }
  }
  check_limits();
  members_.finish();
  dues_.finish();
  rolls_.finish();
  collecting_.finish();
  reminders_.finish();
  disbursements_.finish(members_);
  capital_.finish();
  matches_.finish();
  signoffs_.finish();
  counts_.finish();
  bank_.finish(matches_.lines());
  outbox_.finish();
  keys_.finish();
  rules_.finish(matches_);
  work_.finish();
  obligations_.finish();
  funds_.finish(disbursements_, pay_.drawing_runs());
  budgets_.finish();
  allocations_.finish();
  pay_.finish();
  costs_.finish(posted_, sharing_);
  is_complete_ = true;
}

std::int64_t NativeChecks::moved(std::int64_t entry, const std::string& member,
                                 const std::string& unit) const {
  const auto found = dimensions_.find({books::DimensionKind::member, member});
  if (found == dimensions_.end()) return 0;
  return posted_.given_by(entry, found->second, [&](int id) -> std::optional<books::AccountType> {
    const NativeAccount& account = standings_.at(id).account;
    if (account.unit != unit) return std::nullopt;
    return account.type;
  });
}

void NativeChecks::check_limits() const {
  for (const auto& [id, standing] : standings_) {
    const auto& [lower, upper] = standing.account.limits;
    require(!lower || checked_add(standing.balance_minor, -standing.held_credit_minor) >= *lower,
            "the balance of " + standing.account.path + " is below its limit");
    require(!upper || checked_add(standing.balance_minor, standing.held_debit_minor) <= *upper,
            "the balance of " + standing.account.path + " is above its limit");
  }
}

}  // namespace coop::journals
