#include "ledger/collecting/mandate_account_store.hpp"

#include <sstream>

namespace coop::collecting {

MandateAccount account_from_row(const Row& row, int first) {
  MandateAccount account{row.integer(first), Iban::parse(row.text(first + 1)), std::nullopt,
                         row.string(first + 3), std::nullopt};
  if (!row.is_null(first + 2)) account.bic = Bic::parse(row.text(first + 2));
  if (row.is_null(first + 4)) return account;
  account.address = DebtorAddress{row.string(first + 4), row.string(first + 5), {}};
  std::istringstream street{row.string(first + 6)};
  for (std::string line; std::getline(street, line);) account.address->lines.push_back(line);
  return account;
}

}  // namespace coop::collecting
