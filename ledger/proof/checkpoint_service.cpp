#include "ledger/proof/checkpoint_service.hpp"

#include <boost/json.hpp>
#include <limits>

#include "ledger/books/book_head_store.hpp"
#include "ledger/proof/checkpoint_store.hpp"
#include "ledger/values/hex_text.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::proof {

namespace {

std::string event_body(const Checkpoint& checkpoint) {
  const std::string_view signature{reinterpret_cast<const char*>(checkpoint.signature.data()),
                                   checkpoint.signature.size()};
  return boost::json::serialize(boost::json::object{{"entry", checkpoint.number.number()},
                                                    {"hash", hex_of(checkpoint.hash)},
                                                    {"made_at", coop::text_of(checkpoint.made_at)},
                                                    {"key_id", checkpoint.key_id},
                                                    {"signature", hex_text(signature)}});
}

}  // namespace

Checkpoint make_checkpoint(Tx& tx, NodeId node, const SigningKey& key, Instant now) {
  books::BookHead head = books::lock_book_head(tx, node);
  if (head.last_number == 0)
    throw Refused{Refusal::checkpoint_unknown, "there is no entry yet that could be signed"};
  const EntryNumber number{head.last_number};
  if (auto earlier = find_checkpoint(tx, node, number)) return *earlier;
  const Instant made_at = books::next_recorded_at(head, now);
  Checkpoint checkpoint = sign_checkpoint(head.node_name, number, head.last_hash, made_at, key);
  insert_checkpoint(tx, node, checkpoint);
  books::insert_event(tx, head, made_at, {"checkpoint_made", event_body(checkpoint)});
  return checkpoint;
}

std::vector<NodeId> due_checkpoints(Tx& tx, const CheckpointRule& rule, Instant now) {
  return nodes_due_for_checkpoint(tx, rule.entries, now - rule.age);
}

Checkpoint read_checkpoint(Tx& tx, NodeId node, EntryNumber number) {
  if (auto found = find_checkpoint(tx, node, number)) return *found;
  throw Refused{Refusal::checkpoint_unknown,
                "entry " + std::to_string(number.number()) + " has no checkpoint"};
}

std::vector<Checkpoint> read_checkpoints(Tx& tx, NodeId node, std::optional<EntryNumber> before, int most) {
  const std::int64_t end = before ? before->number() : std::numeric_limits<std::int64_t>::max();
  return list_checkpoints(tx, node, end, most);
}

}  // namespace coop::proof
