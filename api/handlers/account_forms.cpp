#include "api/handlers/account_forms.hpp"

#include "ledger/books/account_service.hpp"

namespace coop::api {

void write_account(JsonWriter& out, const books::AccountLine& line) {
  const books::Account& account = line.account;
  const int scale = line.scale;
  out.open()
      .field("path", account.path)
      .field("unit", line.unit_code)
      .field("type", books::text_of(account.type));
  out.field("title", account.title).array("required");
  for (const auto kind : account.required) out.value(books::text_of(kind));
  out.end_array().object("limits").maybe_amount("lower", account.limits.lower, scale);
  out.maybe_amount("upper", account.limits.upper, scale).close();
  out.field("opened_on", account.opened_on).field("closed_on", account.closed_on);
  out.amount_field("balance", line.balance_minor, scale)
      .amount_field("held_debit", line.held_debit_minor, scale);
  out.amount_field("held_credit", line.held_credit_minor, scale).close();
}

books::Account asked_account(Tx& tx, const Call& call) {
  return books::require_account(tx, call.node().id, call.path_value("account"), call.query_text("unit"));
}

}  // namespace coop::api
