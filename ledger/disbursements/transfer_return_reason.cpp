#include "ledger/disbursements/transfer_return_reason.hpp"

namespace coop::disbursements {

namespace {

constexpr std::string_view ask_for_account = "Ask the payee for the right IBAN, and propose it anew.";
constexpr std::string_view ask_the_bank = "Ask the bank what was missing, and propose it anew.";

constexpr TransferReturnReason reasons[] = {
    {"AC01", "There is no account with this number.", ask_for_account},
    {"AC03", "The payee's account number is not valid.", ask_for_account},
    {"AC04", "The account is closed.", ask_for_account},
    {"AC06", "The account is blocked.", ask_for_account},
    {"AC13", "The account is not one that takes such payments.", ask_for_account},
    {"AG01", "The account may not take such payments.", ask_for_account},
    {"AG02", "The bank does not know this kind of payment.", ask_the_bank},
    {"AM05", "The payee's bank had the same payment already.",
     "Look whether it was paid twice, before you propose it anew."},
    {"BE01", "Name and account do not belong together.",
     "Ask the payee whose account it is, and how it is called."},
    {"BE04", "The payee's address is missing.", "Give town and country of the payee, and propose it anew."},
    {"CNOR", "The payee's bank cannot be reached by such payments.", ask_for_account},
    {"CUST", "The payee sent it back.", "Ask the payee why."},
    {"FOCR", "It was called back.", "Nothing: whoever called it back wanted this."},
    {"MD07", "The holder of the account has died.", "Ask the heirs where to pay."},
    {"MS02", "The payee did not want it.", "Ask the payee why."},
    {"MS03", "The payee's bank sent it back without saying why.", "Ask your bank, or the payee."},
    {"RC01", "The BIC of the payee's bank is wrong.", "Leave the BIC out or correct it."},
    {"RR01", "The law asks for the payer's account or identity.", ask_the_bank},
    {"RR02", "The law asks for the payer's name or address.", ask_the_bank},
    {"RR03", "The law asks for the payee's name or address.",
     "Give town and country of the payee, and propose it anew."},
    {"RR04", "A rule of the law keeps the bank from paying it.", ask_the_bank},
    {"TM01", "It came too late for the day.", "Propose it anew, for a later day."},
};

constexpr TransferReturnReason unexplained{"", "The bank sent it back for a reason that we do not know yet.",
                                           "Ask your bank what the code means."};

}  // namespace

std::span<const TransferReturnReason> transfer_return_reasons() { return reasons; }

const TransferReturnReason& transfer_return_reason(std::string_view code) {
  for (const TransferReturnReason& reason : reasons)
    if (reason.code == code) return reason;
  return unexplained;
}

}  // namespace coop::disbursements
