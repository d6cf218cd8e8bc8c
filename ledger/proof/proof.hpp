#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/proof/checkpoint.hpp"

namespace coop::proof {

/// An entry on the way from the first one that is proved to the checkpoint: its canonical text if it is
/// shown, and the SHA-256 of that text otherwise.
struct ProofLink {
  std::optional<std::string> text;
  Hash digest;  ///< of the text
};

/// A file that proves entries offline: they are part of the chain whose hash a checkpoint signs.
struct Proof {
  std::string node;
  std::int64_t first;            ///< number of the first link's entry
  Hash previous_hash;     ///< of the entry before it
  std::vector<ProofLink> links;  ///< entries `first` to the checkpoint's
  Checkpoint checkpoint;
};

/// The file (docs/formats/proof.md): one JSON object, a link a line.
std::string json_of(const Proof& proof);
/// The same in pieces, for files of any length: what stands before the links, a link, what follows them.
std::string json_begin_of(const Proof& proof);
std::string json_of(const ProofLink& link, bool is_first);
std::string json_end_of(const Proof& proof);
/// Throws Refused: malformed_json, field_missing, field_unknown, field_invalid.
Proof proof_from_json(std::string_view json);

/// What a proof shows, if it is one.
struct CheckedProof {
  std::string fault;                ///< why it proves nothing; empty: it does
  std::vector<std::int64_t> shown;  ///< numbers of the entries it shows
};
/// Checks everything that can be checked without knowing the key's owner: texts, links, signature. Needs no
/// database.
CheckedProof check(const Proof& proof);

}  // namespace coop::proof
