#include "ledger/books/repeat_store.hpp"

namespace coop::books {

constexpr const char* lock_request_key_sql = R"sql(
  -- request_answers.lock_key
  SELECT pg_advisory_xact_lock(hashtextextended($2::text, $1::bigint))
)sql";

void lock_request_key(Tx& tx, NodeId scope, const Fingerprint& key) {
  rows(tx, lock_request_key_sql, scope, uuid_text_of(key));
}

constexpr const char* find_answer_sql = R"sql(
  -- request_answers.find
  SELECT content_hash, status, body
    FROM request_answer
   WHERE node_id = $1 AND request_key = $2::uuid
)sql";

std::optional<RecordedAnswer> find_answer(Tx& tx, NodeId scope, const Fingerprint& key) {
  const Rows found = rows(tx, find_answer_sql, scope, uuid_text_of(key));
  if (found.empty()) return std::nullopt;
  const Row row = found[0];
  return RecordedAnswer{fingerprint_from_uuid(row.text(0)), row.integer(1), row.string(2)};
}

constexpr const char* insert_answer_sql = R"sql(
  -- request_answers.insert
  INSERT INTO request_answer (node_id, request_key, content_hash, status, body)
  VALUES ($1, $2::uuid, $3::uuid, $4, $5)
)sql";

void insert_answer(Tx& tx, NodeId scope, const Fingerprint& key, const RecordedAnswer& answer) {
  rows(tx, insert_answer_sql, scope, uuid_text_of(key), uuid_text_of(answer.content_hash), answer.status,
       answer.body);
}

}  // namespace coop::books
