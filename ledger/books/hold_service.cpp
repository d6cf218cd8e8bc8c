#include "ledger/books/hold_service.hpp"

#include "ledger/books/hold_store.hpp"
#include "ledger/books/posting_store.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/values/text.hpp"

namespace coop::books {

namespace {

// A hold is judged as the entry it may become, booked on the node's today.
Draft as_entry(const HoldDraft& hold, Day today) {
  Draft draft{hold.request_key, hold.asked_by,  today, LateEntry::refuse,
              hold.description, hold.reference, "",    std::nullopt,
              std::nullopt,     hold.postings};
  return draft;
}

Fingerprint content_hash_of_hold(const HoldDraft& draft, const Scene& scene) {
  Draft content = as_entry(draft, Day::of_count(0));
  content.source =
      "hold until " + (draft.expires_at ? coop::text_of(*draft.expires_at) : std::string{"ended"});
  return content_hash_of(content, unit_codes_of(content.postings, scene));
}

Scene read_scene(Tx& tx, const BookHead& head, const HoldDraft& draft) {
  Scene scene;
  std::vector<AccountKey> accounts;
  std::set<std::pair<DimensionKind, std::string>> dimensions;
  for (const DraftPosting& posting : draft.postings) {
    AccountKey key{posting.account, posting.amount.unit()};
    const bool asked_already = std::find(accounts.begin(), accounts.end(), key) != accounts.end();
    if (is_storable_text(key.path) && !asked_already) accounts.push_back(std::move(key));
    for (const DimensionKind kind : dimension_kinds) {
      const auto& code = posting.about[static_cast<std::size_t>(kind)];
      if (code && is_storable_text(*code)) dimensions.emplace(kind, *code);
    }
  }
  read_standings(tx, head.node, accounts, scene);
  read_dimensions(tx, head.node, dimensions, scene);
  return scene;
}

// The judge moved balances as if it were posted; a hold reserves instead, and both of its sides must stay
// within limits.
void require_reservable(const HoldDraft& draft, Scene scene, const Judged& judged) {
  for (const JudgedPosting& posting : judged.postings) {
    Standing& standing = scene.standings[posting.standing];
    std::int64_t& side = posting.amount_minor > 0 ? standing.held_debit_minor : standing.held_credit_minor;
    side = checked_add(side, posting.amount_minor > 0 ? posting.amount_minor : -posting.amount_minor);
  }
  for (std::size_t i = 0; i < judged.postings.size(); ++i) {
    require_within_limits(scene.standings[judged.postings[i].standing], draft.postings[i].account,
                          "/postings/" + std::to_string(i) + "/amount");
  }
}

// Whole-hold postings as drafts: what post_hold() uses when it is given none.
std::vector<DraftPosting> all_postings_of(Tx& tx, const Hold& hold) {
  std::vector<DraftPosting> postings;
  for (const Posting& line : hold.postings) {
    const auto unit = find_unit(tx, line.unit);
    ensure(unit.has_value(), "a recorded line's unit exists");
    postings.push_back({line.account, Money::of_minor(line.amount_minor, unit->id), line.about, line.note});
  }
  return postings;
}

}  // namespace

MadeHold make_hold(Tx& tx, NodeId node, const HoldDraft& draft, const Author& author) {
  BookHead head = lock_book_head(tx, node);
  if (const auto earlier = find_repeated_hold(tx, node, draft.request_key)) {
    const bool is_same = earlier->content_hash == content_hash_of_hold(draft, read_scene(tx, head, draft));
    if (is_same) return {earlier->number, true};
    throw Refused{Refusal::key_reused, "the key was used before for other content"};
  }
  expire_due_holds(tx, head, author.now);
  const Instant made_at = next_recorded_at(head, author.now);
  const Scene scene = read_scene(tx, head, draft);
  Scene judged_scene = scene;
  judged_scene.locked_through.reset();
  for (Standing& standing : judged_scene.standings) standing.limits = {};
  const Day today = day_in_zone(made_at, read_node(tx, head.node_name).time_zone);
  auto verdict = judge(as_entry(draft, today), judged_scene);
  if (const auto* refused = std::get_if<Refused>(&verdict)) throw *refused;
  const Judged& judged = std::get<Judged>(verdict);
  require_reservable(draft, scene, judged);
  if (draft.expires_at && *draft.expires_at <= made_at) {
    throw Refused{Refusal::field_invalid, "a hold expires in the future", "/expires_at"};
  }
  const Fingerprint content_hash = content_hash_of_hold(draft, scene);
  const HoldNumber number = insert_hold(tx, head, made_at, draft, content_hash, judged.postings, scene);
  insert_event(tx, head, made_at, {"hold_made", "{\"hold\":" + std::to_string(number.number()) + "}"});
  return {number, false};
}

Recorded post_hold(Tx& tx, NodeId node, Draft draft, const Author& author) {
  ensure(draft.uses_hold.has_value(), "a hold is posted by its number");
  if (draft.postings.empty()) draft.postings = all_postings_of(tx, read_hold(tx, node, *draft.uses_hold));
  const std::array<Draft, 1> one{std::move(draft)};
  return recorded_or_throw(post(tx, node, one, Together::each_alone, author.now).front());
}

Hold void_hold_of(Tx& tx, NodeId node, HoldNumber number, const Author& author) {
  BookHead head = lock_book_head(tx, node);
  expire_due_holds(tx, head, author.now);
  const Hold hold = read_hold(tx, node, number);
  if (hold.state == HoldState::voided) return hold;
  if (hold.state != HoldState::open) {
    throw Refused{Refusal::hold_not_open, "hold " + std::to_string(number.number()) + " has ended"};
  }
  const Instant at = next_recorded_at(head, author.now);
  void_hold(tx, node, number, at, author.user);
  insert_event(tx, head, at, {"hold_voided", "{\"hold\":" + std::to_string(number.number()) + "}"});
  return read_hold(tx, node, number);
}

int expire_holds(Tx& tx, Instant now) {
  const std::vector<NodeId> nodes = nodes_with_due_holds(tx, now);
  for (const NodeId node : nodes) {
    BookHead head = lock_book_head(tx, node);
    expire_due_holds(tx, head, now);
  }
  return static_cast<int>(nodes.size());
}

}  // namespace coop::books
