#include "api/demo/facts.hpp"

#include <algorithm>

#include "api/demo/chance.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::api::demo {

namespace {

std::string member_code(std::size_t number) {
  std::string digits = std::to_string(number);
  return "M" + std::string(4 - digits.size(), '0') + digits;
}

// clang-format off: a node a paragraph
std::vector<NodeFacts> made_nodes() {
  return {
      {"bcn", "Barcelona node", "ES", "Europe/Madrid", "EUR", "1", 2, "ECO", "25/24",
       {14, 9, 4, 3},
       {{"femprocomuns", 90, 0}},
       {{"bbb", "Rack in Poblenou", 12'000}, {"web", "Rack in Poblenou", 6'640}},
       {"Aina", "Arnau", "Biel",  "Carla", "Dídac", "Emma", "Ferran",  "Gemma", "Hug",    "Irene",
        "Jana", "Laia",  "Martí", "Núria", "Oriol", "Pau",  "Queralt", "Roger", "Sílvia", "Txell"},
       "Ateneu"},
      {"mcr", "Manchester node", "GB", "Europe/London", "GBP", "0.8642", 2, "GMC", "1.25",
       {11, 7, 3, 2},
       {{"platform6", 32, 0}, {"webarch", 57, 0}},
       {{"web", "Northern Racks", 5'735}},
       {"Abigail", "Ben",  "Chloe", "Dev",   "Ellie", "Fred",  "Grace", "Harvey",  "Imogen", "Jack",
        "Kiran",   "Lily", "Moss",  "Nadia", "Owen",  "Priya", "Rhys",  "Saoirse", "Tom",    "Winnie"},
       "Mill room"},
      {"got", "Gothenburg node", "SE", "Europe/Stockholm", "SEK", "11.2075", 2, "", "",
       {6, 5, 2, 1},
       {{"collectivetools", 27, 0}},
       {},
       {"Agnes", "Björn", "Cilla", "Dag", "Ebba", "Folke", "Greta", "Hilding", "Ines", "Jonna", "Kerstin",
        "Love", "Märta", "Nils", "Olle"},
       "Folkets hus"},
      {"mtl", "Montréal node", "CA", "America/Toronto", "CAD", "1.4873", 2, "", "",
       {8, 6, 2, 2},
       {{"hypha", 44, 16}},
       {{"bbb", "Serveurs du Plateau", 18'000}, {"storage", "Serveurs du Plateau", 6'000}},
       {"Alix", "Béatrice", "Cédric", "Delphine", "Émile", "Florence", "Gaspard", "Héloïse", "Isaac", "Jade",
        "Laurence", "Maël", "Noémie", "Octave", "Rosalie"},
       "Salle du Mile End"},
      {"nrt", "Narita node", "JP", "Asia/Tokyo", "JPY", "162.35", 0, "", "",
       {5, 3, 1, 0},
       {{"yasu", 18, 0}},
       {},
       {"Akari", "Daichi", "Emi", "Haru", "Itsuki", "Kaede", "Mio", "Nao", "Ren", "Sakura", "Tsumugi", "Yui"},
       "Kominkan"},
  };
}
// clang-format on

Habit habit_of(Chance& chance, int left) {
  if (left <= last_month) return Habit::monthly;
  const int draw = chance.below(20);
  return draw < 14 ? Habit::monthly : draw < 18 ? Habit::late : Habit::quarterly;
}

/// Tiers in a mixed order, so that neither names nor codes tell what somebody pays.
std::vector<int> mixed_tiers(const NodeFacts& node, Chance& chance) {
  std::vector<int> tiers;
  for (std::size_t tier = 0; tier < node.members.size(); ++tier) {
    tiers.insert(tiers.end(), static_cast<std::size_t>(node.members[tier]), static_cast<int>(tier));
  }
  for (std::size_t i = tiers.size(); i > 1; --i) {
    std::swap(tiers[i - 1], tiers[static_cast<std::size_t>(chance.below(static_cast<int>(i)))]);
  }
  return tiers;
}

std::string name_of_member(const NodeFacts& node, std::size_t number, int tier) {
  const auto given = std::string{node.given_names[number % node.given_names.size()]};
  const auto initial = std::string(1, static_cast<char>('A' + static_cast<int>(number * 7 % 26)));
  if (tier == 3) return "Co-operative " + given + " & " + initial;
  if (tier == 2) return "Circle of " + given + " " + initial + ".";
  return given + " " + initial + ".";
}

}  // namespace

Day first_day_of(int month) { return Day::parse("2025-01-01").plus_months(month); }
Day last_day_of(int month) { return first_day_of(month).last_of_month(); }
std::string month_text(int month) { return first_day_of(month).text().substr(0, 7); }

std::span<const NodeFacts> nodes() {
  static const std::vector<NodeFacts> facts = made_nodes();
  return facts;
}

std::vector<Member> members_of(const NodeFacts& node) {
  Chance chance{"members of " + std::string{node.name}};
  std::vector<Member> members;
  for (const int tier : mixed_tiers(node, chance)) {
    const int joined = chance.below(20) < 12 ? 0 : chance.between(1, 10);
    members.push_back({"", "", tier, joined, last_month + 1, habit_of(chance, last_month + 1)});
  }
  for (int i = 0; i < 2; ++i) {
    members.push_back({"", "", chance.below(2), 0, chance.between(3, 10), Habit::monthly});
  }
  std::stable_sort(members.begin(), members.end(),
                   [](const Member& a, const Member& b) { return a.joined < b.joined; });
  const auto struggling = std::find_if(members.begin(), members.end(), [](const Member& member) {
    return member.joined == 0 && member.left > last_month && member.tier == 0;
  });
  if (struggling != members.end()) struggling->habit = Habit::struggling;
  for (std::size_t i = 0; i < members.size(); ++i) {
    members[i].code = member_code(i + 1);
    members[i].name = name_of_member(node, i, members[i].tier);
  }
  for (const Worker& worker : node.workers) {
    members.push_back(
        {member_code(members.size() + 1), std::string{worker.name}, -1, 0, last_month + 1, Habit::monthly});
  }
  return members;
}

std::string code_of_worker(const std::vector<Member>& members, std::string_view worker) {
  const auto found = std::find_if(members.begin(), members.end(),
                                  [&](const Member& member) { return member.name == worker; });
  ensure(found != members.end(), "a node's workers are its members");
  return found->code;
}

}  // namespace coop::api::demo
