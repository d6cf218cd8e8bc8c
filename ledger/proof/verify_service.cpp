#include "ledger/proof/verify_service.hpp"

#include <algorithm>
#include <future>
#include <set>

#include "ledger/books/posting_store.hpp"
#include "ledger/proof/dues_store.hpp"
#include "ledger/proof/guard_store.hpp"
#include "ledger/proof/kept_store.hpp"
#include "ledger/proof/recorded_store.hpp"
#include "ledger/proof/rolls_store.hpp"
#include "ledger/proof/room_faults_store.hpp"
#include "ledger/proof/stretch_service.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::proof {

namespace {

// So few entries are not worth another connection.
constexpr std::int64_t most_entries_alone = 4'096;
constexpr std::int64_t events_a_page = 8'192;
constexpr std::int64_t holds_a_page = 2'048;
// No books come near it; what is beyond is not counted towards.
constexpr std::int64_t most_number = std::int64_t{1} << 60U;

// The last of `size` numbers from `first` on, `last` at the latest.
std::int64_t end_of(std::int64_t first, std::int64_t size, std::int64_t last) {
  return last - first < size ? last : first + size - 1;
}

// What belongs to no node: read once, beside the first node that is worth another connection.
class OfNoNode {
 public:
  void read(BulkReader& reader) {
    if (is_read_) return;
    for (const std::int64_t node : read_lost_nodes(reader)) {
      flaws_.push_back(
          {Finding::node_unknown, std::nullopt,
           "there are entries, events or totals of node " + std::to_string(node) + ", which does not exist"});
    }
    for (std::string& guard : read_missing_guards(reader)) {
      flaws_.push_back({Finding::guard_missing, std::nullopt, std::move(guard)});
    }
    is_read_ = true;
  }
  std::vector<Flaw> flaws() && { return std::move(flaws_); }

 private:
  bool is_read_ = false;
  std::vector<Flaw> flaws_;
};

// One node. What it finds is kept by kind, so that it can be told in a fixed order.
class NodeCheck {
 public:
  NodeCheck(Readers& readers, OfNoNode& of_no_node, const FoundNode& node, const VerifyOptions& options)
      : readers_{readers}, of_no_node_{of_no_node}, node_{node}, options_{options} {}

  VerifiedNode run() {
    read_snapshot();
    std::future<void> beside = start_rooms();
    DerivedCheck derived{facts_, *kept_};
    OutboxCheck outbox{head_};
    const bool complete = pass(derived, outbox);
    if (complete) finish(derived, outbox);
    beside.get();
    return told();
  }

 private:
  Flaws none() const { return Flaws{options_.most_flaws}; }

  bool is_small() const { return head_.last_number <= most_entries_alone; }

  // What is kept beside the books, in a snapshot of its own; while entries are read, where there are many.
  std::future<void> start_rooms() {
    BulkReader& reader = is_small() ? readers_.first() : readers_.of_rooms();
    std::future<void> beside =
        std::async(is_small() ? std::launch::deferred : std::launch::async, [this, &reader] {
          reader.begin_snapshot();
          read_dues(reader);
          read_rolls(reader);
          reader.end_snapshot();
          if (!is_small()) of_no_node_.read(reader);
        });
    if (is_small()) beside.wait();
    return beside;
  }

  // Everything that changes is read in one short snapshot; what is recorded up to the head never changes.
  void read_snapshot() {
    BulkReader& reader = readers_.first();
    reader.begin_snapshot();
    const auto head = read_kept_head(reader, node_.id);
    if (!head) of_head_.add(Finding::head_differs, std::nullopt, "the node has no book head");
    head_ = possible(head.value_or(KeptHead{}));
    facts_ = read_book_facts(reader, node_, books::mark_step);
    stretches_.emplace(readers_, facts_, head_.last_number, options_.most_flaws, is_small());
    kept_ = read_kept_figures(reader, node_.id, head_);
    holds_.emplace(facts_, head_);
    const std::int64_t last_hold = head_.last_hold;
    read_holds(reader, last_hold);
    checkpoints_ = read_found_checkpoints(reader, node_.id);
    for (const std::int64_t number : read_stray_entries(reader, node_.id, head_.last_number)) {
      of_head_.add_entry(Finding::entry_beyond_head, number,
                         "or its postings are there, but the head says that the last entry is " +
                             std::to_string(head_.last_number));
    }
    for (const std::int64_t number : read_stray_events(reader, node_.id, head_.last_event)) {
      of_outbox_.add(Finding::event_inconsistent, std::nullopt,
                     "event " + std::to_string(number) +
                         " is there, but the head says that the last event is " +
                         std::to_string(head_.last_event));
    }
    for (const std::int64_t number : read_stray_holds(reader, node_.id, last_hold)) {
      of_holds_.add(Finding::hold_inconsistent, std::nullopt,
                    "hold " + std::to_string(number) + " is there, but the head says that the last hold is " +
                        std::to_string(last_hold));
    }
    reader.end_snapshot();
  }

  void read_dues(BulkReader& reader) {
    for (const std::int64_t party : read_debtors_that_differ(reader, node_.id))
      of_rooms_.add(Finding::debtor_differs, std::nullopt,
                    "party " + std::to_string(party) +
                        " is kept as owing something else than its charges and payments say");
    for (const std::int64_t charge : read_charges_booked_otherwise(reader, node_.id))
      of_rooms_.add(Finding::charge_differs, std::nullopt,
                    "charge " + std::to_string(charge) + " is not what its entry, reversal or tier says");
    for (const std::int64_t charge : read_deferrals_booked_otherwise(reader, node_.id))
      of_rooms_.add(Finding::charge_differs, std::nullopt,
                    "what charge " + std::to_string(charge) +
                        " and others with it deferred or earned is not what its entry says");
    for (const std::int64_t payment : read_payments_booked_otherwise(reader, node_.id))
      of_rooms_.add(Finding::payment_differs, std::nullopt,
                    "payment " + std::to_string(payment) + " is not what its entry says, or its return");
    add_room_faults(reader, node_.id, of_rooms_);
  }

  void read_rolls(BulkReader& reader) {
    for (const std::int64_t roll : read_rolls_that_differ(reader, node_.id))
      of_rooms_.add(Finding::roll_differs, std::nullopt,
                    "roll " + std::to_string(roll) + " is not what it was when it was frozen");
    for (const std::int64_t vote : read_votes_that_differ(reader, node_.id))
      of_rooms_.add(Finding::vote_differs, std::nullopt,
                    "vote " + std::to_string(vote) + " is missing, or counts votes that its roll has not");
  }

  // Numbers that no books reach are cut to what can be counted to.
  KeptHead possible(KeptHead head) {
    for (std::int64_t* number : {&head.last_number, &head.last_hold, &head.last_event}) {
      if (*number >= 0 && *number <= most_number) continue;
      of_head_.add(Finding::head_differs, std::nullopt,
                   "the head counts to " + std::to_string(*number) + ", which no books do");
      *number = *number < 0 ? 0 : most_number;
    }
    return head;
  }

  void read_holds(BulkReader& reader, std::int64_t last) {
    for (auto first = find_next_hold(reader, node_.id, 0); first && *first <= last;) {
      const std::int64_t end = end_of(*first, holds_a_page, last);
      holds_->add(read_hold_page(reader, node_.id, *first, end), of_holds_);
      first = find_next_hold(reader, node_.id, end);
    }
  }

  // All entries, in order. False if it was asked to stop.
  bool pass(DerivedCheck& derived, OutboxCheck& outbox) {
    for (;;) {
      if (options_.stop.stop_requested()) return false;
      const auto checked = stretches_->next();
      if (!checked) break;
      take(*checked, derived, outbox);
    }
    while (outbox.next_number() <= head_.last_event) take_events(outbox);
    return true;
  }

  void take(const StretchChecked& checked, DerivedCheck& derived, OutboxCheck& outbox) {
    outbox.add(checked.runs);
    while (outbox.needs_more(checked.last)) take_events(outbox);
    derived.add(checked, outbox.batches(), of_figures_);
    outbox.compare(checked.last, of_outbox_);
    entries_ += checked.entries;
    postings_ += checked.postings;
    entries_with_hold_ += checked.entries_with_hold;
    if (checked.last_entry) last_hash_ = checked.last_entry->hash;
    of_entries_.take(checked.flaws);
    if (options_.on_progress) options_.on_progress({node_.name, checked.last, head_.last_number});
  }

  // The next page of events, from the next one that is there.
  void take_events(OutboxCheck& outbox) {
    const std::int64_t last = head_.last_event;
    const auto first = find_next_event(readers_.first(), node_.id, outbox.next_number() - 1);
    if (!first || *first > last) return outbox.skip_to(head_.last_event + 1, of_outbox_);
    const std::int64_t end = end_of(*first, events_a_page, last);
    for (const RecordedEvent& event : read_events(readers_.first(), node_.id, *first, end)) {
      outbox.add(event, of_outbox_);
      ++events_;
    }
    outbox.skip_to(end + 1, of_outbox_);
  }

  void finish(DerivedCheck& derived, OutboxCheck& outbox) {
    BulkReader& reader = readers_.first();
    derived.finish(holds_->reserved(), of_head_, of_figures_);
    outbox.finish(of_outbox_);
    if (!holds_->finish(outbox.told(), entries_with_hold_, of_holds_)) name_loose_holds(reader);
    check_locks(facts_, head_, outbox.told(), of_holds_);
    for (const std::int64_t number : read_reversed_twice(reader, node_.id)) {
      of_entries_.add_entry(Finding::reversed_twice, number, "is reversed more than once");
    }
    if (!has_request_index(reader)) {
      for (const std::int64_t number : read_repeated_requests(reader, node_.id)) {
        of_entries_.add_entry(Finding::request_repeated, number,
                              "was recorded for a request that was recorded before");
      }
    }
    check_checkpoints();
    check_known(reader);
  }

  void name_loose_holds(BulkReader& reader) {
    for (const std::int64_t number : read_entries_without_hold_end(reader, node_.id)) {
      of_holds_.add_entry(Finding::hold_inconsistent, number, "uses a hold that was not posted as it");
    }
  }

  void check_checkpoints() {
    const auto& trusted = options_.trusted_keys;
    for (const FoundCheckpoint& found : checkpoints_) {
      const std::string name = "the checkpoint of entry " + std::to_string(found.number);
      key_ids_.insert(found.key_id);
      const auto made_at = instant_from(found.made_at);
      const bool genuine = made_at && is_genuine({node_.name, EntryNumber{found.number}, found.hash, *made_at,
                                                  found.key_id, found.public_key, found.signature});
      if (!genuine) {
        of_checkpoints_.add(Finding::checkpoint_forged, found.number, name + " is not rightly signed");
      } else if (!trusted.empty() &&
                 std::find(trusted.begin(), trusted.end(), found.key_id) == trusted.end()) {
        of_checkpoints_.add(Finding::checkpoint_key_unknown, found.number,
                            name + " is signed by the key " + found.key_id + ", which is not trusted");
      }
      if (!found.entry_hash) {
        of_checkpoints_.add(Finding::checkpoint_contradicts, found.number,
                            name + " is there, but the entry is not");
      } else if (*found.entry_hash != found.hash) {
        of_checkpoints_.add(
            Finding::checkpoint_contradicts, found.number,
            name + " has another hash than the entry: entries up to it were changed after it was made");
      }
    }
  }

  void check_known(BulkReader& reader) {
    for (const KnownHash& known : options_.known) {
      if (known.node != node_.name) continue;
      const auto hash = find_entry_hash(reader, node_.id, known.number);
      if (hash == known.hash) continue;
      of_checkpoints_.add_entry(
          Finding::proof_contradicts, known.number,
          hash ? "has another hash than the one that was kept outside: entries up to it were changed"
               : "is missing, but its hash was kept outside");
    }
  }

  VerifiedNode told() {
    Flaws all = none();
    for (Flaws* part :
         {&of_entries_, &of_head_, &of_rooms_, &of_figures_, &of_holds_, &of_outbox_, &of_checkpoints_}) {
      all.take(*part);
    }
    const auto checkpoints = static_cast<std::int64_t>(checkpoints_.size());
    return {node_.name,
            entries_,
            postings_,
            holds_->count(),
            events_,
            checkpoints,
            checkpoints == 0 ? 0 : checkpoints_.back().number,
            hex_of(last_hash_.value_or(books::first_link_of(node_.name))),
            {key_ids_.begin(), key_ids_.end()},
            all.kept(),
            all.count()};
  }

  Readers& readers_;
  OfNoNode& of_no_node_;
  FoundNode node_;
  const VerifyOptions& options_;
  KeptHead head_{};
  BookFacts facts_{};
  std::optional<KeptFigures> kept_;
  std::optional<HoldCheck> holds_;
  std::vector<FoundCheckpoint> checkpoints_;
  std::set<std::string> key_ids_;
  std::int64_t entries_ = 0;
  std::int64_t postings_ = 0;
  std::int64_t events_ = 0;
  std::int64_t entries_with_hold_ = 0;
  std::optional<Hash> last_hash_;
  Flaws of_entries_ = none();
  Flaws of_head_ = none();
  Flaws of_rooms_ = none();
  Flaws of_figures_ = none();
  Flaws of_holds_ = none();
  Flaws of_outbox_ = none();
  Flaws of_checkpoints_ = none();
  std::optional<Stretches> stretches_;  // last: its threads end before what they look at
};

std::vector<FoundNode> chosen_nodes(BulkReader& reader, const VerifyOptions& options) {
  std::vector<FoundNode> nodes = read_found_nodes(reader);
  if (!options.node) return nodes;
  std::erase_if(nodes, [&](const FoundNode& node) { return node.name != *options.node; });
  if (nodes.empty()) throw Refused{Refusal::node_unknown, "there is no node '" + *options.node + "'"};
  return nodes;
}

}  // namespace

bool Verified::is_clean() const {
  return !cancelled && flaws.empty() && std::all_of(nodes.begin(), nodes.end(), [](const VerifiedNode& node) {
    return node.flaw_count == 0;
  });
}

std::string Verified::first_flaw() const {
  for (const VerifiedNode& node : nodes) {
    if (!node.flaws.empty()) return node.name + ": " + node.flaws.front().text;
  }
  return flaws.empty() ? std::string{} : flaws.front().text;
}

Verified verify(const DatabaseSettings& database, const VerifyOptions& options) {
  Readers readers{database, options.connections};
  Verified verified;
  OfNoNode of_no_node;
  for (const FoundNode& node : chosen_nodes(readers.first(), options)) {
    if (options.stop.stop_requested()) break;
    verified.nodes.push_back(NodeCheck{readers, of_no_node, node, options}.run());
  }
  of_no_node.read(readers.first());
  verified.flaws = std::move(of_no_node).flaws();
  verified.cancelled = options.stop.stop_requested();
  return verified;
}

}  // namespace coop::proof
