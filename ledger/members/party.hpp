#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"

namespace coop::members {

/// A person, or an organisation with members of its own.
enum class PartyKind { person, organisation };
/// "person" or "organisation".
std::string_view text_of(PartyKind kind);
/// Throws Refused: field_invalid.
PartyKind party_kind_from(std::string_view text);

/// Somebody known to a node. Who it is stands in the profile; entries carry the number only.
struct Party {
  PartyId id;
  std::string number;  ///< "M0042"
  PartyKind kind;
};

/// Personal data of a party.
struct Profile {
  std::string name;
  std::optional<std::string> email = {};
  std::optional<std::string> iban = {};  ///< without blanks
  std::optional<std::string> address = {};
  std::optional<std::string> country = {};   ///< ISO 3166, two letters
  std::optional<std::string> language = {};  ///< "ca", "pt-BR"
  friend bool operator==(const Profile&, const Profile&) = default;
};

/// A party to be added.
struct PartyDraft {
  std::optional<std::string> number;  ///< nothing: the next free one
  PartyKind kind;
  std::optional<Profile> profile = {};
};

/// What may be changed of a profile; the outer optional: whether, the inner one: to what.
struct ProfileChange {
  std::optional<std::string> name = {};
  std::optional<std::optional<std::string>> email = {};
  std::optional<std::optional<std::string>> iban = {};
  std::optional<std::optional<std::string>> address = {};
  std::optional<std::optional<std::string>> country = {};
  std::optional<std::optional<std::string>> language = {};
};

/// That a party's personal data was erased.
struct Erasure {
  Instant erased_at;
  std::optional<std::string> erased_by;  ///< a user's name; empty: at the command line
  std::string reason;
};

/// How many members an organisation declares from a day on.
struct HeadCount {
  int number;  ///< counts the party's declarations from 1
  Day from_on;
  int members;
  Instant recorded_at;
};

/// The declaration that counts on a day, as known at an instant (nothing: now): the one with the latest first
/// day, and of one first day the one recorded last. Null if there is none.
const HeadCount* find_head_count_on(std::span<const HeadCount> declared, Day day,
                                    std::optional<Instant> known_at = {});

/// Member numbers have 1 to 20 of A-Z a-z 0-9 . _ - and begin with a letter or digit.
/// Throws Refused: name_malformed.
void require_party_number(std::string_view number);
/// Throws Refused naming the field: field_invalid (name, email, address, country, language), iban_malformed.
void require_profile(const Profile& profile);
/// The profile with the change.
Profile changed(Profile profile, const ProfileChange& change);
/// The number that follows the highest one: "M0001" after 0, "M10000" after 9999.
std::string party_number_after(std::int64_t highest);

}  // namespace coop::members
