#include "ledger/members/party.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ledger/values/iban.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::members {

namespace {

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_small(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alphanumeric(char c) { return is_capital(c) || is_small(c) || is_digit(c); }

[[noreturn]] void refuse(const char* field, std::string detail) {
  throw Refused{Refusal::field_invalid, std::move(detail), field};
}

/// How many characters UTF-8 text has.
std::size_t length_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

void require_length(const char* field, const char* what, std::string_view text, std::size_t most) {
  if (text.empty() || length_of(text) > most)
    refuse(field, fmt::format("{} has 1 to {} characters", what, most));
}

void require_email(const std::string& email) {
  const auto at = email.find('@');
  const bool well_formed =
      email.size() <= 254 && at != std::string::npos && at > 0 && at + 1 < email.size() &&
      email.find('@', at + 1) == std::string::npos &&
      std::none_of(email.begin(), email.end(), [](char c) { return static_cast<unsigned char>(c) <= ' '; });
  if (!well_formed) refuse("/email", "an e-mail address has one @ with something on both sides, no blanks");
}

void require_iban(const std::string& iban) {
  const std::string fault = iban_fault(iban);
  if (!fault.empty()) throw Refused{Refusal::iban_malformed, fault, "/iban"};
}

void require_country(const std::string& country) {
  if (country.size() != 2 || !std::all_of(country.begin(), country.end(), is_capital))
    refuse("/country", "a country is two capital letters of ISO 3166, such as ES");
}

void require_language(const std::string& language) {
  const auto dash = language.find('-');
  const std::string_view tongue = std::string_view{language}.substr(0, dash);
  const std::string_view region =
      dash == std::string::npos ? std::string_view{} : std::string_view{language}.substr(dash + 1);
  const bool well_formed = (tongue.size() == 2 || tongue.size() == 3) &&
                           std::all_of(tongue.begin(), tongue.end(), is_small) &&
                           (dash == std::string::npos ||
                            (region.size() == 2 && std::all_of(region.begin(), region.end(), is_capital)));
  if (!well_formed) refuse("/language", "a language is written as in ca, en or pt-BR");
}

}  // namespace

std::string_view text_of(PartyKind kind) { return kind == PartyKind::person ? "person" : "organisation"; }

PartyKind party_kind_from(std::string_view text) {
  if (text == "person") return PartyKind::person;
  if (text == "organisation") return PartyKind::organisation;
  throw Refused{Refusal::field_invalid,
                "a party is a person or an organisation, not \"" + std::string{text.substr(0, 40)} + "\""};
}

const HeadCount* find_head_count_on(std::span<const HeadCount> declared, Day day,
                                    std::optional<Instant> known_at) {
  const HeadCount* found = nullptr;
  for (const HeadCount& count : declared) {
    if (count.from_on > day || (known_at && count.recorded_at > *known_at)) continue;
    const bool later = !found || count.from_on > found->from_on ||
                       (count.from_on == found->from_on && count.number > found->number);
    if (later) found = &count;
  }
  return found;
}

void require_party_number(std::string_view number) {
  const bool well_formed = !number.empty() && number.size() <= 20 && is_alphanumeric(number.front()) &&
                           std::all_of(number.begin(), number.end(), [](char c) {
                             return is_alphanumeric(c) || c == '.' || c == '_' || c == '-';
                           });
  if (well_formed) return;
  throw Refused{Refusal::name_malformed,
                "a member number has 1 to 20 of A-Z a-z 0-9 . _ - and begins with a letter or digit",
                "/number"};
}

void require_profile(const Profile& profile) {
  require_length("/name", "a name", profile.name, 200);
  if (profile.email) require_email(*profile.email);
  if (profile.iban) require_iban(*profile.iban);
  if (profile.address) require_length("/address", "an address", *profile.address, 500);
  if (profile.country) require_country(*profile.country);
  if (profile.language) require_language(*profile.language);
}

Profile changed(Profile profile, const ProfileChange& change) {
  if (change.name) profile.name = *change.name;
  if (change.email) profile.email = *change.email;
  if (change.iban) profile.iban = *change.iban;
  if (change.address) profile.address = *change.address;
  if (change.country) profile.country = *change.country;
  if (change.language) profile.language = *change.language;
  return profile;
}

std::string party_number_after(std::int64_t highest) { return fmt::format("M{:04}", highest + 1); }

}  // namespace coop::members
