#include "ledger/members/party_store.hpp"

#include "ledger/values/refusal.hpp"

namespace coop::members {

namespace {

Party party_from(const Row& row) { return {row.id<PartyId>(0), row.string(1), party_kind_from(row.text(2))}; }

[[noreturn]] void refuse_unknown(std::string_view number) {
  throw Refused{Refusal::party_unknown, "there is no member '" + std::string{number.substr(0, 40)} + "'"};
}

}  // namespace

constexpr const char* find_party_sql = R"sql(
  -- parties.find
  SELECT id, number, kind FROM party WHERE node_id = $1 AND upper(number) = upper($2)
)sql";

std::optional<Party> find_party(Tx& tx, NodeId node, std::string_view number) {
  const Rows found = rows(tx, find_party_sql, node, number);
  if (found.empty()) return std::nullopt;
  return party_from(found[0]);
}

Party read_party(Tx& tx, NodeId node, std::string_view number) {
  auto party = find_party(tx, node, number);
  if (!party) refuse_unknown(number);
  return *party;
}

constexpr const char* find_parties_sql = R"sql(
  -- parties.find_many
  SELECT p.id, p.number, p.kind
    FROM unnest($2::text[]) WITH ORDINALITY AS w (number, place)
    LEFT JOIN party p ON p.node_id = $1 AND upper(p.number) = upper(w.number)
   ORDER BY w.place
)sql";

std::vector<std::optional<Party>> find_parties(Tx& tx, NodeId node, const std::vector<std::string>& numbers) {
  SqlArray wanted;
  for (const std::string& number : numbers) wanted.add(std::string_view{number});
  std::vector<std::optional<Party>> parties;
  parties.reserve(numbers.size());
  for (const Row row : rows(tx, find_parties_sql, node, wanted.value()))
    parties.push_back(row.is_null(0) ? std::nullopt : std::optional{party_from(row)});
  return parties;
}

std::vector<Party> read_parties(Tx& tx, NodeId node, const std::vector<std::string>& numbers) {
  const auto found = find_parties(tx, node, numbers);
  std::vector<Party> parties;
  parties.reserve(found.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!found[i]) refuse_unknown(numbers[i]);
    parties.push_back(*found[i]);
  }
  return parties;
}

constexpr const char* taken_number_sql = R"sql(
  -- parties.find_taken
  SELECT min(p.number)
    FROM unnest($2::text[]) AS w (number)
    JOIN party p ON p.node_id = $1 AND upper(p.number) = upper(w.number)
)sql";

std::optional<std::string> find_taken_number(Tx& tx, NodeId node, const std::vector<std::string>& numbers) {
  SqlArray wanted;
  for (const std::string& number : numbers) wanted.add(std::string_view{number});
  return only_row(rows(tx, taken_number_sql, node, wanted.value())).maybe_string(0);
}

// Members whom the books knew before there were parties count as well: nobody is given another one's number.
constexpr const char* highest_number_sql = R"sql(
  -- parties.highest_number
  SELECT coalesce(max(substr(code, 2)::bigint), 0)
    FROM dimension
   WHERE node_id = $1 AND kind = 'member' AND code ~* '^M[0-9]{4,9}$'
)sql";

std::int64_t highest_party_number(Tx& tx, NodeId node) {
  return only_row(rows(tx, highest_number_sql, node)).int64(0);
}

constexpr const char* insert_parties_sql = R"sql(
  -- parties.insert
  INSERT INTO party (node_id, id, number, kind, dimension_id, recorded_at, recorded_by)
  SELECT $1, (SELECT coalesce(max(id), 0) FROM party WHERE node_id = $1) + w.place, w.number, w.kind, d.id,
         $4, $5
    FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS w (number, kind, place)
    JOIN dimension d ON d.node_id = $1 AND d.kind = 'member' AND d.code = w.number
   ORDER BY w.place
  RETURNING id, number, kind
)sql";

constexpr const char* clear_names_sql = R"sql(
  -- parties.clear_names
  UPDATE dimension SET name = code
   WHERE node_id = $1 AND kind = 'member' AND code = ANY ($2::text[]) AND name <> code
)sql";

constexpr const char* insert_profiles_sql = R"sql(
  -- parties.insert_profiles
  INSERT INTO party_profile (node_id, party_id, name, email, iban, address, country, language, updated_at)
  SELECT $1, w.party_id, w.name, w.email, w.iban, w.address, w.country, w.language, $9
    FROM unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
           AS w (party_id, name, email, iban, address, country, language)
)sql";

std::vector<Party> insert_parties(Tx& tx, NodeId node, std::span<const PartyDraft> drafts, Instant at,
                                  std::optional<UserId> by) {
  SqlArray number, kind;
  for (const PartyDraft& draft : drafts) {
    number.add(std::string_view{draft.number.value()});
    kind.add(text_of(draft.kind));
  }
  rows(tx, clear_names_sql, node, number.value());
  std::vector<Party> parties;
  parties.reserve(drafts.size());
  for (const Row row : rows(tx, insert_parties_sql, node, number.value(), kind.value(), at, by))
    parties.push_back(party_from(row));
  ensure(parties.size() == drafts.size(), "each party has its dimension");
  SqlArray party, name, email, iban, address, country, language;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    if (!drafts[i].profile) continue;
    const Profile& profile = *drafts[i].profile;
    party.add(parties[i].id);
    name.add(std::string_view{profile.name});
    email.add(profile.email);
    iban.add(profile.iban);
    address.add(profile.address);
    country.add(profile.country);
    language.add(profile.language);
  }
  rows(tx, insert_profiles_sql, node, party.value(), name.value(), email.value(), iban.value(),
       address.value(), country.value(), language.value(), at);
  return parties;
}

constexpr const char* find_profile_sql = R"sql(
  -- profiles.find
  SELECT name, email, iban, address, country, language FROM party_profile WHERE node_id = $1 AND party_id = $2
)sql";

std::optional<Profile> find_profile(Tx& tx, NodeId node, PartyId party) {
  const Rows found = rows(tx, find_profile_sql, node, party);
  if (found.empty()) return std::nullopt;
  const Row row = found[0];
  return Profile{row.string(0),       row.maybe_string(1), row.maybe_string(2),
                 row.maybe_string(3), row.maybe_string(4), row.maybe_string(5)};
}

constexpr const char* put_profile_sql = R"sql(
  -- profiles.put
  INSERT INTO party_profile (node_id, party_id, name, email, iban, address, country, language, updated_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  ON CONFLICT (node_id, party_id) DO UPDATE
     SET name = EXCLUDED.name, email = EXCLUDED.email, iban = EXCLUDED.iban, address = EXCLUDED.address,
         country = EXCLUDED.country, language = EXCLUDED.language, updated_at = EXCLUDED.updated_at
)sql";

void put_profile(Tx& tx, NodeId node, PartyId party, const Profile& profile, Instant at) {
  rows(tx, put_profile_sql, node, party, profile.name, profile.email, profile.iban, profile.address,
       profile.country, profile.language, at);
}

constexpr const char* delete_profile_sql = R"sql(
  -- profiles.delete
  DELETE FROM party_profile WHERE node_id = $1 AND party_id = $2
)sql";

void delete_profile(Tx& tx, NodeId node, PartyId party) { rows(tx, delete_profile_sql, node, party); }

constexpr const char* insert_erasure_sql = R"sql(
  -- erasures.insert
  INSERT INTO party_erasure (node_id, party_id, erased_at, erased_by, reason) VALUES ($1, $2, $3, $4, $5)
)sql";

void insert_erasure(Tx& tx, NodeId node, PartyId party, const std::string& reason, Instant at,
                    std::optional<UserId> by) {
  rows(tx, insert_erasure_sql, node, party, at, by, reason);
}

constexpr const char* find_erasure_sql = R"sql(
  -- erasures.find
  SELECT e.erased_at, u.name, e.reason
    FROM party_erasure e
    LEFT JOIN user_account u ON u.id = e.erased_by
   WHERE e.node_id = $1 AND e.party_id = $2
)sql";

std::optional<Erasure> find_erasure(Tx& tx, NodeId node, PartyId party) {
  const Rows found = rows(tx, find_erasure_sql, node, party);
  if (found.empty()) return std::nullopt;
  return Erasure{found[0].instant(0), found[0].maybe_string(1), found[0].string(2)};
}

constexpr const char* party_numbers_sql = R"sql(
  -- members.party_numbers
  SELECT id, number FROM party WHERE node_id = $1 AND ($2::int IS NULL OR id = $2)
)sql";

std::map<PartyId, std::string> read_party_numbers(Tx& tx, NodeId node) {
  std::map<PartyId, std::string> numbers;
  for (const Row row : report_rows(tx, party_numbers_sql, node, std::nullopt))
    numbers.emplace(row.id<PartyId>(0), row.string(1));
  return numbers;
}

std::string read_party_number(Tx& tx, NodeId node, PartyId party) {
  return only_row(report_rows(tx, party_numbers_sql, node, party)).string(1);
}

}  // namespace coop::members
