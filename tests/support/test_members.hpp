#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "ledger/members/class_service.hpp"
#include "ledger/members/class_store.hpp"
#include "ledger/members/meeting_service.hpp"
#include "ledger/members/meeting_store.hpp"
#include "ledger/members/membership_service.hpp"
#include "ledger/members/membership_store.hpp"
#include "ledger/members/party_link_store.hpp"
#include "ledger/members/party_service.hpp"
#include "ledger/members/party_store.hpp"
#include "tests/support/test_books.hpp"

namespace coop::test {

/// A database test with books and members in them: each use case in a database transaction of its own, as
/// the test's author, at its clock.
class MembersTest : public BooksTest {
 protected:
  /// Adds a person of this name under the number, or the next free one.
  members::Party add_person(const std::string& name, const std::optional<std::string>& number = {});
  members::Party add_organisation(const std::string& name, const std::optional<std::string>& number = {});
  using BooksTest::add;
  members::Party add(const members::PartyDraft& draft);
  members::MemberClass add_class(const std::string& code);
  members::AdoptedRule adopt(const std::string& code, const members::ClassRule& rule);
  /// Begins a membership applied for and admitted on the day.
  members::Membership join(const std::string& number, const std::string& code, std::string_view from_on);
  members::Membership begin(const members::MembershipDraft& draft);
  members::Membership change(MembershipId id, members::ChangeKind kind, std::string_view on_day,
                             const std::string& reason = "because");
  members::Membership annul(MembershipId id, int number, const std::string& reason = "a mistake");
  members::Meeting meet(std::string_view day, const std::vector<std::string>& attended,
                        const std::optional<std::string>& code = {});
  /// The memberships of a party that were not taken back.
  std::vector<members::Membership> memberships_of(const std::string& number);

  /// The state in which PostgreSQL refuses statements of the superuser, or "accepted".
  std::string state_of(const std::string& sql) const;
  /// Whether the service's role has the right to run a statement, whose effect is rolled back.
  bool service_may(const std::string& sql) const;
};

}  // namespace coop::test
