#include "ledger/access/role.hpp"

#include <gtest/gtest.h>

#include "tests/support/refusal_code.hpp"

namespace coop::access {
namespace {

using test::refusal_code;
using enum Role;

constexpr NodeId bcn{1};
constexpr NodeId london{2};

const Instant now = instant_from_text("2026-03-01T12:00:00Z");

Access somebody(std::vector<HeldRole> roles,
                std::vector<Scope> scopes = {Scope::read, Scope::write, Scope::admin}) {
  return Access{
      UserId{7}, "maria", false, std::move(roles), std::move(scopes), {}, now + std::chrono::hours{1}};
}

std::string judged(const Access& access, Action action, std::optional<NodeId> node) {
  return refusal_code([&] { require_allowed(&access, action, node, now); });
}

/// The matrix once more, as an auditor would write it: which letters may do it.
/// T treasurer, B bookkeeper, P approver, A auditor, M member, N neighbour, O operator, - somebody without
/// any role.
struct Line {
  Action action;
  std::string_view may;
};
constexpr Line matrix[] = {
    {Action::see_self, "TBPAMNO-"},     {Action::change_self, "TBPAMNO-"}, {Action::read_node, "TBPAMNO"},
    {Action::read_books, "TBPA"},       {Action::verify_books, "TBPA"},    {Action::record_entries, "TB"},
    {Action::keep_accounts, "TB"},      {Action::adopt_rules, "T"},        {Action::lock_periods, "T"},
    {Action::approve_payments, "TP"},   {Action::manage_node, "TO"},       {Action::read_members, "TBPA"},
    {Action::read_profiles, "TB"},      {Action::keep_members, "TB"},      {Action::erase_members, "T"},
    {Action::see_own_members, "TBPAM"}, {Action::do_own_work, "TBPAM"},    {Action::operate_server, "O"},
};

Access of_letter(char letter) {
  constexpr std::string_view letters = "TBPAMN";
  Access access = somebody({});
  access.is_operator = letter == 'O';
  if (const std::size_t role = letters.find(letter); role != std::string_view::npos)
    access.roles = {{bcn, static_cast<Role>(role)}};
  return access;
}

TEST(Permissions, AreWhatTheMatrixSaysForEveryActionAndRole) {
  ASSERT_EQ(std::size(matrix), permissions().size());
  for (const Line& line : matrix) {
    for (const char letter : std::string_view{"TBPAMNO-"}) {
      const bool may = line.may.find(letter) != std::string_view::npos;
      const Access access = of_letter(letter);
      EXPECT_EQ(judged(access, line.action, bcn), may ? "accepted" : "role_missing")
          << letter << " " << permission_of(line.action).code;
      EXPECT_EQ(is_allowed(&access, line.action, bcn, now), may) << letter;
    }
  }
}

TEST(Permissions, OfOneNodeOpenNoOther) {
  const Access treasurer_of_bcn = somebody({{bcn, treasurer}});
  for (const Permission& permission : permissions()) {
    if (permission.for_everybody) continue;
    EXPECT_EQ(judged(treasurer_of_bcn, permission.action, london), "role_missing") << permission.code;
  }
  EXPECT_EQ(judged(somebody({{bcn, auditor}, {london, treasurer}}), Action::record_entries, bcn),
            "role_missing");
}

TEST(Permissions, OfTheOperatorReadNoBooks) {
  Access runs_the_server = somebody({});
  runs_the_server.is_operator = true;
  EXPECT_EQ(judged(runs_the_server, Action::read_books, bcn), "role_missing");
  EXPECT_EQ(judged(runs_the_server, Action::record_entries, bcn), "role_missing");
  EXPECT_EQ(judged(runs_the_server, Action::operate_server, {}), "accepted");
}

TEST(Permissions, NeedTheScopeOfTheAction) {
  const auto with = [](Scope scope) {
    Access access = somebody({{bcn, treasurer}}, {scope});
    access.is_operator = true;
    return access;
  };
  for (const Permission& permission : permissions()) {
    for (const Scope scope : {Scope::read, Scope::write, Scope::admin}) {
      if (permission.roles.empty() || permission.for_operator || scope != permission.scope) continue;
      EXPECT_EQ(judged(with(scope), permission.action, bcn), "accepted") << permission.code;
    }
    for (const Scope scope : {Scope::read, Scope::write, Scope::admin}) {
      if (scope == permission.scope) continue;
      EXPECT_EQ(judged(with(scope), permission.action, bcn), "scope_missing") << permission.code;
    }
  }
}

TEST(Permissions, OfATokenForOneNodeEndThere) {
  Access access = somebody({{bcn, treasurer}, {london, treasurer}});
  access.is_operator = true;
  access.only_node = bcn;
  EXPECT_EQ(judged(access, Action::record_entries, bcn), "accepted");
  EXPECT_EQ(judged(access, Action::record_entries, london), "scope_missing");
  EXPECT_EQ(judged(access, Action::operate_server, {}), "scope_missing");
  EXPECT_EQ(judged(access, Action::change_self, {}), "scope_missing");
  EXPECT_EQ(judged(access, Action::see_self, {}), "accepted");
}

TEST(Permissions, AreRefusedInTheDocumentedOrder) {
  Access expired_and_powerless = somebody({}, {Scope::read});
  expired_and_powerless.expires_at = now;
  EXPECT_EQ(refusal_code([] { require_allowed(nullptr, Action::see_self, {}, now); }), "sign_in_required");
  EXPECT_EQ(judged(expired_and_powerless, Action::record_entries, bcn), "token_expired");
  EXPECT_EQ(judged(somebody({}, {Scope::read}), Action::record_entries, bcn), "scope_missing");
  EXPECT_EQ(judged(somebody({}), Action::record_entries, bcn), "role_missing");
}

TEST(Roles, AreReadAndWrittenAsWords) {
  for (const Role role : {treasurer, bookkeeper, approver, auditor, member, neighbour})
    EXPECT_EQ(role_from_text(text_of(role)), role);
  for (const Scope scope : {Scope::read, Scope::write, Scope::admin})
    EXPECT_EQ(scope_from_text(text_of(scope)), scope);
  EXPECT_EQ(refusal_code([] { role_from_text("king"); }), "field_invalid");
  EXPECT_EQ(refusal_code([] { role_from_text("operator"); }), "field_invalid");
  EXPECT_EQ(refusal_code([] { scope_from_text("Read"); }), "field_invalid");
}

}  // namespace
}  // namespace coop::access
