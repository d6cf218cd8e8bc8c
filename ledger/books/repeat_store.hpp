#pragma once
#include <optional>
#include <string>

#include "ledger/books/draft.hpp"
#include "ledger/database/tx.hpp"

namespace coop::books {

/// Makes every other request with this key wait until the caller's commit.
void lock_request_key(Tx& tx, NodeId scope, const Fingerprint& key);

/// An answer on record.
struct RecordedAnswer {
  Fingerprint content_hash;
  int status;
  std::string body;
};
/// Finds it, if there is one. Scope 0 is the server.
std::optional<RecordedAnswer> find_answer(Tx& tx, NodeId scope, const Fingerprint& key);
/// Keeps an answer for ever.
void insert_answer(Tx& tx, NodeId scope, const Fingerprint& key, const RecordedAnswer& answer);

}  // namespace coop::books
