#include "ledger/proof/checkpoint.hpp"

namespace coop::proof {

std::string checkpoint_text(std::string_view node, EntryNumber number, const Hash& hash,
                            Instant made_at) {
  std::string text{"coopledger-checkpoint-1\nnode "};
  text += node;
  text += "\nnumber " + std::to_string(number.number()) + "\nhash " + hex_of(hash) + "\nmade_at ";
  append_instant(text, made_at);
  text += '\n';
  return text;
}

Checkpoint sign_checkpoint(const std::string& node, EntryNumber number, const Hash& hash,
                           Instant made_at, const SigningKey& key) {
  return {node,
          number,
          hash,
          made_at,
          key.id(),
          key.public_key(),
          key.sign(checkpoint_text(node, number, hash, made_at))};
}

bool is_genuine(const Checkpoint& checkpoint) {
  return checkpoint.key_id == key_id_of(checkpoint.public_key) &&
         is_signature_of(
             checkpoint.signature,
             checkpoint_text(checkpoint.node, checkpoint.number, checkpoint.hash, checkpoint.made_at),
             checkpoint.public_key);
}

}  // namespace coop::proof
