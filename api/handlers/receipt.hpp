#pragma once
#include <string>
#include <string_view>

#include "api/answer.hpp"
#include "api/json_writer.hpp"
#include "ledger/books/posting_service.hpp"

namespace coop::api {

/// Writes what is told of an entry that was just recorded:
/// {"node","number","booked_on","document_on","recorded_at", "hash"}; whole, or into an object that is open.
void write_receipt(JsonWriter& out, std::string_view node, const books::Recorded& recorded);
void write_receipt_fields(JsonWriter& out, std::string_view node, const books::Recorded& recorded);

/// 201 with the receipt and the entry's address; Idempotent-Replay if it was on record already.
Answer receipt_answer(const std::string& node, const books::Recorded& recorded);
/// 200 with the receipt of an entry that would be recorded.
Answer dry_receipt_answer(const std::string& node, const books::Recorded& recorded);

/// "/v1/nodes/bcn/entries/1042"
std::string entry_address(std::string_view node, EntryNumber number);

}  // namespace coop::api
