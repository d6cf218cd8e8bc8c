#pragma once
#include <functional>

#include "api/answer.hpp"
#include "api/call.hpp"
#include "ledger/database/database.hpp"

namespace coop::api {

/// What is asked for, as a fingerprint: method, address, query and body. Of a body that holds a secret the
/// password is left out: nothing is kept by which it could be guessed. Throws Refused: as Call::json_text,
/// and of such a body as JsonDocument.
books::Fingerprint content_of(const Call& call, bool holds_secret);

/// Runs `work` in one database transaction and keeps its answer under the request's key; a repetition gets
/// the first answer again, with Idempotent-Replay. Without a key it just runs. Throws Refused: key_reused,
/// and what `work` refuses.
Answer answered_once(Database& database, const Call& call, const books::Fingerprint& content,
                     const std::function<Answer(Tx&)>& work);

}  // namespace coop::api
