#include "ledger/proof/proof_service.hpp"

#include <algorithm>
#include <functional>

#include "ledger/books/chain.hpp"
#include "ledger/proof/canonical.hpp"
#include "ledger/proof/kept_store.hpp"
#include "ledger/proof/proof_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::proof {

namespace {

constexpr std::int64_t entries_a_stretch = 4'096;

using IsShown = std::function<bool(const RecordedEntry&)>;

FoundNode require_node(BulkReader& reader, const std::string& name) {
  for (FoundNode& node : read_found_nodes(reader)) {
    if (node.name == name) return node;
  }
  throw Refused{Refusal::node_unknown, "there is no node '" + name + "'"};
}

Checkpoint require_checkpoint(BulkReader& reader, const FoundNode& node, std::int64_t last) {
  auto checkpoint = find_checkpoint_covering(reader, node, last);
  if (checkpoint) return *checkpoint;
  throw Refused{Refusal::checkpoint_unknown,
                "no checkpoint covers entry " + std::to_string(last) + " yet: make one first"};
}

[[noreturn]] void refuse_broken(std::int64_t number) {
  throw Refused{
      Refusal::verification_failed,
      "entry " + std::to_string(number) + " does not follow from its hashes: run `coopledger verify`"};
}

// Follows the chain over a stretch, and adds its links.
void add_links(Proof& proof, const BookFacts& facts, const Stretch& stretch, const IsShown& is_shown,
               books::Hash& hash) {
  if (static_cast<std::int64_t>(stretch.entries.size()) != stretch.last - stretch.first + 1) {
    refuse_broken(stretch.first);
  }
  for (const RecordedEntry& entry : stretch.entries) {
    std::optional<std::string> text = canonical_text(facts, stretch, entry);
    if (!text) refuse_broken(entry.number);
    const books::Hash digest = books::sha256_of(*text);
    hash = books::next_link(hash, digest);
    if (hash != entry.hash) refuse_broken(entry.number);
    if (!is_shown(entry)) text.reset();
    proof.links.push_back({std::move(text), digest});
  }
}

Proof prove(BulkReader& reader, const FoundNode& node, std::int64_t first, std::int64_t last,
            const IsShown& is_shown) {
  Checkpoint checkpoint = require_checkpoint(reader, node, last);
  const auto previous = find_entry_hash(reader, node.id, first - 1);
  const BookFacts facts = read_book_facts(reader, node, 1);
  books::Hash hash = first == 1 ? books::first_link_of(node.name) : previous.value_or(books::Hash{});
  const std::int64_t end = checkpoint.number.number();
  Proof proof{node.name, first, hash, {}, std::move(checkpoint)};
  for (std::int64_t number = first; number <= end; number += entries_a_stretch) {
    const std::int64_t through = std::min(number + entries_a_stretch - 1, end);
    add_links(proof, facts, read_stretch(reader, node.id, number, through), is_shown, hash);
  }
  if (hash != proof.checkpoint.hash) refuse_broken(end);
  return proof;
}

}  // namespace

Proof prove_entries(const DatabaseSettings& database, const std::string& node_name, EntryNumber first,
                    EntryNumber last) {
  BulkReader reader{database};
  const FoundNode node = require_node(reader, node_name);
  if (last < first || !find_entry_hash(reader, node.id, first.number()) ||
      !find_entry_hash(reader, node.id, last.number())) {
    throw Refused{Refusal::entry_unknown, "there are no such entries"};
  }
  return prove(reader, node, first.number(), last.number(),
               [&](const RecordedEntry& entry) { return entry.number <= last.number(); });
}

Proof prove_period(const DatabaseSettings& database, const std::string& node_name, const Period& period) {
  BulkReader reader{database};
  const FoundNode node = require_node(reader, node_name);
  const FoundDay first = period.first().count();
  const FoundDay last = period.last().count();
  const auto numbers = find_numbers_booked(reader, node.id, first, last);
  if (!numbers) throw Refused{Refusal::entry_unknown, "no entry is booked in that period"};
  return prove(reader, node, numbers->first, numbers->second, [&](const RecordedEntry& entry) {
    return first <= entry.booked_on && entry.booked_on <= last;
  });
}

}  // namespace coop::proof
