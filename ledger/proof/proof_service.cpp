#include "ledger/proof/proof_service.hpp"

#include <algorithm>
#include <functional>
#include <iterator>

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

// The chain from the entry before the first to the checkpoint's, followed stretch by stretch.
struct Way {
  FoundNode node;
  IsShown is_shown;
  Proof begun;  // without its links
};

using TakeLinks = std::function<bool(std::vector<ProofLink>)>;

// The links of a stretch; `hash` goes on with them.
std::vector<ProofLink> links_of(const BookFacts& facts, const Stretch& stretch, const IsShown& is_shown,
                                Hash& hash) {
  if (static_cast<std::int64_t>(stretch.entries.size()) != stretch.last - stretch.first + 1) {
    refuse_broken(stretch.first);
  }
  std::vector<ProofLink> links;
  links.reserve(stretch.entries.size());
  for (const RecordedEntry& entry : stretch.entries) {
    std::optional<std::string> text = canonical_text(facts, stretch, entry);
    if (!text) refuse_broken(entry.number);
    const Hash digest = sha256_of(*text);
    hash = books::next_link(hash, digest);
    if (hash != entry.hash) refuse_broken(entry.number);
    if (!is_shown(entry)) text.reset();
    links.push_back({std::move(text), digest});
  }
  return links;
}

void follow(BulkReader& reader, const Way& way, const TakeLinks& take) {
  const BookFacts facts = read_book_facts(reader, way.node, 1);
  Hash hash = way.begun.previous_hash;
  const std::int64_t end = way.begun.checkpoint.number.number();
  for (std::int64_t number = way.begun.first; number <= end; number += entries_a_stretch) {
    const std::int64_t through = std::min(number + entries_a_stretch - 1, end);
    if (!take(links_of(facts, read_stretch(reader, way.node.id, number, through), way.is_shown, hash)))
      return;
  }
  if (hash != way.begun.checkpoint.hash) refuse_broken(end);
}

Way way_of(BulkReader& reader, const FoundNode& node, std::int64_t first, Checkpoint checkpoint,
           IsShown is_shown) {
  const auto previous = find_entry_hash(reader, node.id, first - 1);
  const Hash hash = first == 1 ? books::first_link_of(node.name) : previous.value_or(Hash{});
  return {node, std::move(is_shown), {node.name, first, hash, {}, std::move(checkpoint)}};
}

Way way_of_numbers(BulkReader& reader, const FoundNode& node, EntryNumber first, EntryNumber last) {
  if (last < first)
    throw Refused{Refusal::entry_unknown, "the last entry asked for, " + std::to_string(last.number()) +
                                              ", is before the first, " + std::to_string(first.number())};
  if (!find_entry_hash(reader, node.id, first.number()) || !find_entry_hash(reader, node.id, last.number())) {
    throw Refused{Refusal::entry_unknown, "there are no such entries"};
  }
  return way_of(reader, node, first.number(), require_checkpoint(reader, node, last.number()),
                [last](const RecordedEntry& entry) { return entry.number <= last.number(); });
}

Way way_of_period(BulkReader& reader, const FoundNode& node, const Period& period) {
  const FoundDay first = period.first().count();
  const FoundDay last = period.last().count();
  const auto numbers = find_numbers_booked(reader, node.id, first, last);
  if (!numbers) throw Refused{Refusal::entry_unknown, "no entry is booked in that period"};
  return way_of(reader, node, numbers->first, require_checkpoint(reader, node, numbers->second),
                [first, last](const RecordedEntry& entry) {
                  return first <= entry.booked_on && entry.booked_on <= last;
                });
}

Way way_of_all(BulkReader& reader, const FoundNode& node) {
  std::optional<Checkpoint> last = find_last_checkpoint(reader, node);
  if (!last) throw Refused{Refusal::checkpoint_unknown, "there is no checkpoint yet: make one first"};
  return way_of(reader, node, 1, std::move(*last), [](const RecordedEntry&) { return true; });
}

Way way_of(BulkReader& reader, const std::string& node_name, const Shown& shown) {
  const FoundNode node = require_node(reader, node_name);
  if (shown.numbers) return way_of_numbers(reader, node, shown.numbers->first, shown.numbers->second);
  return shown.period ? way_of_period(reader, node, *shown.period) : way_of_all(reader, node);
}

}  // namespace

struct ProofAtHand::Held {
  Held(const DatabaseSettings& database, const std::string& node, const Shown& shown)
      : reader{database}, way{way_of(reader, node, shown)} {}
  BulkReader reader;
  Way way;
};

ProofAtHand::ProofAtHand(const DatabaseSettings& database, const std::string& node, const Shown& shown)
    : held_{std::make_unique<Held>(database, node, shown)} {}

ProofAtHand::~ProofAtHand() = default;

void ProofAtHand::write_json(const std::function<bool(std::string_view)>& write) {
  std::string piece = json_begin_of(held_->way.begun);
  bool is_first = true;
  bool goes_on = true;
  follow(held_->reader, held_->way, [&](const std::vector<ProofLink>& links) {
    for (const ProofLink& link : links) {
      piece += json_of(link, is_first);
      is_first = false;
    }
    goes_on = write(piece);
    piece.clear();
    return goes_on;
  });
  if (goes_on) write(json_end_of(held_->way.begun));
}

Proof ProofAtHand::whole() {
  Proof proof = held_->way.begun;
  follow(held_->reader, held_->way, [&](std::vector<ProofLink> links) {
    std::move(links.begin(), links.end(), std::back_inserter(proof.links));
    return true;
  });
  return proof;
}

Proof prove_entries(const DatabaseSettings& database, const std::string& node, EntryNumber first,
                    EntryNumber last) {
  return ProofAtHand{database, node, {.numbers = std::pair{first, last}, .period = {}}}.whole();
}

}  // namespace coop::proof
