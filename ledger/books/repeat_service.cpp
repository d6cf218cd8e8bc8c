#include "ledger/books/repeat_service.hpp"

#include "ledger/books/repeat_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::books {

KeptAnswer answer_once(Tx& tx, std::optional<NodeId> node, const Fingerprint& key, const Fingerprint& content,
                       const std::function<KeptAnswer()>& work) {
  const NodeId scope = node.value_or(NodeId{0});
  lock_request_key(tx, scope, key);
  if (auto first = find_answer(tx, scope, key)) {
    if (first->content_hash != content)
      throw Refused{Refusal::key_reused, "an earlier request with this Idempotency-Key had other content"};
    return {first->status, std::move(first->body), true};
  }
  KeptAnswer answer = work();
  insert_answer(tx, scope, key, {content, answer.status, answer.body});
  return answer;
}

}  // namespace coop::books
