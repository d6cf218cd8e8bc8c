#include "ledger/collecting/mandate_store.hpp"

#include <map>

#include "ledger/collecting/mandate_account_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::collecting {

namespace {

std::optional<std::string> line_or_null(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional{text};
}

template <class Read>
auto maybe(const Row& row, int column, const Read& read) {
  return row.is_null(column) ? std::nullopt : std::optional{read(column)};
}

MandateChangeRecord change_from(const Row& row) {
  return {row.integer(1),
          mandate_change_kind_from(row.text(2)),
          row.day(3),
          maybe(row, 4, [&](int at) { return collection_sequence_from(row.text(at)); }),
          row.string(5),
          maybe(row, 6, [&](int at) { return row.integer(at); }),
          maybe(row, 7, [&](int at) { return row.id<CollectionNumber>(at); }),
          maybe(row, 8, [&](int at) { return row.integer(at); }),
          row.string(9),
          row.instant(10),
          row.maybe_string(11)};
}

SqlValue sql_of(const std::optional<std::vector<MandateId>>& mandates) {
  if (!mandates) return std::nullopt;
  SqlArray ids;
  for (const MandateId id : *mandates) ids.add(id);
  return ids.value();
}

}  // namespace

constexpr const char* read_mandates_sql = R"sql(
  -- collecting.read_mandates
  SELECT m.id, m.party_id, p.number, m.reference, m.scheme, m.use, m.signed_on, m.recorded_at, w.name
    FROM mandate m
    JOIN party p ON p.node_id = m.node_id AND p.id = m.party_id
    LEFT JOIN user_account w ON w.id = m.recorded_by
   WHERE m.node_id = $1
     AND ($2::int IS NULL OR m.party_id = $2)
     AND ($3::text IS NULL OR upper(m.reference) = upper($3))
     AND ($4::int[] IS NULL OR m.id = ANY ($4::int[]))
     AND ($5::int IS NULL OR m.id > $5)
   ORDER BY m.id
   LIMIT $6
)sql";

constexpr const char* read_mandate_accounts_sql = R"sql(
  -- collecting.read_mandate_accounts
  SELECT a.mandate_id, a.number, a.iban, a.bic, a.name, a.town, a.country, a.street
    FROM mandate_account a
   WHERE a.node_id = $1 AND a.mandate_id = ANY ($2::int[])
   ORDER BY a.mandate_id, a.number
)sql";

constexpr const char* read_mandate_changes_sql = R"sql(
  -- collecting.read_mandate_changes
  SELECT c.mandate_id, c.number, c.kind, c.on_day, c.sequence, c.code, c.account_number,
         c.collection_number, c.line, c.reason, c.recorded_at, w.name
    FROM mandate_change c
    LEFT JOIN user_account w ON w.id = c.recorded_by
   WHERE c.node_id = $1 AND c.mandate_id = ANY ($2::int[])
   ORDER BY c.mandate_id, c.number
)sql";

std::vector<MandateRecord> read_mandates(Tx& tx, NodeId node, const MandateFilter& filter) {
  std::vector<MandateRecord> mandates;
  std::map<MandateId, std::size_t> places;
  SqlArray ids;
  for (const Row row : report_rows(tx, read_mandates_sql, node, filter.party, filter.reference,
                                   sql_of(filter.ids), filter.after, filter.limit)) {
    places.emplace(row.id<MandateId>(0), mandates.size());
    ids.add(row.id<MandateId>(0));
    mandates.push_back({row.id<MandateId>(0),
                        row.id<PartyId>(1),
                        row.string(2),
                        row.string(3),
                        mandate_scheme_from(row.text(4)),
                        mandate_use_from(row.text(5)),
                        row.day(6),
                        row.instant(7),
                        row.maybe_string(8),
                        {},
                        {}});
  }
  if (mandates.empty()) return mandates;
  for (const Row row : report_rows(tx, read_mandate_accounts_sql, node, ids.value()))
    mandates[places.at(row.id<MandateId>(0))].accounts.push_back(account_from_row(row, 1));
  for (const Row row : report_rows(tx, read_mandate_changes_sql, node, ids.value()))
    mandates[places.at(row.id<MandateId>(0))].changes.push_back(change_from(row));
  return mandates;
}

constexpr const char* highest_mandate_reference_sql = R"sql(
  -- collecting.highest_mandate_reference
  SELECT coalesce(max(substr(reference, 2)::bigint), 0)
    FROM mandate
   WHERE node_id = $1 AND reference ~ '^[Dd][0-9]{4,9}$'
)sql";

std::int64_t highest_mandate_reference(Tx& tx, NodeId node) {
  return only_row(rows(tx, highest_mandate_reference_sql, node)).int64(0);
}

constexpr const char* insert_mandate_sql = R"sql(
  -- collecting.insert_mandate
  INSERT INTO mandate (node_id, id, party_id, reference, scheme, use, signed_on, recorded_at, recorded_by)
  SELECT $1, coalesce(max(m.id), 0) + 1, $2, $3, $4, $5, $6, $7, $8
    FROM mandate m
   WHERE m.node_id = $1
  RETURNING id
)sql";

MandateId insert_mandate(Tx& tx, NodeId node, const MandateRecord& mandate, const books::Author& author) {
  const MandateId id =
      only_row(rows(tx, insert_mandate_sql, node, mandate.party, mandate.reference, text_of(mandate.scheme),
                    text_of(mandate.use), mandate.signed_on, author.now, author.user))
          .id<MandateId>(0);
  for (const MandateAccount& account : mandate.accounts)
    insert_mandate_account(tx, node, id, mandate.party, account, author);
  return id;
}

constexpr const char* insert_mandate_account_sql = R"sql(
  -- collecting.insert_mandate_account
  INSERT INTO mandate_account (node_id, mandate_id, number, party_id, iban, bic, name, town, country, street,
                               recorded_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
)sql";

void insert_mandate_account(Tx& tx, NodeId node, MandateId mandate, PartyId party,
                            const MandateAccount& account, const books::Author& author) {
  const auto bic = account.bic ? std::optional{account.bic->text()} : std::nullopt;
  std::optional<std::string> town;
  std::optional<std::string> country;
  std::optional<std::string> street;
  if (account.address) {
    town = account.address->town;
    country = account.address->country;
    std::string lines;
    for (const std::string& line : account.address->lines) lines += (lines.empty() ? "" : "\n") + line;
    street = line_or_null(lines);
  }
  rows(tx, insert_mandate_account_sql, node, mandate, account.number, party, account.iban.text(), bic,
       account.name, town, country, street, author.now);
}

constexpr const char* insert_mandate_changes_sql = R"sql(
  -- collecting.insert_mandate_changes
  INSERT INTO mandate_change (node_id, mandate_id, number, kind, on_day, sequence, code, account_number,
                              collection_number, line, reason, recorded_at, recorded_by)
  SELECT $1, c.mandate_id,
         1 + coalesce((SELECT max(x.number) FROM mandate_change x
                        WHERE x.node_id = $1 AND x.mandate_id = c.mandate_id), 0),
         c.kind, c.on_day, c.sequence, c.code, c.account_number, c.collection_number, c.line, c.reason,
         $11, $12
    FROM unnest($2::int[], $3::text[], $4::date[], $5::text[], $6::text[], $7::int[], $8::int[], $9::int[],
                $10::text[])
         AS c (mandate_id, kind, on_day, sequence, code, account_number, collection_number, line, reason)
)sql";

void insert_mandate_changes(Tx& tx, NodeId node, const std::vector<NewMandateChange>& changes,
                            const books::Author& author) {
  SqlArray mandates, kinds, days, sequences, codes, accounts, collections, lines, reasons;
  for (const NewMandateChange& change : changes) {
    mandates.add(change.mandate);
    kinds.add(text_of(change.kind));
    days.add(change.on);
    sequences.add(change.sequence ? std::optional{text_of(*change.sequence)} : std::nullopt);
    codes.add(line_or_null(change.code));
    accounts.add(change.account);
    collections.add(change.collection);
    lines.add(change.line);
    reasons.add(line_or_null(change.reason));
  }
  rows(tx, insert_mandate_changes_sql, node, mandates.value(), kinds.value(), days.value(), sequences.value(),
       codes.value(), accounts.value(), collections.value(), lines.value(), reasons.value(), author.now,
       author.user);
}

}  // namespace coop::collecting
