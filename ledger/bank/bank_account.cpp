#include "ledger/bank/bank_account.hpp"

#include <algorithm>

#include "ledger/values/code_text.hpp"
#include "ledger/values/word_table.hpp"

namespace coop::bank {

namespace {

constexpr WordTable<BankAccountKind, 4> kinds{{{BankAccountKind::bank, "bank"},
                                               {BankAccountKind::cash, "cash"},
                                               {BankAccountKind::local, "local"},
                                               {BankAccountKind::neighbour, "neighbour"}}};

bool may_stand(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '.' || c == '_' || c == '-';
}

}  // namespace

std::string_view text_of(BankAccountKind kind) { return text_among(kinds, kind); }
BankAccountKind bank_account_kind_from(std::string_view text) { return word_among(kinds, text); }

std::string identifier_of(std::string_view written) {
  std::string bare = compact_code(written);
  if (bare.empty() || bare.size() > 40 || !std::ranges::all_of(bare, may_stand))
    throw Refused{Refusal::field_invalid, "an identifier has 1 to 40 letters, digits and / . _ -",
                  "/identifier"};
  return bare;
}

}  // namespace coop::bank
