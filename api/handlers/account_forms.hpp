#pragma once
#include "api/call.hpp"
#include "api/json_writer.hpp"
#include "ledger/books/account_list_store.hpp"

namespace coop::api {

/// Writes an account with its balance and what holds reserve.
void write_account(JsonWriter& out, const books::AccountLine& line);

/// The account that the path and ?unit= name. Throws Refused: account_unknown, unit_ambiguous.
books::Account asked_account(Tx& tx, const Call& call);

}  // namespace coop::api
