#include "api/demo/players.hpp"
#include "ledger/access/access_service.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::api::demo {

namespace {

using access::Role;

struct RoleIn {
  Role role;
  const char* node;
};

struct DemoUser {
  const char* name;
  const char* title;
  std::vector<RoleIn> roles;
};

const std::vector<DemoUser>& demo_users() {
  static const std::vector<DemoUser> users{
      {"aina", "Aina, treasurer in Barcelona", {{Role::treasurer, "bcn"}}},
      {"owen", "Owen, treasurer in Manchester", {{Role::treasurer, "mcr"}}},
      {"ebba", "Ebba, treasurer in Gothenburg", {{Role::treasurer, "got"}}},
      {"jade", "Jade, treasurer in Montréal", {{Role::treasurer, "mtl"}}},
      {"haru", "Haru, treasurer in Narita", {{Role::treasurer, "nrt"}}},
      {"biel", "Biel, keeps the books of Barcelona", {{Role::bookkeeper, "bcn"}}},
      {"lily", "Lily, keeps the books of Manchester", {{Role::bookkeeper, "mcr"}}},
      {"nils", "Nils, keeps the books of Gothenburg", {{Role::bookkeeper, "got"}}},
      {"alix", "Alix, keeps the books of Montréal", {{Role::bookkeeper, "mtl"}}},
      {"yui", "Yui, keeps the books of Narita", {{Role::bookkeeper, "nrt"}}},
      {"carla", "Carla, approves payments in Barcelona", {{Role::approver, "bcn"}}},
      {"vera",
       "Vera, auditor of the federation",
       {{Role::auditor, "bcn"},
        {Role::auditor, "mcr"},
        {Role::auditor, "got"},
        {Role::auditor, "mtl"},
        {Role::auditor, "nrt"}}},
      {"gemma", "Gemma, member in Barcelona", {{Role::member, "bcn"}}},
  };
  return users;
}

std::string password_of(const std::string& user) { return "demo-password-" + user; }

}  // namespace

std::string bookkeeper_of(const std::string& node) {
  for (const DemoUser& user : demo_users()) {
    if (user.roles.front().role == Role::bookkeeper && user.roles.front().node == node) return user.name;
  }
  throw InvariantBroken{"every node of the demonstration has a bookkeeper"};
}

std::vector<SignIn> demo_sign_ins() {
  std::vector<SignIn> sign_ins;
  for (const DemoUser& user : demo_users()) {
    std::string roles = std::string{access::text_of(user.roles.front().role)} + " of ";
    for (const RoleIn& role : user.roles) {
      if (&role != &user.roles.front()) roles += ", ";
      roles += role.node;
    }
    sign_ins.push_back({user.name, password_of(user.name), user.title, std::move(roles)});
  }
  return sign_ins;
}

void make_users(Tx& tx, const std::map<std::string, NodeId, std::less<>>& node_ids, Instant now) {
  std::set<std::string> known;
  for (const access::User& user : access::read_users(tx)) known.insert(user.name);
  for (const DemoUser& user : demo_users()) {
    if (!known.contains(user.name)) {
      access::create_user(tx, {user.name, user.title, password_of(user.name)}, std::nullopt, now);
    }
    for (const RoleIn& role : user.roles) {
      access::grant_role(tx, node_ids.find(role.node)->second, user.name, role.role, std::nullopt, now);
    }
  }
}

}  // namespace coop::api::demo
