#pragma once
#include <functional>
#include <optional>
#include <string>

#include "ledger/books/draft.hpp"
#include "ledger/database/tx.hpp"

namespace coop::books {

/// What a write was answered with, as it is kept for repetitions.
struct KeptAnswer {
  int status;
  std::string body;
  bool repeated;  ///< it was on record already: `work` did not run
};

/// Runs `work` once for the request `key` and keeps its answer, in the caller's database transaction; a
/// repetition with the same content gets the first answer again. Requests with one key wait for each other.
/// `node` is where the write belongs, nothing for writes that concern the server. If `work` throws, nothing
/// is kept. For writes that are neither entries nor holds: those keep their keys in their own rows. Throws
/// Refused: key_reused (other content).
KeptAnswer answer_once(Tx& tx, std::optional<NodeId> node, const Fingerprint& key, const Fingerprint& content,
                       const std::function<KeptAnswer()>& work);

}  // namespace coop::books
