#include "ledger/members/party_service.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <set>

#include "ledger/books/account_store.hpp"
#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/members/party_link_store.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::members {

namespace {

using books::Author;
using books::BookHead;
using books::tell;

constexpr int most_heads = 100'000'000;

std::string in_capitals(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

void require_text(const std::string& text, const char* field) {
  if (text.empty() || text.size() > 500)
    throw Refused{Refusal::field_invalid, "this needs a reason of 1 to 500 bytes", field};
}

void require_drafts(const std::vector<PartyDraft>& drafts) {
  std::set<std::string> numbers;
  for (const PartyDraft& draft : drafts) {
    if (draft.profile) require_profile(*draft.profile);
    if (!draft.number) continue;
    require_party_number(*draft.number);
    if (!numbers.insert(in_capitals(*draft.number)).second)
      throw Refused{Refusal::party_exists, "'" + *draft.number + "' is named twice", "/number"};
  }
}

/// The highest number of the form M0001 among those given, or `highest`.
std::int64_t highest_given(const std::vector<PartyDraft>& drafts, std::int64_t highest) {
  for (const PartyDraft& draft : drafts) {
    if (!draft.number || draft.number->size() < 5 || draft.number->size() > 10) continue;
    if (in_capitals(draft.number->substr(0, 1)) != "M") continue;
    const std::string digits = draft.number->substr(1);
    if (digits.find_first_not_of("0123456789") == std::string::npos)
      highest = std::max(highest, static_cast<std::int64_t>(std::stoll(digits)));
  }
  return highest;
}

void require_free(Tx& tx, NodeId node, const std::vector<PartyDraft>& drafts) {
  std::vector<std::string> numbers;
  for (const PartyDraft& draft : drafts) {
    if (draft.number) numbers.push_back(*draft.number);
  }
  if (numbers.empty()) return;
  if (const auto taken = find_taken_number(tx, node, numbers))
    throw Refused{Refusal::party_exists, "there is a member '" + *taken + "' already", "/number"};
}

/// Numbers those without one, and sees that the books know every number as a member.
void give_numbers(Tx& tx, NodeId node, std::vector<PartyDraft>& drafts) {
  const bool any_to_give =
      std::any_of(drafts.begin(), drafts.end(), [](const PartyDraft& draft) { return !draft.number; });
  std::int64_t highest = any_to_give ? highest_given(drafts, highest_party_number(tx, node)) : 0;
  std::vector<books::Dimension> dimensions;
  dimensions.reserve(drafts.size());
  for (PartyDraft& draft : drafts) {
    if (!draft.number) draft.number = party_number_after(highest++);
    dimensions.push_back({DimensionId{1}, books::DimensionKind::member, *draft.number, *draft.number});
  }
  books::insert_dimensions(tx, node, dimensions);
}

void require_not_erased(Tx& tx, NodeId node, const Party& party) {
  if (const auto erasure = find_erasure(tx, node, party.id)) {
    throw Refused{Refusal::party_erased, "the personal data of " + party.number + " was erased on " +
                                             coop::text_of(erasure->erased_at).substr(0, 10)};
  }
}

// A link comes after all that was recorded before, and so does its end: what they mean for a thing is told by
// the instants alone.
Instant next_link_at(const BookHead& head, Instant now) {
  return std::max(now, head.last_recorded_at + std::chrono::microseconds{1});
}

void require_not_own(std::optional<UserId> author, UserId linked) {
  if (author == linked)
    throw Refused{Refusal::approval_of_own, "it is your own sign-in: somebody else links and unlinks it"};
}

}  // namespace

Party add_party(Tx& tx, NodeId node, const PartyDraft& draft, const Author& author) {
  return add_parties(tx, node, {draft}, author).at(0);
}

std::vector<Party> add_parties(Tx& tx, NodeId node, const std::vector<PartyDraft>& drafts,
                               const Author& author) {
  BookHead head = books::lock_book_head(tx, node);
  require_drafts(drafts);
  if (drafts.empty()) return {};
  require_free(tx, node, drafts);
  std::vector<PartyDraft> numbered = drafts;
  give_numbers(tx, node, numbered);
  const Instant at = books::next_recorded_at(head, author.now);
  std::vector<Party> parties = insert_parties(tx, node, numbered, at, author.user);
  boost::json::object body{{"added", parties.size()}};
  if (parties.size() == 1) {
    body["member"] = parties[0].number;
    body["kind"] = text_of(parties[0].kind);
  }
  tell(tx, head, at, "members_added", body);
  return parties;
}

Profile change_profile(Tx& tx, NodeId node, std::string_view number, const ProfileChange& change,
                       const Author& author) {
  BookHead head = books::lock_book_head(tx, node);
  const Party party = read_party(tx, node, number);
  require_not_erased(tx, node, party);
  auto profile = find_profile(tx, node, party.id);
  if (!profile && !change.name) {
    throw Refused{Refusal::field_missing, "nothing is known of " + party.number + " yet: begin with a name",
                  "/name"};
  }
  const Profile after = changed(profile ? *profile : Profile{*change.name}, change);
  require_profile(after);
  const Instant at = books::next_recorded_at(head, author.now);
  put_profile(tx, node, party.id, after, at);
  tell(tx, head, at, "member_profile_changed", {{"member", party.number}});
  return after;
}

void erase_party(Tx& tx, NodeId node, std::string_view number, const std::string& reason,
                 const Author& author) {
  BookHead head = books::lock_book_head(tx, node);
  const Party party = read_party(tx, node, number);
  require_text(reason, "/reason");
  require_not_erased(tx, node, party);
  if (author.user) {
    for (const Party& own : read_parties_of_user(tx, node, *author.user))
      if (own.id == party.id)
        throw Refused{Refusal::approval_of_own,
                      "your own sign-in is linked with it: somebody else erases it"};
  }
  const Instant at = next_link_at(head, author.now);
  delete_profile(tx, node, party.id);
  end_party_users(tx, node, party.id, std::nullopt, at, author.user);
  insert_erasure(tx, node, party.id, reason, at, author.user);
  tell(tx, head, at, "member_erased", {{"member", party.number}});
}

HeadCount declare_head_count(Tx& tx, NodeId node, std::string_view number, Day from_on, int members,
                             const Author& author) {
  BookHead head = books::lock_book_head(tx, node);
  const Party party = read_party(tx, node, number);
  if (party.kind != PartyKind::organisation)
    throw Refused{Refusal::party_not_organisation, party.number + " is a person"};
  if (members < 0 || members > most_heads)
    throw Refused{Refusal::field_invalid, "0 to 100,000,000 members", "/members"};
  const Instant at = books::next_recorded_at(head, author.now);
  const int count = insert_head_count(tx, node, party.id, from_on, members, at, author.user);
  tell(tx, head, at, "head_count_declared",
       {{"member", party.number}, {"from_on", from_on.text()}, {"members", members}});
  return {count, from_on, members, at};
}

void link_user(Tx& tx, NodeId node, std::string_view number, std::string_view user, const Author& author) {
  BookHead head = books::lock_book_head(tx, node);
  const Party party = read_party(tx, node, number);
  const UserId linked = read_user_id(tx, user);
  require_not_erased(tx, node, party);
  require_not_own(author.user, linked);
  const Instant at = next_link_at(head, author.now);
  if (!insert_party_user(tx, node, party.id, linked, at, author.user)) return;
  tell(tx, head, at, "member_user_linked", {{"member", party.number}});
}

void unlink_user(Tx& tx, NodeId node, std::string_view number, std::string_view user, const Author& author) {
  BookHead head = books::lock_book_head(tx, node);
  const Party party = read_party(tx, node, number);
  const UserId linked = read_user_id(tx, user);
  require_not_own(author.user, linked);
  const Instant at = next_link_at(head, author.now);
  if (end_party_users(tx, node, party.id, linked, at, author.user) == 0) {
    throw Refused{Refusal::user_unknown,
                  "'" + std::string{user.substr(0, 60)} + "' is not linked with " + party.number};
  }
  tell(tx, head, at, "member_user_unlinked", {{"member", party.number}});
}

}  // namespace coop::members
