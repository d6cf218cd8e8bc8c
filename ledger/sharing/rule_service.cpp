#include "ledger/sharing/rule_service.hpp"

#include <boost/json/object.hpp>

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/books/node_store.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/sharing/place_value_store.hpp"
#include "ledger/sharing/rule_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::sharing {

namespace {

[[noreturn]] void refuse_unknown(const std::string& code, const std::string& detail,
                                 const std::string& field = {}) {
  throw Refused{Refusal::sharing_rule_unknown, "the rule '" + code.substr(0, 60) + "' " + detail, field};
}

Day today_in(Tx& tx, NodeId node, Instant now) {
  const auto nodes = books::list_nodes(tx, {.among = std::vector{node}});
  ensure(nodes.size() == 1, "whoever adopts a rule is in a node");
  return day_in_zone(now, nodes.front().time_zone);
}

}  // namespace

RuleVersion adopt_version(Tx& tx, NodeId node, const VersionDraft& draft, const books::Author& asked_by) {
  require_version(draft);
  if (draft.adopted_on > today_in(tx, node, asked_by.now))
    throw Refused{Refusal::field_invalid, "what is decided on a day to come is not adopted yet",
                  "/adopted_on"};
  if (draft.rule) {
    require_rule(*draft.rule);
    if (!draft.rule->unit.empty() && !books::find_unit(tx, draft.rule->unit))
      throw Refused{Refusal::unit_unknown, "there is no unit " + draft.rule->unit, "/rule/unit"};
  }
  const books::BookHead head = books::lock_book_head(tx, node);
  const books::Author author{asked_by.user, books::next_recorded_at(head, asked_by.now)};
  const auto before = read_versions(tx, node, {.code = draft.code});
  if (before.empty() && !draft.rule) refuse_unknown(draft.code, "was not adopted, so it is not withdrawn");
  if (!before.empty() && before.back().is.valid_from >= draft.valid_from)
    throw Refused{Refusal::sharing_versions_overlap,
                  "version " + std::to_string(before.back().version) + " of " + draft.code + " holds from " +
                      before.back().is.valid_from.text(),
                  "/valid_from"};
  const int version = static_cast<int>(before.size()) + 1;
  insert_version(tx, node, draft, version, author);
  books::tell(tx, node, author, draft.rule ? "sharing_rule_adopted" : "sharing_rule_withdrawn",
              {{"rule", draft.code},
               {"version", version},
               {"valid_from", draft.valid_from.text()},
               {"decision", draft.decision}});
  return read_version(tx, node, draft.code, version);
}

std::vector<RuleVersion> read_rule_versions(Tx& tx, NodeId node, const std::string& code) {
  auto versions = read_versions(tx, node, {.code = code});
  if (versions.empty()) refuse_unknown(code, "was not adopted");
  return versions;
}

RuleVersion read_version(Tx& tx, NodeId node, const std::string& code, int version) {
  auto found = read_versions(tx, node, {.code = code, .version = version});
  if (found.empty()) refuse_unknown(code, "has no version " + std::to_string(version));
  return std::move(found.front());
}

RuleVersion read_version_on(Tx& tx, NodeId node, const std::string& code, Day on, const std::string& field) {
  auto found = read_versions(tx, node, {.code = code, .on = on});
  if (found.empty()) refuse_unknown(code, "does not hold on " + on.text(), field);
  if (!found.front().is.rule)
    refuse_unknown(code, "was withdrawn from " + found.front().is.valid_from.text(), field);
  return std::move(found.front());
}

Division try_version(Tx& tx, NodeId node, const RuleVersion& version, const Pot& pot,
                     const std::vector<Participant>& participants) {
  if (!version.is.rule) refuse_unknown(version.is.code, "is withdrawn by this version");
  return try_rule(tx, node, *version.is.rule, pot, participants);
}

Division try_rule(Tx& tx, NodeId node, const SharingRule& rule, const Pot& pot,
                  const std::vector<Participant>& participants) {
  std::vector<PlaceValue> values;
  for (RecordedPlaceValue& one : read_place_values(tx, node, {})) values.push_back(std::move(one.is));
  return divide(rule, pot, participants, values);
}

}  // namespace coop::sharing
