#pragma once
#include "api/call.hpp"
#include "api/json_reader.hpp"
#include "api/json_writer.hpp"
#include "ledger/collecting/collection.hpp"
#include "ledger/collecting/mandate_record.hpp"

namespace coop::api {

/// An account that is collected from: `iban`, `bic`, `name` and `address` among the fields. The name is empty
/// where it is not given. Throws Refused naming the field.
collecting::MandateAccount mandate_account_from(const JsonObject& fields);

/// A mandate as it stands on a day; whose account it is where personal data may be seen.
void write_mandate(JsonWriter& out, const collecting::MandateRecord& record, Day day, bool sees_profiles);

/// A collection with its lines, steps and those who are left out. With personal data also the names on the
/// accounts, and what a bank will see otherwise than it was written.
void write_collection(JsonWriter& out, const collecting::Collection& collection, bool sees_profiles);

}  // namespace coop::api
