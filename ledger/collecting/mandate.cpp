#include "ledger/collecting/mandate.hpp"

#include <algorithm>

#include "ledger/collecting/return_reason.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/sepa_identifier.hpp"

namespace coop::collecting {

namespace {

constexpr int months_before_expiry = 36;

/// Takes changes one after the other.
class MandateHistory {
 public:
  explicit MandateHistory(const Mandate& mandate)
      : use_{mandate.use},
        signed_on_{mandate.signed_on},
        iban_{mandate.iban},
        now_{use_ == MandateUse::one_off ? CollectionSequence::one_off : CollectionSequence::first, false,
             false} {}

  void take(const MandateChange& change) {
    ensure(change.on >= signed_on_, "nothing happens to a mandate before it is signed");
    switch (change.kind) {
      case MandateChangeKind::collected:
        ensure(change.sequence.has_value(), "a collection says which one it is");
        return collect(change.on, *change.sequence);
      case MandateChangeKind::rejected:
        now_ = before_last_;
        return hold(change);
      case MandateChangeKind::returned:
        return hold(change);
      case MandateChangeKind::account_changed:
        ensure(change.iban.has_value(), "a changed account has its IBAN");
        return change_account(*change.iban);
      case MandateChangeKind::released:
        return holds_.clear();
      case MandateChangeKind::cancelled:
        is_cancelled_ = true;
    }
  }

  MandateState state_on(Day day) const {
    MandateState state{MandateStatus::usable,
                       now_.next,
                       iban_,
                       now_.account_changed,
                       last_sent_on_,
                       last_sent_on_.value_or(signed_on_).plus_months(months_before_expiry),
                       {}};
    std::copy_if(holds_.begin(), holds_.end(), std::back_inserter(state.holds),
                 [&](const MandateHold& hold) { return !hold.until || day < *hold.until; });
    if (day < signed_on_) state.status = MandateStatus::not_signed;
    else if (is_cancelled_) state.status = MandateStatus::cancelled;
    else if (now_.is_used_up) state.status = MandateStatus::used_up;
    else if (day > state.expires_on) state.status = MandateStatus::expired;
    else if (!state.holds.empty()) state.status = MandateStatus::on_hold;
    return state;
  }

 private:
  /// What a collection changes, and a rejected one changes back.
  struct Position {
    CollectionSequence next;
    bool account_changed;
    bool is_used_up;
  };

  void collect(Day on, CollectionSequence sequence) {
    before_last_ = now_;
    last_sent_on_ = last_sent_on_ ? std::max(*last_sent_on_, on) : on;
    now_.account_changed = false;
    now_.is_used_up = use_ == MandateUse::one_off || sequence == CollectionSequence::final;
    if (use_ == MandateUse::recurring) now_.next = CollectionSequence::recurring;
  }

  void hold(const MandateChange& change) {
    const ReturnReason& reason = return_reason(change.code);
    std::optional<Day> until;
    if (reason.rest_days > 0) until = change.on.plus_days(reason.rest_days);
    holds_.push_back({change.code, change.on, until});
  }

  void change_account(const Iban& iban) {
    if (iban == iban_) return;
    iban_ = iban;
    if (use_ == MandateUse::recurring) now_.next = CollectionSequence::first;
    // The bank knows nothing yet of a mandate that was never used.
    now_.account_changed = last_sent_on_.has_value();
    // Should the last collection still be rejected, the new account's is the first one nevertheless.
    before_last_.next = now_.next;
    before_last_.account_changed = now_.account_changed;
    std::erase_if(holds_, [](const MandateHold& hold) {
      return return_reason(hold.code).action == ReturnAction::ask_for_account;
    });
  }

  MandateUse use_;
  Day signed_on_;
  Iban iban_;
  Position now_;
  Position before_last_ = now_;
  bool is_cancelled_ = false;
  std::optional<Day> last_sent_on_;
  std::vector<MandateHold> holds_;
};

std::string words_of(const MandateHold& hold) {
  std::string words =
      "it rests since " + hold.since.text() + " (" + (hold.code.empty() ? "no code" : hold.code) + ")";
  if (hold.until) words += ", until " + hold.until->text();
  return words + ": " + std::string{return_reason(hold.code).cause};
}

}  // namespace

std::string_view code_of(MandateScheme scheme) { return scheme == MandateScheme::core ? "CORE" : "B2B"; }

std::string_view code_of(CollectionSequence sequence) {
  switch (sequence) {
    case CollectionSequence::first:
      return "FRST";
    case CollectionSequence::recurring:
      return "RCUR";
    case CollectionSequence::final:
      return "FNAL";
    case CollectionSequence::one_off:
      return "OOFF";
  }
  throw InvariantBroken{"a collection is first, recurring, final or one-off"};
}

void require_mandate_id(std::string_view id, const std::string& place) {
  if (const std::string fault = sepa_identifier_fault(id); !fault.empty())
    throw Refused{Refusal::name_malformed, "the mandate's reference " + fault, place};
}

MandateState state_of(const Mandate& mandate, Day day) {
  MandateHistory history{mandate};
  std::vector<MandateChange> changes = mandate.changes;
  std::stable_sort(changes.begin(), changes.end(),
                   [](const MandateChange& a, const MandateChange& b) { return a.on < b.on; });
  for (const MandateChange& change : changes) {
    if (change.on <= day) history.take(change);
  }
  return history.state_on(day);
}

CollectionSequence next_sequence(const Mandate& mandate, const MandateState& state, bool is_last) {
  if (mandate.use == MandateUse::one_off) return CollectionSequence::one_off;
  return is_last ? CollectionSequence::final : state.next;
}

std::string hindrance(const MandateState& state) {
  switch (state.status) {
    case MandateStatus::not_signed:
      return "it is not signed yet on that day";
    case MandateStatus::cancelled:
      return "it was cancelled";
    case MandateStatus::used_up:
      return "its last collection was sent";
    case MandateStatus::expired:
      return "it expired: not used for 36 months, until " + state.expires_on.text();
    case MandateStatus::on_hold:
      return words_of(state.holds.back());
    case MandateStatus::usable:
      return {};
  }
  throw InvariantBroken{"a mandate has one of the known states"};
}

void require_usable(const Mandate& mandate, const MandateState& state) {
  if (const std::string why = hindrance(state); !why.empty())
    throw Refused{Refusal::mandate_not_usable, "mandate " + mandate.id + ": " + why};
}

}  // namespace coop::collecting
