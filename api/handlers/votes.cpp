#include <map>

#include "api/handlers/handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/roll_forms.hpp"
#include "api/services.hpp"
#include "ledger/members/class_store.hpp"
#include "ledger/rolls/roll_store.hpp"
#include "ledger/rolls/vote_service.hpp"
#include "ledger/rolls/vote_store.hpp"

namespace coop::api {

namespace {

std::string vote_json(Tx& tx, NodeId node, const rolls::Vote& vote) {
  const rolls::FrozenRoll roll = rolls::read_frozen_roll(tx, node, vote.recorded.roll);
  JsonWriter out;
  out.open();
  write_vote(out, vote, roll.classes);
  out.close();
  return out.take();
}

}  // namespace

Answer record_vote(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const NodeId node = call.node().id;
  const rolls::RollNumber roll{call.path_int("number", Refusal::roll_unknown)};
  const rolls::VoteDraft draft = vote_draft_from(
      JsonValue{body}, roll, [&](std::string_view code) { members::read_class(tx, node, code); });
  const rolls::Vote vote = rolls::record_vote(tx, node, draft, call.author());
  return created(vote_json(tx, node, vote),
                 "/v1/nodes/" + call.node().name + "/votes/" + std::to_string(vote.number.number()));
}

Answer list_votes(const Call& call, Services& services) {
  const Page page = call.page();
  const auto before = id_before<rolls::VoteNumber>(call, page);
  const NodeId node = call.node().id;
  return services.database.in_snapshot([&](Tx& tx) {
    std::map<rolls::RollNumber, rolls::FrozenRoll> held_under;
    auto votes = rolls::list_votes(tx, node, {.before = before}, page.limit + 1);
    for (const rolls::Vote& vote : votes)
      if (!held_under.contains(vote.recorded.roll))
        held_under.emplace(vote.recorded.roll, rolls::read_frozen_roll(tx, node, vote.recorded.roll));
    return page_answer(
        call, page, std::move(votes),
        [&](JsonWriter& out, const rolls::Vote& vote) {
          out.open();
          write_vote(out, vote, held_under.at(vote.recorded.roll).classes);
          out.close();
        },
        [](Cursor& place, const rolls::Vote& last) { place.add(std::int64_t{last.number.number()}); });
  });
}

Answer show_vote(const Call& call, Services& services) {
  return services.database.in_snapshot([&](Tx& tx) {
    const NodeId node = call.node().id;
    const rolls::VoteNumber number{call.path_int("number", Refusal::vote_unknown)};
    return ok(vote_json(tx, node, rolls::read_vote(tx, node, number)));
  });
}

}  // namespace coop::api
