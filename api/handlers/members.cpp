#include "api/handlers/handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/long_lists.hpp"
#include "api/handlers/member_forms.hpp"
#include "api/handlers/member_reader.hpp"
#include "api/handlers/reason_reader.hpp"
#include "api/json_writer.hpp"
#include "api/services.hpp"
#include "ledger/dues/payee_store.hpp"
#include "ledger/members/class_store.hpp"
#include "ledger/members/meeting_service.hpp"
#include "ledger/members/membership_store.hpp"
#include "ledger/members/party_link_store.hpp"
#include "ledger/members/party_service.hpp"
#include "ledger/members/party_store.hpp"

namespace coop::api {

namespace {

using access::Action;

constexpr int members_at_once = 1'000;

std::string party_address_of(const Call& call, const members::Party& party) {
  return "/v1/nodes/" + call.node().name + "/members/" + party.number;
}

members::Party asked_party(Tx& tx, const Call& call) {
  return members::read_party(tx, call.node().id, call.path_value("member"));
}

reports::MemberOrder member_order_of(const Call& call, bool sees_profiles) {
  const auto word = call.query_word("sort", {"number", "-number", "name", "-name"}).value_or("number");
  if (!sees_profiles && word.ends_with("name"))
    throw Refused{Refusal::field_invalid, "names are not yours to see: sort by number", "?sort"};
  if (word == "name") return reports::MemberOrder::first_name_first;
  if (word == "-name") return reports::MemberOrder::last_name_first;
  return word == "number" ? reports::MemberOrder::first_number_first
                          : reports::MemberOrder::last_number_first;
}

reports::MemberFilter member_filter_of(Tx& tx, const Call& call, bool sees_profiles) {
  reports::MemberFilter filter;
  filter.sees_profiles = sees_profiles;
  if (call.query("class")) {
    filter.class_code = call.query_parsed(
        "class", [&](std::string_view code) { return members::read_class(tx, call.node().id, code).code; });
  }
  if (call.query("standing")) filter.standing = call.query_parsed("standing", members::standing_from);
  if (call.query("kind")) filter.kind = call.query_parsed("kind", members::party_kind_from);
  filter.text = call.query_text("q");
  return filter;
}

std::optional<reports::MemberPlace> member_place_of(const Call& call, const Page& page) {
  if (!page.cursor) return std::nullopt;
  OpenedCursor cursor{call.list_name(), *page.cursor};
  std::string place = cursor.string();
  return reports::MemberPlace{std::move(place), cursor.string()};
}

std::string party_json(const members::Party& party) {
  JsonWriter out;
  out.open();
  write_party(out, party);
  out.close();
  return out.take();
}

void write_erasure(JsonWriter& out, const std::optional<members::Erasure>& erasure) {
  if (!erasure) {
    out.field("erased", std::nullopt);
    return;
  }
  out.object("erased")
      .field("erased_at", erasure->erased_at)
      .field("erased_by", erasure->erased_by)
      .field("reason", erasure->reason)
      .close();
}

/// What a node knows of a party on a day; personal data where whoever asks may see it.
void write_member(JsonWriter& out, Tx& tx, const Call& call, const Moment& moment,
                  const members::Party& party, bool sees_profile) {
  const NodeId node = call.node().id;
  const Day day = moment.as_of.value_or(today_of(call));
  out.open();
  write_party(out, party);
  write_references(out, party.number, dues::national_kind_of(dues::read_payee(tx, node)));
  write_erasure(out, members::find_erasure(tx, node, party.id));
  if (sees_profile) {
    out.name("profile");
    write_profile(out, members::find_profile(tx, node, party.id));
    out.array("users");
    for (const std::string& user : members::read_linked_users(tx, node, party.id)) out.value(user);
    out.end_array();
  }
  const auto declared = members::read_head_counts(tx, node, party.id);
  const auto* count = members::find_head_count_on(declared, day, moment.known_at);
  out.field("as_of", day).field("head_count", count ? std::optional{count->members} : std::nullopt);
  out.array("head_counts");
  for (const members::HeadCount& one : declared) write_head_count(out, one);
  out.end_array().array("memberships");
  write_memberships(out, tx, node, party.id, day, moment.known_at);
  out.end_array().close();
}

}  // namespace

Answer list_members(const Call& call, Services& services) {
  const bool sees_profiles = call.may(Action::read_profiles);
  const auto order = member_order_of(call, sees_profiles);
  const Moment moment = call.moment();
  const Day day = moment.as_of.value_or(today_of(call));
  const auto read = [=, &call](Tx& tx, const Page& page) {
    return reports::read_member_list(tx, call.node().id, member_filter_of(tx, call, sees_profiles), day,
                                     moment.known_at, order, member_place_of(call, page), page.limit + 1);
  };
  const auto add_place = [](Cursor& place, const reports::ListedMember& last) {
    place.add(last.place).add(last.party.number);
  };
  const Page page = call.page();
  if (format_of(call) == Format::json) {
    NationalKind national;
    const auto found = services.database.in_snapshot([&](Tx& tx) {
      national = dues::national_kind_of(dues::read_payee(tx, call.node().id));
      return read(tx, page);
    });
    return page_answer(
        call, page, found,
        [&](JsonWriter& out, const reports::ListedMember& member) {
          write_listed_member(out, member, national, sees_profiles);
        },
        add_place);
  }
  return list_answer(call, services, page, members_at_once, [=, &call](Tx& tx, const Page& asked) {
    auto listed = read(tx, asked);
    const auto next = cut_to_page(call, asked, listed, add_place);
    return reports::table_of_members(reports::read_report_node(tx, call.node().id), {day, moment.known_at},
                                     listed, sees_profiles, next);
  });
}

// What a write answers is kept for its repetition, so it holds no personal data.
Answer add_member(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const members::PartyDraft draft = party_draft_from(JsonValue{body});
  const members::Party party = members::add_party(tx, call.node().id, draft, call.author());
  return created(party_json(party), party_address_of(call, party));
}

Answer show_member(const Call& call, Services& services) {
  const Moment moment = call.moment();
  return services.database.in_snapshot([&](Tx& tx) {
    JsonWriter out;
    write_member(out, tx, call, moment, asked_party(tx, call), call.may(Action::read_profiles));
    return ok(out.take());
  });
}

Answer show_own_members(const Call& call, Services& services) {
  const Moment moment = call.moment();
  return services.database.in_snapshot([&](Tx& tx) {
    JsonWriter out;
    out.open().array("members");
    for (const members::Party& party :
         members::read_parties_of_user(tx, call.node().id, call.caller.access->user))
      write_member(out, tx, call, moment, party, true);
    out.end_array().close();
    return ok(out.take());
  });
}

Answer change_member(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const members::ProfileChange change = profile_change_from(JsonValue{body});
  const members::Party party = asked_party(tx, call);
  JsonValue{body}.judged(
      [&] { members::change_profile(tx, call.node().id, party.number, change, call.author()); });
  return ok(party_json(party));
}

Answer erase_member(Tx& tx, const Call& call, Services&) {
  const std::string reason = asked_reason(call);
  const members::Party party = asked_party(tx, call);
  members::erase_party(tx, call.node().id, party.number, reason, call.author());
  return ok(party_json(party));
}

Answer declare_head_count(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"from_on", "members"}};
  const Day from_on = fields.require("from_on").day();
  const auto heads = static_cast<int>(fields.require("members").number(0, 100'000'000));
  const members::Party party = asked_party(tx, call);
  JsonWriter out;
  write_head_count(
      out, members::declare_head_count(tx, call.node().id, party.number, from_on, heads, call.author()));
  return created(out.take(), party_address_of(call, party));
}

Answer link_member_user(Tx& tx, const Call& call, Services&) {
  call.require_no_fields();
  const members::Party party = asked_party(tx, call);
  members::link_user(tx, call.node().id, party.number, call.path_value("user"), call.author());
  return ok(party_json(party));
}

Answer unlink_member_user(Tx& tx, const Call& call, Services&) {
  call.require_no_fields();
  const members::Party party = asked_party(tx, call);
  members::unlink_user(tx, call.node().id, party.number, call.path_value("user"), call.author());
  return ok(party_json(party));
}

}  // namespace coop::api
