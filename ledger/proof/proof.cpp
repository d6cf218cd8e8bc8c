#include "ledger/proof/proof.hpp"

#include "ledger/books/chain.hpp"

namespace coop::proof {

namespace {

// The first lines of the canonical text say whose entry it is, and which.
bool is_text_of(std::string_view text, const std::string& node, std::int64_t number) {
  return text.starts_with("coopledger-entry-1\nnode " + node + "\nnumber " + std::to_string(number) + "\n");
}

std::string fault_of_frame(const Proof& proof) {
  const std::int64_t last = proof.checkpoint.number.number();
  if (proof.checkpoint.node != proof.node) return "the checkpoint is of another node";
  if (proof.first < 1 || static_cast<std::int64_t>(proof.links.size()) != last - proof.first + 1) {
    return "there is not one link for each entry from the first to the checkpoint's";
  }
  if (proof.first == 1 && proof.previous_hash != books::first_link_of(proof.node)) {
    return "the chain does not begin with the node's name";
  }
  if (proof.checkpoint.key_id != key_id_of(proof.checkpoint.public_key)) {
    return "the checkpoint names another key than the one it shows";
  }
  if (!is_genuine(proof.checkpoint)) return "the checkpoint is not rightly signed";
  return {};
}

}  // namespace

CheckedProof check(const Proof& proof) {
  CheckedProof checked{fault_of_frame(proof), {}};
  if (!checked.fault.empty()) return checked;
  Hash hash = proof.previous_hash;
  std::int64_t number = proof.first;
  for (const ProofLink& link : proof.links) {
    if (link.text) {
      if (!is_text_of(*link.text, proof.node, number)) {
        return {"the text at the place of entry " + std::to_string(number) + " is not of that entry", {}};
      }
      checked.shown.push_back(number);
    }
    hash = link.text ? books::next_link(hash, *link.text) : books::next_link(hash, link.digest);
    ++number;
  }
  if (hash != proof.checkpoint.hash)
    return {"the texts and digests do not lead to the hash that was signed", {}};
  if (checked.shown.empty()) return {"no entry is shown", {}};
  return checked;
}

}  // namespace coop::proof
