#include "ledger/collecting/return_reason.hpp"

namespace coop::collecting {

namespace {

// Fourteen days are what a member has to be told before a collection, a repeated one too.
constexpr int rest_before_retry = 14;

constexpr ReturnReason reasons[] = {
    {"AC01", ReturnAction::ask_for_account, 0, "The bank says that there is no account with this number.",
     "Please tell us the account number (IBAN) we should use."},
    {"AC04", ReturnAction::ask_for_account, 0, "The bank says that the account is closed.",
     "Please tell us the number (IBAN) of your new account."},
    {"AC06", ReturnAction::ask_for_account, 0, "The bank says that the account is blocked.",
     "Please tell us another account number (IBAN), or ask your bank to release the account."},
    {"MD01", ReturnAction::renew_mandate, 0,
     "The bank says that there is no valid mandate: nobody allowed us to collect from this account.",
     "If you want to go on paying by direct debit, please sign a new mandate; otherwise pay by transfer."},
    {"MD02", ReturnAction::renew_mandate, 0, "The bank says that the mandate's details are wrong or missing.",
     "We will check them with you before we collect again."},
    {"MD06", ReturnAction::talk, 0, "You, or somebody with power over the account, asked for the money back.",
     "That is your right for eight weeks. Please tell us whether something was wrong; the amount is open "
     "again."},
    {"MD07", ReturnAction::stop_letters, 0, "The bank says that the holder of the account has died.", ""},
    {"AM04", ReturnAction::retry_later, rest_before_retry, "There was not enough money in the account.",
     "We will try again in two weeks at the earliest, and tell you before; or pay by transfer when you can."},
    {"MS03", ReturnAction::retry_later, rest_before_retry, "The bank sent it back without saying why.",
     "We will try again in two weeks at the earliest, and tell you before; your bank can tell you more."},
    {"SL01", ReturnAction::talk, 0,
     "Your bank blocks direct debits to us, perhaps because of a setting of yours.",
     "Please ask your bank to allow them, or pay by transfer."},
};

constexpr ReturnReason unexplained{
    "", ReturnAction::talk, 0, "The bank sent it back for a reason that we do not know yet.",
    "We will find out and talk with you before we collect again; the amount is open again."};

}  // namespace

std::span<const ReturnReason> return_reasons() { return reasons; }

const ReturnReason& return_reason(std::string_view code) {
  for (const ReturnReason& reason : reasons) {
    if (reason.code == code) return reason;
  }
  return unexplained;
}

}  // namespace coop::collecting
