#pragma once
#include <span>
#include <string_view>

namespace coop::collecting {

/// What a returned direct debit asks of the co-operative.
enum class ReturnAction {
  retry_later,      ///< nothing is wrong but the moment: the mandate rests for a while
  ask_for_account,  ///< the account cannot be debited: a new IBAN releases the mandate
  renew_mandate,    ///< the bank or the member does not know the mandate: one of paper is needed
  talk,             ///< the member, or their bank, does not want it: nobody collects before somebody asked
  stop_letters,     ///< the member has died: nothing is collected, and no reminder is sent
};

/// Why a bank sent a direct debit back (external code set of ISO 20022), in words for a member.
struct ReturnReason {
  std::string_view code;
  ReturnAction action;
  int rest_days;           ///< after so many days it may be tried again; 0: only when somebody released it
  std::string_view cause;  ///< what happened, to the member
  std::string_view next_step;  ///< what the member can do, or what happens next; empty where nobody writes
};

/// Every reason with words of its own.
std::span<const ReturnReason> return_reasons();

/// The reason with this code, or the one for codes without words of their own, whose code is empty: what the
/// bank does not explain is talked about before anybody collects again.
const ReturnReason& return_reason(std::string_view code);

}  // namespace coop::collecting
